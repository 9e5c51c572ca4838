package tminus.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A moment of a run, as people read it.
///
/// @param iso for machines: `2026-11-20T18:15:02.123Z`
/// @param day `20 November 2026`
/// @param time in UTC, to the second: `18:15:02`
/// @param since since the run began: `+01:23`, `+2:01:23`, `+3 d 02:01:23`
public record Stamp(String iso, String day, String time, String since) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// The moment in a run that began at `start`.
  public static Stamp of(Instant at, Instant start) {
    return new Stamp(at.toString(), DAY.format(at), TIME.format(at), since(start, at));
  }

  private static String since(Instant start, Instant at) {
    Duration since = Duration.between(start, at);
    if (since.isNegative()) {
      return "before";
    }
    String minutes = "%02d:%02d".formatted(since.toMinutesPart(), since.toSecondsPart());
    if (since.toDays() > 0) {
      return "+%d d %02d:%s".formatted(since.toDays(), since.toHoursPart(), minutes);
    }
    return since.toHours() > 0 ? "+%d:%s".formatted(since.toHours(), minutes) : "+" + minutes;
  }
}
