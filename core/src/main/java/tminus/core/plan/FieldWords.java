package tminus.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.judge.Comparison;
import tminus.core.judge.Quantity;
import tminus.core.judge.Quantity.Unit;

/// A blank with the words around it, which say what its value counts and must be.
///
/// @param blank the blank
/// @param before the words of its line before it, from the blank before it
/// @param after the words of its line after it, to the blank after it
/// @param tail the words of its line after the last blank
/// @param index its number among the line's blanks, from 0
/// @param ofLine how many blanks the line has
/// @param own whether the line is an item's own, with the box in front
record FieldWords(
    Mark.Blank blank,
    String before,
    String after,
    String tail,
    int index,
    int ofLine,
    boolean own) {

  private static final Pattern UNDERSCORES = Pattern.compile("_{3,}");
  private static final Pattern OUT_OF = Pattern.compile("^\\s*/\\s*(\\d{1,6})\\b\\s*(.*)");
  private static final Pattern COUNTED =
      Pattern.compile(
          "^(?:(?:items?|tasks?|steps?|checks?|boxes|tests?|scenarios)\\b\\s*)?(?:are |were )?"
              + "(?:complete|completed|done|passed|passing|ticked|checked|ok)\\b.*");

  private static final Pattern FIRST_UNIT = Pattern.compile("^\\s*(%|[a-zA-Z]+)");

  /// Beside the blank: its unit, then in parentheses what is wanted. Between blank and parenthesis
  /// only the unit may stand; else the words are about something else.
  private static final Pattern WANTED =
      Pattern.compile(
          "(?i)^\\s*(?:/\\s*\\d+)?\\s*(%|[a-zA-Z]+)?(?:[ a-zA-Z]{0,24})?\\s*\\(\\s*"
              + "(target|expected|expect|goal|limit|required|must be|should be)?\\s*:?\\s*"
              + "(<=|>=|[<>≤≥=]|at least|at most|less than|more than|under|over|below|above)?\\s*"
              + "(\\d+(?:\\.\\d+)?)\\s*(?:/\\s*(\\d+))?\\s*(%|[a-zA-Z]*)([^()]*)\\).*");

  /// One number for each of two blanks.
  private static final Pattern PAIR =
      Pattern.compile("[^()]*\\([^()]*\\b\\d+\\s*/\\s*\\d+\\s*\\).*");

  /// Before the blank: `≥90% (verified: ____%)`.
  private static final Pattern WANTED_BEFORE =
      Pattern.compile(
          "(?i).*?(<=|>=|[<>≤≥])\\s*(\\d+(?:\\.\\d+)?)\\s*(%|[a-zA-Z]*)\\s*"
              + "\\((?:verified|actual|measured|current|result|now):\\s*$");

  /// The blanks of these lines that are learnt in the run, with their words. Blanks whose place in
  /// the words is not certain have none.
  ///
  /// @param boxed whether the first line is an item's own
  static List<FieldWords> of(List<Line> lines, boolean boxed) {
    List<FieldWords> words = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      List<Mark.Blank> blanks =
          line.marks(Mark.Blank.class).stream()
              .filter(blank -> blank.role() == Mark.Blank.Role.FIELD)
              .toList();
      words.addAll(of(line.text(), blanks, boxed && i == 0));
    }
    return words;
  }

  private static List<FieldWords> of(String text, List<Mark.Blank> blanks, boolean own) {
    List<int[]> places = new ArrayList<>();
    Matcher matcher = UNDERSCORES.matcher(text);
    while (matcher.find()) {
      places.add(new int[] {matcher.start(), matcher.end()});
    }
    if (places.size() != blanks.size()) {
      return List.of();
    }
    List<FieldWords> words = new ArrayList<>();
    String tail = places.isEmpty() ? "" : text.substring(places.getLast()[1]);
    for (int i = 0; i < places.size(); i++) {
      int from = i == 0 ? 0 : places.get(i - 1)[1];
      int to = i == places.size() - 1 ? text.length() : places.get(i + 1)[0];
      String before = text.substring(from, places.get(i)[0]);
      String after = text.substring(places.get(i)[1], to);
      words.add(new FieldWords(blanks.get(i), before, after, tail, i, places.size(), own));
    }
    return words;
  }

  /// What it is called, without what makes no difference.
  String name() {
    return blank.name().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
  }

  /// The number behind a slash: the 8 of `____/8 items complete`.
  Optional<Integer> outOf() {
    Matcher matcher = OUT_OF.matcher(after);
    return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }

  /// Whether the words behind the blank say that items are counted: `/8 items complete`.
  boolean isCount() {
    Matcher matcher = OUT_OF.matcher(after);
    return !own
        && matcher.matches()
        && COUNTED.matcher(matcher.group(2).toLowerCase(Locale.ROOT)).matches();
  }

  /// How many there are by the target beside it: the 20 of `(Target: ≥19/20)`.
  Optional<Integer> targetOutOf() {
    Matcher matcher = WANTED.matcher(after);
    return matcher.matches() && matcher.start(5) >= 0
        ? Optional.of(Integer.parseInt(matcher.group(5)))
        : Optional.empty();
  }

  /// What the words in front name, without the sign that ends them; empty when nothing is named.
  String subject() {
    String words = before.replaceAll("^[^\\p{L}\\p{N}]+", "").replaceAll("[\\s:*–—=-]+$", "");
    int sentence = Math.max(words.lastIndexOf('|'), words.lastIndexOf(';'));
    return words.substring(sentence + 1).strip();
  }

  /// What duration is asked for.
  Computed.Unit durationUnit() {
    Optional<Unit> unit = firstUnit();
    if (unit.isEmpty()) {
      return Computed.Unit.WORDS;
    }
    return switch (unit.get()) {
      case SECONDS -> Computed.Unit.SECONDS;
      case MINUTES -> Computed.Unit.MINUTES;
      case HOURS -> Computed.Unit.HOURS;
      case PERCENT, MILLISECONDS, DAYS, BYTES, KILOBYTES, MEGABYTES, GIGABYTES, PER_SECOND, NONE ->
          Computed.Unit.WORDS;
    };
  }

  private Optional<Unit> firstUnit() {
    Matcher matcher = FIRST_UNIT.matcher(after);
    return matcher.find() ? Limit.unit(matcher.group(1)) : Optional.empty();
  }

  /// What the value must be, if the words beside it say so.
  Optional<Limit> limit(int field) {
    Matcher before = WANTED_BEFORE.matcher(this.before);
    if (before.matches()) {
      Optional<Unit> unit = unitOf(before.group(3));
      return unit.map(found ->
          new Limit(
              field,
              comparison(before.group(1)),
              quantity(before.group(2), found),
              firstUnit().orElse(outOf().isPresent() ? Unit.NONE : found),
              Limit.Kind.NUMBER,
              found == Unit.PERCENT ? outOf() : Optional.empty()));
    }
    Matcher wanted = WANTED.matcher(isPair() ? tail : after);
    boolean says = wanted.matches() && (wanted.start(2) >= 0 || wanted.start(3) >= 0);
    return says ? wanted(wanted, field) : Optional.empty();
  }

  /// Whether the line has two blanks with one remark for both: `____ critical, ____ high (target:
  /// 0/0)`.
  private boolean isPair() {
    return ofLine == 2 && outOf().isEmpty() && PAIR.matcher(tail).matches();
  }

  private Optional<Limit> wanted(Matcher wanted, int field) {
    Optional<Unit> unit = unitOf(wanted.group(6));
    boolean fromNow = wanted.group(7).strip().equalsIgnoreCase("from now");
    if (unit.isEmpty() || (unit.get() == Unit.DAYS && !fromNow && !wanted.group(7).isBlank())) {
      return Optional.empty();
    }
    Comparison comparison = comparison(group(wanted, 3));
    if (fromNow) {
      Quantity days = quantity(wanted.group(4), unit.get());
      return Optional.of(
          new Limit(field, comparison, days, Unit.DAYS, Limit.Kind.DATE, Optional.empty()));
    }
    boolean share = wanted.start(5) >= 0;
    if (share && !isPair()) {
      // Of a share without a sign, `48/48`, more would do as well; `expected: 100` is just that.
      Comparison least = wanted.start(3) < 0 ? Comparison.AT_LEAST : comparison;
      return Optional.of(number(field, least, quantity(wanted.group(4), Unit.NONE), Unit.NONE));
    }
    String number = wanted.group(isPair() && index == 1 ? 5 : 4);
    Unit asked = firstUnit().orElse(unit.get());
    return Optional.of(
        number(
            field,
            comparison,
            quantity(number, unit.get() == Unit.NONE ? asked : unit.get()),
            asked));
  }

  private static Limit number(int field, Comparison comparison, Quantity bound, Unit asked) {
    return new Limit(field, comparison, bound, asked, Limit.Kind.NUMBER, Optional.empty());
  }

  private static String group(Matcher matcher, int group) {
    return matcher.start(group) < 0 ? "" : matcher.group(group);
  }

  private static Optional<Unit> unitOf(String words) {
    return words.isEmpty() ? Optional.of(Unit.NONE) : Limit.unit(words);
  }

  private static Quantity quantity(String number, Unit unit) {
    return new Quantity(Double.parseDouble(number), unit);
  }

  private static Comparison comparison(String sign) {
    return switch (sign.toLowerCase(Locale.ROOT)) {
      case "<", "less than", "under", "below" -> Comparison.LESS;
      case "<=", "≤", "at most" -> Comparison.AT_MOST;
      case ">", "more than", "over", "above" -> Comparison.GREATER;
      case ">=", "≥", "at least" -> Comparison.AT_LEAST;
      default -> Comparison.EQUAL;
    };
  }
}
