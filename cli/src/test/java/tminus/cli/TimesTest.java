package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.schedule.Due;

/// Moments as they are read on Tuesday 2026-12-01 at 14:00.
class TimesTest {

  private static final Instant NOW = Instant.parse("2026-12-01T13:00:00Z");

  private static Times in(String zone) {
    return new Times(ZoneId.of(zone), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Europe/Berlin       | 2026-12-01T13:30:00Z | 2026-12-01T14:00:00Z | Tue 2026-12-01 14:30–15:00 (13:30–14:00 UTC)
          Europe/Berlin       | 2026-12-01T13:30:00Z | 2026-12-01T13:30:00Z | Tue 2026-12-01 14:30 (13:30 UTC)
          UTC                 | 2026-12-01T13:30:00Z | 2026-12-01T14:00:00Z | Tue 2026-12-01 13:30–14:00 UTC
          Europe/Berlin       | 2026-12-01T22:30:00Z | 2026-12-01T23:30:00Z | Tue 2026-12-01 23:30 – Wed 2026-12-02 00:30 (Tue 2026-12-01 22:30–23:30 UTC)
          Pacific/Auckland    | 2026-12-01T13:30:00Z | 2026-12-01T14:00:00Z | Wed 2026-12-02 02:30–03:00 (Tue 2026-12-01 13:30–14:00 UTC)
          Europe/London       | 2026-10-24T23:30:00Z | 2026-10-25T01:30:00Z | Sun 2026-10-25 00:30–01:30 (Sat 2026-10-24 23:30 – Sun 2026-10-25 01:30 UTC)
          """)
  void aSpanSaysTheDayOnceAndUtcBeside(String zone, Instant begin, Instant end, String words) {
    assertThat(in(zone).span(new Due(begin, end))).isEqualTo(words);
  }

  @Test
  void aMomentHasItsDayUnlessThatIsToday() {
    assertThat(in("Europe/Berlin").moment(Instant.parse("2026-12-01T15:00:00Z")))
        .isEqualTo("16:00");
    assertThat(in("Europe/Berlin").moment(Instant.parse("2026-12-01T23:00:00Z")))
        .isEqualTo("Wed 2026-12-02 00:00");
    assertThat(in("UTC").whole(NOW)).isEqualTo("Tue 2026-12-01 13:00 +00:00");
    assertThat(in("Europe/Berlin").whole(NOW)).isEqualTo("Tue 2026-12-01 14:00 +01:00 (13:00 UTC)");
  }

  @Test
  void isAsFarAwayAsItMatters() {
    assertThat(in("UTC").away(NOW)).isEqualTo("now");
    assertThat(in("UTC").away(NOW.plusSeconds(50))).isEqualTo("in 50 s");
    assertThat(in("UTC").away(NOW.plusSeconds(3_170))).isEqualTo("in 52 min");
    assertThat(in("UTC").away(NOW.minusSeconds(7_200))).isEqualTo("2 h ago");
    assertThat(in("UTC").away(NOW.plusSeconds(6 * 86_400 + 9 * 3600))).isEqualTo("in 6 d 9 h");
  }
}
