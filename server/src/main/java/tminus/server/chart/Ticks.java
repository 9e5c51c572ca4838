package tminus.server.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where an axis has its marks, and what stands beside them.
final class Ticks {

  private static final List<Duration> TIME_STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(28));

  private Ticks() {}

  /// A mark on the time axis.
  record Tick(Instant at, String label) {}

  /// Marks at round times in UTC.
  ///
  /// @param most how many there may be, at least 1
  static List<Tick> times(Instant from, Instant to, int most) {
    Duration range = Duration.between(from, to);
    Duration step =
        TIME_STEPS.stream()
            .filter(candidate -> range.dividedBy(candidate) < most)
            .findFirst()
            .orElseGet(() -> Duration.ofDays(range.toDays() / most + 1));
    long seconds = step.toSeconds();
    long first = Math.ceilDiv(from.toEpochMilli(), seconds * 1000) * seconds;
    List<Tick> ticks = new ArrayList<>();
    for (long at = first; at <= to.getEpochSecond(); at += seconds) {
      Instant moment = Instant.ofEpochSecond(at);
      ticks.add(new Tick(moment, label(moment, step)));
    }
    return ticks;
  }

  /// At midnight the new day says more than `00:00`.
  private static String label(Instant at, Duration step) {
    boolean midnight = at.getEpochSecond() % Duration.ofDays(1).toSeconds() == 0;
    String pattern = midnight ? "d MMM" : step.toSeconds() < 60 ? "HH:mm:ss" : "HH:mm";
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC).format(at);
  }

  /// The least of 1, 2, 2.5 or 5 times a power of ten that takes at most `most` steps to reach
  /// `top`.
  static double step(double top, int most) {
    double power = Math.pow(10, Math.floor(Math.log10(top / most)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (top / (factor * power) <= most + 1e-9) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /// A number without needless zeros: `0.5`, `12.34`, `12 000`.
  static String number(double value) {
    if (value >= 10_000) {
      return String.format(Locale.ROOT, "%,.0f", value).replace(',', '\u202f');
    }
    String fixed = String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.2f", value);
    return fixed.replaceFirst("\\.?0+$", "");
  }
}
