package tminus.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SustainedRuleTest {

  /// A look a word: at that second, so many percent of 1000 requests failed; `few`: there were only
  /// five requests; `-`: the source did not answer, so that nobody looked.
  ///
  /// What is said: P pass, H hold, R roll back, N not enough data, U unavailable.
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource({
    // For 30 seconds: from the first look at which it is true.
    "error rate > 2 % for 30 s, 0=0 10=1, P P",
    "error rate > 2 % for 30 s, 0=3 10=3 20=3 29=3, H H H H",
    "error rate > 2 % for 30 s, 0=3 10=3 20=3 30=3, H H H R",
    "error rate > 2 % for 30 s, 0=3 30=3 40=3, H R R",
    "error rate > 2 % for 30 s, 5=3 34=3 35=3, H H R",
    // One look at which it is not true begins it anew.
    "error rate > 2 % for 30 s, 0=3 20=1 25=3 30=3 54=3 55=3, H P H H H R",
    // Too little data ends the stretch.
    "error rate > 2 % for 30 s, 0=3 20=few 30=3 59=3 60=3, H N H H R",
    // A source that does not answer neither ends nor completes it.
    "error rate > 2 % for 30 s, 0=3 20=- 29=3 30=3, H H R",
    "error rate > 2 % for 30 s, 0=3 40=- 41=1, H P",
    // Once is enough when no time is said.
    "error rate > 2 %, 0=2 1=3 2=2, P R P",
    "error rate > 2 %, 0=few, N",
    // At the limit itself.
    "error rate > 2 %, 0=2, P",
    "error rate ≥ 2 %, 0=2, R",
    "error rate < 2 %, 0=2, P",
    "error rate ≤ 2 %, 0=2, R",
    "error rate = 2 %, 0=2 1=1, R P",
    // What nothing measures never fires.
    "queue depth > 100, 0=9, U",
  })
  void aConditionIsTrueWithoutABreakForAsLongAsItSays(String words, String looks, String verdicts) {
    SustainedRule rule = SustainedRule.of(Observed.condition(words));
    StringBuilder said = new StringBuilder();
    for (String look : looks.split(" ", -1)) {
      String[] parts = look.split("=", -1);
      if (parts[1].equals("-")) {
        continue;
      }
      Observation seen =
          parts[1].equals("few")
              ? Observed.observation(5, 5)
              : Observed.observation(1000, 10 * Long.parseLong(parts[1]));
      SustainedRule.Judged judged =
          rule.judge(Instant.EPOCH.plusSeconds(Long.parseLong(parts[0])), seen);
      rule = judged.rule();
      said.append(said.isEmpty() ? "" : " ").append(letter(judged.verdict()));
    }
    assertThat(said).hasToString(verdicts);
  }

  private static char letter(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> 'P';
      case Verdict.Hold _ -> 'H';
      case Verdict.RollBack _ -> 'R';
      case Verdict.NotEnoughData _ -> 'N';
      case Verdict.Unavailable _ -> 'U';
    };
  }

  @ParameterizedTest
  @CsvSource({
    "error rate > 2 %, error rate is 5 % over 1000 requests: the limit is > 2 %",
    "p99 latency > 50 ms, p99 latency is 100 ms over 1000 requests: the limit is > 50 ms",
    "p99.9 latency > 50 ms, p99.9 latency is 100 ms over 1000 requests: the limit is > 50 ms",
  })
  void theReasonNamesWhatWasMeasuredAndTheLimit(String words, String reason) {
    Verdict verdict =
        SustainedRule.of(Observed.condition(words))
            .judge(Instant.EPOCH, Observed.observation(1000, 50))
            .verdict();
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.RollBack.class,
            back ->
                assertThat(back.reason().replaceFirst(" is 1\\d\\d ms", " is 100 ms"))
                    .isEqualTo(reason.replace(": the", ", and the")));
  }
}
