package tminus.markdown;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Timing;

/// When a section is due, or how long it takes, from the words of its heading.
final class Timings {

  private static final String UNIT =
      "(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?)";

  /// Words of other languages that may be units: what they mean is not guessed.
  private static final String UNKNOWN =
      "(?:[^\\p{ASCII}\\s–—]|(?:tagen?|stunden?|minuten|wochen?|jours?|heures?|semaines?|d[ií]as?"
          + "|horas?|minutos|semanas?|giorn[io]|or[ae]|minuti|settiman[ae]|dagen|uur|weken)(?!\\w))";

  private static final String SIGN = "\\s?([-+−–])\\s?";

  /// One way to say it. The first rule whose pattern occurs in the heading decides.
  ///
  /// @param example a heading it reads, for the reader of this list
  record Rule(
      String name, String example, Pattern pattern, Function<MatchResult, Optional<Timing>> reads) {

    Rule(String name, String example, String pattern, Function<MatchResult, Optional<Timing>> f) {
      this(name, example, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), f);
    }
  }

  static final List<Rule> RULES =
      List.of(
          new Rule(
              "window around T-0",
              "Switch (T+5 to T+25 min)",
              "(?<!\\w)T"
                  + SIGN
                  + "(\\d{1,6})\\s?"
                  + UNIT
                  + "?\\s?(?:to|until|-|–|—)\\s?T"
                  + SIGN
                  + "(\\d{1,6})(?:\\s?"
                  + UNIT
                  + "(?!\\w))?",
              Timings::window),
          new Rule(
              "moment around T-0",
              "Code freeze (T-7 days)",
              // `T-7 jours`: a unit that is not known is not guessed to be minutes.
              "(?<!\\w)T"
                  + SIGN
                  + "(\\d{1,6})(?:\\s?"
                  + UNIT
                  + "(?!\\w)|(?!\\w|\\s?"
                  + UNKNOWN
                  + "))",
              m -> Optional.of(new Timing.At(moment(m.group(1), m.group(2), m.group(3), "min")))),
          new Rule(
              "before",
              "Final checks (48 hours before)",
              "(?<![\\w.])(\\d{1,6})\\s?-?" + UNIT + "\\s(?:before|prior)(?!\\w)",
              m -> Optional.of(new Timing.At(length(m.group(1), m.group(2)).negated()))),
          new Rule(
              "after",
              "Retire the old version (after 24 hours)",
              "(?<!\\w)after\\s(?:another\\s)?(\\d{1,6})\\s?-?" + UNIT + "(?!\\w)",
              m -> Optional.of(new Timing.At(length(m.group(1), m.group(2))))),
          new Rule(
              "hours since T-0",
              "Hour 6-12",
              "(?<!\\w)hours?\\s(\\d{1,5})\\s?(?:-|–|to)\\s?(\\d{1,5})(?!\\w)",
              m -> between(length(m.group(1), "h"), length(m.group(2), "h"))),
          new Rule(
              "counted days, weeks, months",
              "Week 2-4",
              "(?<!\\w)(hour|day|week|month)s?\\s(\\d{1,5})(?:\\s?(?:-|–|to)\\s?(\\d{1,5}))?(?!\\w)",
              Timings::counted),
          new Rule(
              "how long it takes",
              "Migrate (10 minutes, if applicable)",
              "[(,]\\s*(?:target:\\s*)?[<≤~]?\\s*(?:about\\s|approx\\.?\\s|max\\.?\\s)?"
                  + "(\\d{1,6})(?:\\s?(?:-|–|to)\\s?(\\d{1,6}))?\\s?-?"
                  + UNIT
                  + "\\s*(?=[),])",
              m -> Optional.of(takes(m))));

  private Timings() {}

  /// What the heading says about time.
  static Optional<Timing> of(String title) {
    if (title.chars().noneMatch(Character::isDigit)) {
      return Optional.empty();
    }
    String words = Texts.plain(title);
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(words);
      if (matcher.find()) {
        return rule.reads().apply(matcher.toMatchResult());
      }
    }
    return Optional.empty();
  }

  private static Optional<Timing> window(MatchResult m) {
    String unitTo = m.group(6) == null ? m.group(3) : m.group(6);
    // `T+5 to T+25 min`: the unit stands once, for both.
    String unitFrom = m.group(3) == null ? unitTo : m.group(3);
    return between(
        moment(m.group(1), m.group(2), unitFrom, "min"),
        moment(m.group(4), m.group(5), unitTo, "min"));
  }

  /// `Week 2-4` begins when the first week is over and ends with the fourth.
  private static Optional<Timing> counted(MatchResult m) {
    int first = Math.max(1, Integer.parseInt(m.group(2)));
    String last = m.group(3) == null ? m.group(2) : m.group(3);
    return between(Durations.of(first - 1, m.group(1)), length(last, m.group(1)));
  }

  private static Timing takes(MatchResult m) {
    return new Timing.Takes(length(m.group(2) == null ? m.group(1) : m.group(2), m.group(3)));
  }

  private static Optional<Timing> between(Duration from, Duration to) {
    return to.compareTo(from) < 0 ? Optional.empty() : Optional.of(new Timing.Between(from, to));
  }

  private static Duration moment(String sign, String number, String unit, String otherwise) {
    Duration length = length(number, unit == null ? otherwise : unit);
    return sign.equals("+") ? length : length.negated();
  }

  private static Duration length(String number, String unit) {
    return Durations.of(Double.parseDouble(number), unit);
  }
}
