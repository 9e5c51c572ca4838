package tminus.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BakeRuleTest {

  /// Conditions are separated by semicolons; the candidate answered that many requests with that
  /// many errors in ten seconds, each in 100 ms.
  @ParameterizedTest(name = "{0} | {1} requests, {2} errors -> {3}")
  @CsvSource({
    "error rate < 1 %, 1000, 9, Pass",
    "error rate < 1 %, 1000, 11, Hold",
    "error rate < 1 %, 19, 0, NotEnoughData",
    "error rate < 1 %, 0, 0, NotEnoughData",
    "cpu usage < 70 %, 1000, 0, Unavailable",
    // At the limit itself.
    "error rate < 1 %, 1000, 10, Hold",
    "error rate ≤ 1 %, 1000, 10, Pass",
    "error rate = 1 %, 1000, 10, Pass",
    "error rate < 0.7 %, 1000, 7, Hold",
    "error rate ≤ 0.7 %, 1000, 7, Pass",
    "error rate ≤ 0.7 %, 10000, 71, Hold",
    "success rate ≥ 99 %, 1000, 10, Pass",
    "success rate > 99 %, 1000, 10, Hold",
    "throughput ≥ 100 RPS, 1000, 0, Pass",
    "throughput > 100 RPS, 1000, 0, Hold",
    // The worst of several: a hold is known for certain, the others are not.
    "error rate < 1 %; p95 latency < 1 s, 1000, 0, Pass",
    "error rate < 1 %; p95 latency < 10 ms, 1000, 0, Hold",
    "error rate < 1 %; cpu usage < 70 %, 1000, 0, Unavailable",
    "error rate < 1 %; cpu usage < 70 %, 1000, 900, Hold",
    "error rate < 1 %; cpu usage < 70 %, 3, 3, Unavailable",
    "throughput ≥ 1 RPS; error rate < 1 %, 10, 10, NotEnoughData",
    "throughput ≥ 2 RPS; error rate < 1 %, 10, 10, Hold",
  })
  void everyConditionMustBeMeasuredAndMet(
      String conditions, long requests, long errors, String verdict) {
    assertThat(judge(conditions, requests, errors).getClass().getSimpleName()).isEqualTo(verdict);
  }

  private static Verdict judge(String conditions, long requests, long errors) {
    List<Condition> all =
        Arrays.stream(conditions.split(";")).map(String::strip).map(Observed::condition).toList();
    return BakeRule.judge(all, Observed.observation(requests, errors));
  }

  @Test
  void nothingToBeMetIsMet() {
    assertThat(BakeRule.judge(List.of(), Observed.observation(0, 0))).isEqualTo(new Verdict.Pass());
  }

  @Test
  void theReasonNamesTheConditionAndWhatWasFound() {
    assertThat(judge("error rate < 1 %", 1000, 52))
        .isEqualTo(new Verdict.Hold("error rate < 1 %: it is 5.2 %"));
    assertThat(judge("error rate < 1 %", 7, 0))
        .isEqualTo(
            new Verdict.NotEnoughData("error rate < 1 %: 7 requests in 10.0 s, and 20 are needed"));
    assertThat(judge("cpu usage < 70 %", 1000, 0))
        .isEqualTo(
            new Verdict.Unavailable("cpu usage < 70 %: nothing here measures cpu usage in %"));
  }
}
