package tminus.core.checklist;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times that stand in the words of a line: when to send a message, how soon to roll back.
final class Spoken {

  private static final String AMOUNT =
      "(\\d{1,5})\\s?-?(s|secs?|seconds?|m|mins?|minutes?|h|hours?|hrs?|d|days?|w|weeks?)(?!\\w)";

  /// `Every 15 minutes`.
  private static final Pattern EVERY = pattern("\\bevery\\s" + AMOUNT);

  /// `Next update: [TIME + 30 minutes]`.
  private static final Pattern NEXT =
      pattern("\\bnext (?:status )?update\\b[^+\\n]{0,40}\\+\\s?" + AMOUNT);

  /// `Status updates: every 30 minutes`, as a line of a message.
  private static final Pattern UPDATES =
      pattern("\\bupdates?\\s?:[^\\n]{0,40}?\\bevery\\s" + AMOUNT);

  /// `3 hours before`.
  private static final Pattern BEFORE = pattern("\\b" + AMOUNT + "\\s(?:before|prior)\\b");

  /// `(within 5 minutes)`.
  private static final Pattern WITHIN = pattern("\\bwithin\\s" + AMOUNT);

  /// `T+15: …`, in minutes unless it says otherwise.
  private static final Pattern MOMENT =
      pattern("^T\\s?([-+−–])\\s?(\\d{1,5})\\s?(s|m|mins?|minutes?|h|hours?|d|days?)?\\s*:");

  private Spoken() {}

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /// When a message goes out: `R/PT15M` again and again, `-PT24H` relative to T-0.
  static Optional<String> schedule(String words) {
    Matcher moment = MOMENT.matcher(words);
    if (moment.find()) {
      String unit = moment.group(3) == null ? "m" : moment.group(3);
      Duration length = length(moment.group(2), unit);
      return Optional.of(ElementFacts.iso(moment.group(1).equals("+") ? length : length.negated()));
    }
    Matcher every = EVERY.matcher(words);
    if (every.find()) {
      return Optional.of("R/" + length(every.group(1), every.group(2)));
    }
    Matcher before = BEFORE.matcher(words);
    return before.find()
        ? Optional.of(ElementFacts.iso(length(before.group(1), before.group(2)).negated()))
        : Optional.empty();
  }

  /// How soon after a message the next one is promised in it.
  static Optional<Duration> next(String body) {
    for (Pattern pattern : List.of(NEXT, UPDATES)) {
      Matcher matcher = pattern.matcher(body);
      if (matcher.find()) {
        return Optional.of(length(matcher.group(1), matcher.group(2)));
      }
    }
    return Optional.empty();
  }

  /// Whether the words begin with a moment of the run: `T+15: first phase done`.
  static boolean isMoment(String words) {
    return MOMENT.matcher(words).find();
  }

  /// The words after the moment they begin with.
  static String afterMoment(String words) {
    return MOMENT.matcher(words).replaceFirst("").strip();
  }

  /// How soon: `within 5 minutes`.
  static Optional<Duration> within(String words) {
    Matcher within = WITHIN.matcher(words);
    return within.find() ? Optional.of(length(within.group(1), within.group(2))) : Optional.empty();
  }

  private static Duration length(String number, String unit) {
    long amount = Long.parseLong(number);
    return switch (unit.toLowerCase(Locale.ROOT).charAt(0)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'h' -> Duration.ofHours(amount);
      case 'd' -> Duration.ofDays(amount);
      case 'w' -> Duration.ofDays(7 * amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
