package tminus.markdown;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations in words: `15 minutes`, `30-60 seconds`, `24h`.
final class Durations {

  /// A number, perhaps a second one that ends a range, and a unit.
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?<![\\w.])(\\d{1,6}(?:\\.\\d{1,3})?)(?:\\s?(?:-|–|to)\\s?(\\d{1,6}))?\\+?[\\s-]?"
              + "(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w"
              + "|months?)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  /// A duration in a line.
  ///
  /// @param start the first character of it
  /// @param end the character after it
  /// @param longest how long, the longer end of a range
  record Found(int start, int end, Duration longest) {}

  private Durations() {}

  /// The first duration at or after `from`.
  static Optional<Found> find(String text, int from) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.find(from) ? Optional.of(found(matcher)) : Optional.empty();
  }

  /// The duration that the whole text is.
  static Optional<Duration> of(String text) {
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches() ? Optional.of(found(matcher).longest()) : Optional.empty();
  }

  private static Found found(Matcher matcher) {
    String number = matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
    return new Found(
        matcher.start(), matcher.end(), of(Double.parseDouble(number), matcher.group(3)));
  }

  /// So many of a unit; a month is 30 days.
  static Duration of(double number, String unit) {
    String name = Texts.lower(unit);
    double seconds =
        name.startsWith("month")
            ? 2_592_000
            : name.startsWith("ms") || name.startsWith("milli")
                ? 0.001
                : switch (name.charAt(0)) {
                  case 's' -> 1;
                  case 'm' -> 60;
                  case 'h' -> 3_600;
                  case 'd' -> 86_400;
                  case 'w' -> 604_800;
                  default -> throw new IllegalArgumentException("unit: " + unit + " is no time");
                };
    return Duration.ofMillis(Math.round(number * seconds * 1_000));
  }
}
