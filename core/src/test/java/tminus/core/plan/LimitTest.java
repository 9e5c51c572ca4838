package tminus.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;

/// What the words beside a blank want of its value, and whether a value does.
class LimitTest {

  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
  private static final Span SPAN = new Span(1, 0, 0);

  private static List<FieldWords> words(String text) {
    int blanks = text.split("_{3,}", -1).length - 1;
    List<Mark> marks =
        IntStream.range(0, blanks)
            .<Mark>mapToObj(i -> new Mark.Blank(SPAN, Mark.Blank.Role.FIELD, "blank " + i))
            .toList();
    return FieldWords.of(List.of(new Line(SPAN, text, marks)), false);
  }

  private static Optional<Limit> limit(String text, int blank) {
    return words(text).get(blank).limit(blank);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p95: ____ ms (target: <500ms)                | 499        | 500",
        "p95: ____ ms (target: <500ms)                | 0.4 s      | 0.6 s",
        "Alert after ____ seconds (target: <5s)       | 4,5        | 5",
        "Alert after ____ seconds (target: <5s)       | 4900ms     | soon",
        "Errors: ____% (target: <0.1%)                | 0.09       | 0.1 %",
        "Uptime: ____% (Target: ≥99.9%)               | 99.9%      | 99.89",
        "Weight: ____ (expected: 100)                 | 100        | 99",
        "Backup: ____ MB (expected: 100)              | 100 MB     | 100 GB",
        "Passed: ____ (Target: ≥19/20, 95%)           | 19         | 18",
        "Passed: ____ (Target: ≥19/20, 95%)           | 20/20      | 1/20",
        "____/10 items complete (Target: 10/10)       | 10         | 9",
        "____/48 complete (Target: 48/48 = 100%)      | 48         | 47",
        "Took: ____ minutes (Target: <60 minutes)     | 59.9       | 1 h",
        "Coverage ≥90% (verified: ____%)              | 90         | 89.9",
        "Pass rate ≥98% (verified: ____/200 tests)    | 196        | 195",
        "Pass rate ≥98% (verified: ____/200 tests)    | 98 %       | 97 %",
        "Valid until: ____ (>30 days from now)        | 2026-12-21 | 2026-12-20",
        "Valid until: ____ (>30 days from now)        | 2027-01-31 10:00 | 31.1.2027",
        "Memory: ____ GB (at most 8 GB)               | 8          | 8.1",
        "Memory: ____ GB (limit: under 8 GB)          | 7.9        | 8",
      })
  void ofAValue(String text, String good, String bad) {
    Limit limit = limit(text, 0).orElseThrow();
    assertThat(limit.unmet(good, NOW)).as(good).isEmpty();
    assertThat(limit.unmet(bad, NOW)).as(bad).isPresent();
  }

  @Test
  void ofTwoBlanksWithOneRemark() {
    String text = "Scan: ____ critical, ____ high (target: 0/2)";
    assertThat(limit(text, 0).orElseThrow().words()).isEqualTo("= 0");
    assertThat(limit(text, 1).orElseThrow().words()).isEqualTo("= 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CPU: ____% (baseline: 40%)",
        "Disk: ____% (no increase >5%)",
        "Chat: ____ (Slack, Teams, etc.)",
        "Healthy: ____/3",
        "Duration: ____ days",
        "Agreed: ____ (v2)",
        "Lead: ____ (Signature)",
        "CPU >____% for 5 minutes",
      })
  void isNotMadeUp(String text) {
    assertThat(limit(text, 0)).isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    Limit limit = limit("p95: ____ ms (target: <500ms)", 0).orElseThrow();
    assertThat(limit.unmet("812", NOW)).contains("812 is not < 500 ms");
    assertThat(limit.unmet("fine", NOW))
        .contains("'fine' is no number to be held against < 500 ms");
    Limit day = limit("Valid until: ____ (>30 days from now)", 0).orElseThrow();
    assertThat(day.unmet("soon", NOW))
        .contains("'soon' is no day like 2026-12-31 to be held against > 30 days from now");
  }

  @Test
  void countsOnlyWhatIsCounted() {
    assertThat(words("Code: ____/8 items complete").getFirst().isCount()).isTrue();
    assertThat(words("Results: ____/20 passed").getFirst().isCount()).isTrue();
    assertThat(words("Replicas ready: ____/3").getFirst().isCount()).isFalse();
    assertThat(words("Scenarios (____/15 scenarios)").getFirst().isCount()).isFalse();
    assertThat(words("Targets: ____/____ targets").getFirst().isCount()).isFalse();
  }
}
