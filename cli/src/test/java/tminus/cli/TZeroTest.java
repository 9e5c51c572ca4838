package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// T-0 as people write it, said at 2026-12-01 14:00 in Berlin.
class TZeroTest {

  private static final Instant NOW = Instant.parse("2026-12-01T13:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-12-02T10:00:00Z                 | 2026-12-02T10:00:00Z | Europe/Berlin
          2026-12-02T10:00+05:30               | 2026-12-02T04:30:00Z | Europe/Berlin
          2026-12-02T10:00                     | 2026-12-02T09:00:00Z | Europe/Berlin
          2026-12-02 10:00                     | 2026-12-02T09:00:00Z | Europe/Berlin
          2026-07-02T10:00                     | 2026-07-02T08:00:00Z | Europe/Berlin
          2026-12-02T10:00[America/New_York]   | 2026-12-02T15:00:00Z | America/New_York
          2026-10-25T02:30+01:00               | 2026-10-25T01:30:00Z | Europe/Berlin
          2026-10-25T02:30+01:00[Europe/Berlin] | 2026-10-25T01:30:00Z | Europe/Berlin
          15:30                                | 2026-12-01T14:30:00Z | Europe/Berlin
          14:00                                | 2026-12-01T13:00:00Z | Europe/Berlin
          9:00                                 | 2026-12-02T08:00:00Z | Europe/Berlin
          today 9:00                           | 2026-12-01T08:00:00Z | Europe/Berlin
          tomorrow 15:30                       | 2026-12-02T14:30:00Z | Europe/Berlin
          15:30 tomorrow                       | 2026-12-02T14:30:00Z | Europe/Berlin
          +2h                                  | 2026-12-01T15:00:00Z | Europe/Berlin
          +1h30m                               | 2026-12-01T14:30:00Z | Europe/Berlin
          +1d                                  | 2026-12-02T13:00:00Z | Europe/Berlin
          +45min                               | 2026-12-01T13:45:00Z | Europe/Berlin
          -10m                                 | 2026-12-01T12:50:00Z | Europe/Berlin
          """)
  void isReadAsItIsMeant(String text, Instant at, ZoneId zone) {
    assertThat(TZero.parse(text, NOW, BERLIN)).isEqualTo(new TZero(at, zone));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          soon                      | soon is no time - write 2026-12-01T10:00, 10:00 or +2h
          +                         | + is no time - write 2026-12-01T10:00, 10:00 or +2h
          25:00                     | 25:00 is no time - write 2026-12-01T10:00, 10:00 or +2h
          today 10:00 tomorrow      | today 10:00 tomorrow is no time - write 2026-12-01T10:00, 10:00 or +2h
          2026-02-30T10:00          | 2026-02-30T10:00 is no time - write 2026-12-01T10:00, 10:00 or +2h
          2026-12-01                | 2026-12-01 is no time - write 2026-12-01T10:00, 10:00 or +2h
          2026-12-01T10:00[Mars]    | there is no time zone Mars - name one as Europe/Berlin or UTC
          2026-03-29T02:30          | 2026-03-29T02:30 does not exist: clocks in Europe/Berlin are put forward then - take a time before or after
          2026-10-25T02:30          | 2026-10-25T02:30 comes twice: clocks in Europe/Berlin are put back then - say which: 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00
          2026-12-01T10:00+02:00[Europe/Berlin] | 2026-12-01T10:00+02:00[Europe/Berlin]: the clock in Europe/Berlin then shows 2026-12-01T09:00 - give the offset or the zone
          """)
  void whatCannotBeMeantIsRefused(String text, String message) {
    assertThatThrownBy(() -> TZero.parse(text, NOW, BERLIN))
        .isInstanceOf(UsageException.class)
        .hasMessage("--t-zero: " + message);
  }
}
