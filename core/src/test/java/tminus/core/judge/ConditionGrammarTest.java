package tminus.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.Limits;

class ConditionGrammarTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # comparators
          error rate < 1%                     | error rate < 1 %
          error rate <= 1%                    | error rate ≤ 1 %
          error rate ≤ 1 %                    | error rate ≤ 1 %
          error rate > 1 percent              | error rate > 1 %
          throughput >= 200 RPS               | throughput ≥ 200/s
          throughput ≥ 200 req/s              | throughput ≥ 200/s
          replicas = 3                        | replicas = 3
          error rate under 1%                 | error rate < 1 %
          error rate below 1%                 | error rate < 1 %
          error rate less than 1%             | error rate < 1 %
          availability at least 99.9%         | availability ≥ 99.9 %
          cpu usage above 80%                 | cpu usage > 80 %
          cpu usage over 80%                  | cpu usage > 80 %
          cpu usage exceeds 80%               | cpu usage > 80 %
          cpu usage more than 80%             | cpu usage > 80 %
          latency within 300 ms               | latency ≤ 300 ms
          # units
          latency < 1.5s                      | latency < 1.5 s
          latency < 2 sec                     | latency < 2 s
          restore time < 4 hours              | restore time < 4 h
          certificate lifetime > 30 days      | certificate lifetime > 30 d
          image size < 500MB                  | image size < 500 MB
          heap < 2 GB                         | heap < 2 GB
          queue depth < 1,000                 | queue depth < 1000
          # quantiles
          p95 latency < 500ms                 | p95 latency < 500 ms
          latency p95 < 500ms                 | p95 latency < 500 ms
          Latency (p99.9) < 1 s               | p99.9 latency < 1 s
          latency < 400ms (p95)               | p95 latency < 400 ms
          latency < 400ms p95                 | p95 latency < 400 ms
          95th percentile latency < 400ms     | p95 latency < 400 ms
          median latency < 100 ms             | p50 latency < 100 ms
          # how long
          error rate > 2% for 5 min           | error rate > 2 % for 5 min
          error rate > 2% for > 5 minutes     | error rate > 2 % for 5 min
          error rate > 2% sustained for 15 m  | error rate > 2 % for 15 min
          error rate > 2% sustained 90 s      | error rate > 2 % for 90 s
          error rate > 2% over 1 hour         | error rate > 2 % for 60 min
          p99 latency > 5s for more than 10 minutes | p99 latency > 5 s for 10 min
          # one metric, many names
          Response time < 200ms               | latency < 200 ms
          API response times < 200ms          | latency < 200 ms
          CPU < 70%                           | cpu usage < 70 %
          Memory utilization < 80%            | memory usage < 80 %
          requests per second > 50            | throughput > 50
          failure rate < 1%                   | error rate < 1 %
          API error rate < 1%                 | error rate < 1 %
          # another word beside it makes it another metric
          Query latency < 20 ms               | query latency < 20 ms
          Payment error rate < 1%             | payment error rate < 1 %
          error rate of payments < 1%         | error rate of payments < 1 %
          error rate increase > 1%            | error rate increase > 1 %
          Database replication lag < 100ms    | database replication lag < 100 ms
          Recovery time objective (RTO) < 5 minutes | recovery time objective < 5 min
          """)
  void parsesAConditionAndNothingElse(String text, String condition) {
    assertThat(ConditionGrammar.parse(text).map(Condition::toString)).contains(condition);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # shares of tests
          tests passed < 19/20                | tests passing < 95 %
          Smoke tests ≥ 3/4                   | tests passing ≥ 75 %
          Test pass rate ≥98%                 | tests passing ≥ 98 %
          # more ways to say it
          error rate no more than 1%          | error rate ≤ 1 %
          error rate must not exceed 1%       | error rate ≤ 1 %
          error rate not less than 1%         | error rate ≥ 1 %
          error rate fewer than 1%            | error rate < 1 %
          error rate beyond 1%                | error rate > 1 %
          CPU usage maximum 80%               | cpu usage ≤ 80 %
          error rate ≦ 1％                     | error rate ≤ 1 %
          error rate ＜ 1%                     | error rate < 1 %
          Decision time within 5 minutes      | time to decision ≤ 5 min
          """)
  void parsesSharesOfTestsAndMoreComparators(String text, String condition) {
    assertThat(ConditionGrammar.parse(text).map(Condition::toString)).contains(condition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "< 5%",
        "5",
        "error rate",
        "error rate < ",
        "error rate < many",
        "error rate < 5 bananas and more",
        "roll back when error rate > 5%, then call",
        "error rate < 1.2.3",
        "disks < 1/2 GB",
        "open 24/7 < 3/2",
        "error rate < 5% for a while",
        "never exceeds 5%",
        "the and of < 5%"
      })
  void whatIsNoConditionGivesNone(String text) {
    assertThat(ConditionGrammar.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error rate stays < 1% all along             | error rate < 1 %
          Error rate stable (< 0.5%)                  | error rate < 0.5 %
          Monitor error rate (must remain < 0.1%)     | error rate < 0.1 %
          Check memory usage (target: < 75%)          | memory usage < 75 %
          Answers fine (p95 latency < 200ms)          | p95 latency < 200 ms
          Latency within its normal range (p95 < 1 s) | p95 latency < 1 s
          p95 latency: ______ ms (target: <500ms)     | p95 latency < 500 ms
          Latency goal: p95 <500ms, p99 <1s           | p95 latency < 500 ms; p99 latency < 1 s
          Performance: error rate < 1%                | error rate < 1 %
          Trigger: if the error rate > 5% for 2 min   | error rate > 5 % for 2 min
          Error rate: < 1%                            | error rate < 1 %
          Payments: payment error rate < 1%           | payment error rate < 1 %
          Error rate > 5% or latency > 2s             | error rate > 5 %; latency > 2 s
          Availability ≥99.9%, error rate <0.1%       | availability ≥ 99.9 %; error rate < 0.1 %
          Image acceptable in size (< 500MB)          | image acceptable in size < 500 MB
          Uptime: ____% (target: ≥99.9%)              | uptime ≥ 99.9 %
          Disk: ____% (no growth >5%)                 | disk growth ≤ 5 %
          If <19/20 tests pass, go back               | tests passing < 95 %
          Passed: ____ (Target: ≥19/20, 95%)          | passed ≥ 95 %
          """)
  void findsConditionsInProse(String line, String conditions) {
    List<String> found =
        ConditionGrammar.find(line).stream().map(f -> f.condition().toString()).toList();
    assertThat(String.join("; ", found)).isEqualTo(conditions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Reviewed by at least 2 engineers",
        "No long queries (>1s)",
        "Error rate stable over 15 minutes",
        "TOTAL: ____/48 complete (48/48 = 100%)",
        "Open >24/7",
        "TLS 1.2+ only (TLS 1.0/1.1 off)",
        "10% → 25% → 50% → 100%",
        "Look at a -> b, 5 times",
        "Rolled out to 50% within 5 minutes",
        "Staging stable for 48+ hours",
        "version = 2.1.0",
        "status = 200"
      })
  void findsNoneWhereThereIsNone(String line) {
    assertThat(ConditionGrammar.find(line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Scale-up: CPU >____% for ____ minutes       | cpu usage > ?
          Errors < ____ and latency ≤ ____ ms         | errors < ?; latency ≤ ?
          Metrics stable for 15 minutes               | metrics PT15M
          Error rate remains steady over 1 hour       | error rate PT1H
          """)
  void findsConditionsWhoseLimitIsLeftOpen(String line, String conditions) {
    List<String> found =
        ConditionGrammar.findOpen(line).stream()
            .map(open ->
                open.metric()
                    + open.comparison().map(c -> " " + c.symbol() + " ?").orElse("")
                    + open.sustained().map(d -> " " + d).orElse(""))
            .toList();
    assertThat(String.join("; ", found)).isEqualTo(conditions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Stable for 48+ hours of work", "CPU > 5 %", "Count: ____", "Metrics stable"})
  void findsNoOpenOneWhereThereIsNone(String line) {
    assertThat(ConditionGrammar.findOpen(line)).isEmpty();
  }

  @Test
  void saysWhereAConditionStands() {
    String line = "- Monitor latency p95 < 500ms for 5 min, and logs";
    ConditionGrammar.Found found = ConditionGrammar.find(line).getFirst();
    assertThat(line.substring(found.start(), found.end()))
        .isEqualTo("latency p95 < 500ms for 5 min");
  }

  @Test
  void givesQuantitiesAndDurationsAsTheyAreWritten() {
    Condition condition = ConditionGrammar.parse("p95 latency <= 1.5 s for 90 s").orElseThrow();
    assertThat(condition)
        .isEqualTo(
            new Condition(
                "latency",
                Optional.of(0.95),
                Comparison.AT_MOST,
                new Quantity(1.5, Quantity.Unit.SECONDS),
                Optional.of(Duration.ofSeconds(90))));
  }

  @Test
  void readsItsOwnPrintAgain() {
    for (String text :
        List.of("error rate > 1 % for 5 min", "p99.9 latency ≤ 2 s", "throughput ≥ 10/s")) {
      Condition condition = ConditionGrammar.parse(text).orElseThrow();
      assertThat(ConditionGrammar.parse(condition.toString())).contains(condition);
    }
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void looksAtHostileLinesInLinearTime() {
    for (String piece :
        List.of("a ", "< ", "a < ", "1 ", "a < 1 ", "(", "p95 ", "a (", ") < 1 ", "_", "9")) {
      String line = piece.repeat(Limits.CONDITION_LINE_MAX / piece.length());
      assertThat(ConditionGrammar.find(line)).isNotNull();
      assertThat(ConditionGrammar.find(line + "and much more than that")).isEmpty();
    }
  }
}
