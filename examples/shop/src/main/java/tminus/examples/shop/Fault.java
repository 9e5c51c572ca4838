package tminus.examples.shop;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with a release. A release carries its fault from the start and for good, the way a
/// bug does. Immutable.
public sealed interface Fault {

  /// A share of the business requests is answered 500, evenly spread, while the health check stays
  /// green.
  ///
  /// @param basisPoints hundredths of a percent, 1 to 10,000: 800 is 8 %
  record Errors(int basisPoints) implements Fault {
    /// All requests.
    static final int ALL = 10_000;

    public Errors {
      if (basisPoints < 1 || basisPoints > ALL) {
        throw new IllegalArgumentException(
            "errors: %d basis points - use 1 to %d".formatted(basisPoints, ALL));
      }
    }

    /// Whether the n-th request fails, counted from 1. Of the first n requests exactly the whole
    /// part of their share has failed, for every n.
    boolean hits(long n) {
      return n * basisPoints / ALL > (n - 1) * basisPoints / ALL;
    }
  }

  /// Each business request takes longer.
  ///
  /// @param added on top of the usual time; over zero, at most [Fault#DURATION_MAX]
  record Latency(Duration added) implements Fault {
    public Latency {
      requireDuration("latency", added);
    }
  }

  /// The release does not come up.
  record CrashOnStart() implements Fault {}

  /// The release comes up, looks well, and dies.
  ///
  /// @param after from the start; over zero, at most [Fault#DURATION_MAX]
  record CrashAfter(Duration after) implements Fault {
    public CrashAfter {
      requireDuration("crash-after", after);
    }
  }

  /// Each business request leaves memory behind that is never given back.
  ///
  /// @param megabytes where the leak ends, 1 to 4,096. It ends at half of the heap in any case, so
  ///   that the process lives to show it
  record Memory(int megabytes) implements Fault {
    static final int DEFAULT_MEGABYTES = 64;

    public Memory {
      if (megabytes < 1 || megabytes > 4_096) {
        throw new IllegalArgumentException("memory: %d MB - use 1 to 4096".formatted(megabytes));
      }
    }
  }

  /// The longest duration a fault can have.
  Duration DURATION_MAX = Duration.ofHours(1);

  /// The fault as written on the command line: `errors=8%`, `latency=800ms`, `crash-on-start`,
  /// `crash-after=5s`, `memory` or `memory=64MB`.
  ///
  /// @throws IllegalArgumentException when it is none of these; the message says which there are
  static Fault parse(String text) {
    int equals = text.indexOf('=');
    String kind = equals < 0 ? text : text.substring(0, equals);
    String amount = equals < 0 ? "" : text.substring(equals + 1);
    return switch (kind) {
      case "errors" -> new Errors(parseBasisPoints(amount));
      case "latency" -> new Latency(parseDuration("latency", amount));
      case "crash-on-start" -> {
        if (equals >= 0) {
          throw new IllegalArgumentException(
              "crash-on-start: has no amount (%s) - leave it out".formatted(amount));
        }
        yield new CrashOnStart();
      }
      case "crash-after" -> new CrashAfter(parseDuration("crash-after", amount));
      case "memory" -> new Memory(equals < 0 ? Memory.DEFAULT_MEGABYTES : parseMegabytes(amount));
      default ->
          throw new IllegalArgumentException(
              "fault: there is no '%s' - use errors=8%%, latency=800ms, crash-on-start, crash-after=5s or memory=64MB"
                  .formatted(kind));
    };
  }

  /// A duration as written on the command line: a whole number with `ms`, `s` or `m`.
  ///
  /// @param where what it belongs to, for the message
  /// @throws IllegalArgumentException when it is not written that way
  static Duration parseDuration(String where, String text) {
    Matcher matcher = Pattern.compile("(\\d{1,9})(ms|s|m)").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "%s: '%s' is not a duration - write 800ms, 5s or 2m".formatted(where, text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }

  private static int parseBasisPoints(String text) {
    Matcher matcher = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,2}))?\\s?%").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "errors: '%s' is not a percentage - write 8%% or 0.25%%".formatted(text));
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    return Integer.parseInt(matcher.group(1) + (fraction + "00").substring(0, 2));
  }

  private static int parseMegabytes(String text) {
    Matcher matcher = Pattern.compile("(\\d{1,4})\\s?MB").matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "memory: '%s' is not an amount - write 64MB".formatted(text));
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static void requireDuration(String where, Duration duration) {
    if (!duration.isPositive() || duration.compareTo(DURATION_MAX) > 0) {
      throw new IllegalArgumentException(
          "%s: %s - use more than zero and at most an hour".formatted(where, duration));
    }
  }
}
