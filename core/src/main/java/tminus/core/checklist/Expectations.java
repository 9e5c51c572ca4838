package tminus.core.checklist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tminus.core.Limits;
import tminus.core.judge.Comparison;

/// Reads expectations from a document's words, and fills their placeholders.
///
/// In doubt it is prose: a person judges, and nothing is guessed green. Stateless; total.
public final class Expectations {

  private static final Pattern NAMED =
      Pattern.compile(
          "^expect(?:ed|s)?(?: [a-z]{1,20}){0,2}[\\s\\u00a0]?[:：]\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern SHOULD =
      Pattern.compile(
          "^should (?:(?:return|see|show|be|print|output|contain|say|report)s? )?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ALL_SHOULD =
      Pattern.compile(
          "^(?:all|each|every|the|output)\\b.{0,60} should\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOOK =
      Pattern.compile("^check (?:headers|output|response):$", Pattern.CASE_INSENSITIVE);

  private static final Pattern REMARK = Pattern.compile("\\s+\\([^()]{1,100}\\)$");

  private static final Set<String> NOTHING =
      Set.of(
          "empty",
          "empty output",
          "no output",
          "nothing",
          "returns empty",
          "returns nothing",
          "no results",
          "no result",
          "(empty)",
          "an empty result",
          "empty result",
          "blank");

  private static final String NUMBER = "(-?\\d{1,15}(?:\\.\\d{1,9})?)";
  private static final Pattern STATUS =
      Pattern.compile(
          "^(?:HTTP(?:/\\d(?:\\.\\d)?)?|status|status code|HTTP status)[: ]+(?:code )?([1-5]\\d\\d)"
              + "(?: [A-Z][A-Za-z ]{0,30}| with [^,;]{0,60})?$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REASONED =
      Pattern.compile("^([1-5]\\d\\d) ([A-Z][A-Za-z' -]{1,40})$");
  private static final Pattern CODE = Pattern.compile("^([1-5]\\d\\d)(?: with [^,;]{0,60})?$");
  private static final Pattern COUNT =
      Pattern.compile(
          "^at least (one|a|\\d{1,6}) (?:\"([^\"]{1,80})\"|([1-5]\\d\\d|[A-Z_]{2,30}))(?: \\([^()]{0,60}\\))?"
              + "(?: (?:response|responses|line|lines|entry|entries|result|results))?$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AMOUNT =
      Pattern.compile(
          "^(?:[A-Za-z][A-Za-z ]{0,30} )?(<=|>=|==|<|>|=|≤|≥|under|below|over|above|less than|more than"
              + "|at least|at most)\\s?"
              + NUMBER
              + "\\s?(%|[a-zA-Z]{1,7})?(?: \\([^()]{0,60}\\))?\\.?$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BARE =
      Pattern.compile("^" + NUMBER + "\\s?(%|ms|s|B|kB|KB|MB|GB)?(?: \\([^()]{0,60}\\))?$");
  private static final Pattern QUOTED =
      Pattern.compile(
          "^(?:\"([^\"]+)\"|'([^']+)'|`([^`]+)`|[“«「][\\s\\u00a0]?([^”»」]+?)[\\s\\u00a0]?[”»」])$");
  private static final Pattern ROWS = Pattern.compile("^\\(\\d{1,9} rows?\\)$");
  private static final Pattern COUNTED = Pattern.compile("^\\d{1,9} [a-z]{2,30}$");

  /// One word that reads like output, not like prose: `PONG`, `OK`, `2.1.0`, `sha256:[DIGEST]`.
  private static final Pattern TOKEN = Pattern.compile("^(?=.*[A-Z0-9])[\\w.:/+@=\\[\\]-]{2,200}$");

  /// One plain word: `healthy`, `enabled`.
  private static final Pattern WORD = Pattern.compile("^[a-z][a-z_-]{1,40}$");

  /// Words that judge, and that no program prints to say so.
  private static final Set<String> JUDGING =
      Set.of(
          "normal",
          "good",
          "fine",
          "acceptable",
          "reasonable",
          "stable",
          "correct",
          "expected",
          "similar",
          "unchanged",
          "minimal",
          "low",
          "high",
          "fast",
          "slow",
          "clean",
          "working",
          "consistent",
          "successful",
          "none",
          "same",
          "different",
          "higher",
          "lower");

  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*([A-Za-z_][\\w.\\[\\]-]{0,80})\\s*(<=|>=|==|=|<|>|≤|≥)\\s*(?:\"([^\"]*)\"|'([^']*)'|([\\w.+-]{1,60}))\\s*(?:,|$)");

  private static final Set<String> REASONS =
      Set.of(
          "ok",
          "created",
          "accepted",
          "no content",
          "moved permanently",
          "found",
          "see other",
          "not modified",
          "temporary redirect",
          "permanent redirect",
          "bad request",
          "unauthorized",
          "forbidden",
          "not found",
          "method not allowed",
          "conflict",
          "gone",
          "too many requests",
          "internal server error",
          "bad gateway",
          "service unavailable",
          "gateway timeout");

  private Expectations() {}

  /// How many lines at the beginning of a comment paragraph say what the command before it must
  /// print; 0 when they say something else.
  ///
  /// @param comments the lines without `#`
  public static int length(List<String> comments) {
    if (comments.isEmpty()) {
      return 0;
    }
    String first = comments.getFirst();
    boolean starts =
        NAMED.matcher(first).find()
            || SHOULD.matcher(first).find()
            || ALL_SHOULD.matcher(first).find();
    if (!starts && !(LOOK.matcher(first).find() && comments.size() > 1)) {
      return 0;
    }
    return body(first).isEmpty() ? comments.size() : 1;
  }

  /// Whether a line of the document says `Expected: …`, and what.
  public static boolean isNamed(String line) {
    return NAMED.matcher(line).find() && !body(line).isEmpty();
  }

  /// What stands after the words that introduce it; empty when it stands in the lines below.
  private static String body(String first) {
    Matcher named = NAMED.matcher(first);
    if (named.find()) {
      return first.substring(named.end()).strip();
    }
    if (LOOK.matcher(first).find() || (ALL_SHOULD.matcher(first).find() && first.endsWith(":"))) {
      return "";
    }
    Matcher should = SHOULD.matcher(first);
    return should.find() ? first.substring(should.end()).strip() : first;
  }

  /// Reads an expectation.
  ///
  /// @param comments the lines that say it, `Expected:` included; at least one
  /// @param command the command it is about, or an empty text
  public static Expectation read(List<String> comments, String command) {
    String text = String.join("\n", comments);
    String body = body(comments.getFirst());
    if (text.length() > Limits.EXPECTATION_MAX) {
      return new Expectation.Prose(text);
    }
    if (!body.isEmpty()) {
      return one(text, body, command);
    }
    List<String> lines =
        comments.stream().skip(1).map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      return new Expectation.Prose(text);
    }
    if (lines.getFirst().startsWith("{")
        || lines.getFirst().startsWith("[{")
        || lines.getFirst().equals("[")) {
      return json(text, String.join("\n", lines));
    }
    if (lines.size() == 1) {
      Expectation only = one(text, lines.getFirst(), command);
      if (!(only instanceof Expectation.Prose)) {
        return only;
      }
    }
    // `X-Cache: Miss (the first time)`: a remark among headers to look for.
    boolean remarked = LOOK.matcher(comments.getFirst()).find();
    return new Expectation.Lines(
        text,
        remarked
            ? lines.stream().map(l -> REMARK.matcher(l).replaceFirst("")).toList()
            : Columns.loosened(lines));
  }

  private static Expectation one(String text, String body, String command) {
    String words = body.endsWith(".") ? body.substring(0, body.length() - 1) : body;
    if (NOTHING.contains(words.toLowerCase(Locale.ROOT))) {
      return new Expectation.Empty(text);
    }
    if (words.startsWith("{") || words.startsWith("[{") || words.startsWith("[\"")) {
      return json(text, words);
    }
    Optional<Expectation> expectation = status(text, words, command);
    if (expectation.isEmpty()) {
      expectation = number(text, words);
    }
    if (expectation.isEmpty()) {
      expectation = pairs(text, words);
    }
    if (expectation.isEmpty()) {
      expectation = literal(text, words);
    }
    if (expectation.isEmpty()) {
      expectation = all(text, words, command);
    }
    return expectation.orElse(new Expectation.Prose(text));
  }

  /// `HTTP 200, Time < 0.5s`: several, each of which a machine can judge; half of them would be a
  /// guess.
  private static Optional<Expectation> all(String text, String words, String command) {
    String[] pieces = words.split(",\\s+|\\s+and\\s+", -1);
    List<Expectation> parts = new ArrayList<>();
    for (String piece : pieces) {
      // The words of a named amount say which number of the output it is.
      Optional<Expectation> part =
          status(piece, piece, command)
              .or(() -> number(piece, piece).filter(e -> !isBare(piece)))
              .or(() -> quoted(piece));
      part.ifPresent(parts::add);
    }
    // `200, 404` names two, of which one will do.
    long statuses = parts.stream().filter(Expectation.HttpStatus.class::isInstance).count();
    return pieces.length > 1 && parts.size() == pieces.length && statuses < 2
        ? Optional.of(new Expectation.All(text, parts))
        : Optional.empty();
  }

  /// A number that nothing names is any number, among several expectations.
  private static boolean isBare(String piece) {
    return !Character.isLetter(piece.charAt(0));
  }

  private static Optional<Expectation> quoted(String piece) {
    return QUOTED.matcher(piece).matches() ? literal(piece, piece) : Optional.empty();
  }

  private static Expectation json(String text, String words) {
    return Json.readLoosely(words)
        .map(Json::fields)
        .filter(fields -> !fields.isEmpty())
        .<Expectation>map(fields -> new Expectation.Json(text, fields))
        .orElse(new Expectation.Prose(text));
  }

  private static Optional<Expectation> status(String text, String words, String command) {
    Matcher named = STATUS.matcher(words);
    if (named.matches()) {
      return Optional.of(new Expectation.HttpStatus(text, Integer.parseInt(named.group(1))));
    }
    Matcher reasoned = REASONED.matcher(words);
    if (reasoned.matches() && REASONS.contains(reasoned.group(2).toLowerCase(Locale.ROOT))) {
      return Optional.of(new Expectation.HttpStatus(text, Integer.parseInt(reasoned.group(1))));
    }
    Matcher code = CODE.matcher(words);
    return code.matches() && command.contains("%{http_code}")
        ? Optional.of(new Expectation.HttpStatus(text, Integer.parseInt(code.group(1))))
        : Optional.empty();
  }

  private static Optional<Expectation> number(String text, String words) {
    Matcher count = COUNT.matcher(words);
    if (count.matches()) {
      String least = count.group(1);
      String what = count.group(2) == null ? count.group(3) : count.group(2);
      int number = Character.isDigit(least.charAt(0)) ? Integer.parseInt(least) : 1;
      return Optional.of(new Expectation.Count(text, number, what));
    }
    Matcher amount = AMOUNT.matcher(words);
    if (amount.matches()) {
      return amount(text, comparison(amount.group(1)), amount.group(2), amount.group(3));
    }
    Matcher bare = BARE.matcher(words);
    return bare.matches()
        ? amount(text, Comparison.EQUAL, bare.group(1), bare.group(2))
        : Optional.empty();
  }

  private static Optional<Expectation> amount(
      String text,
      Comparison comparison,
      String number,
      @org.jspecify.annotations.Nullable String unit) {
    String written = unit == null ? "" : unit;
    return Measures.isKnown(written)
        ? Optional.of(new Expectation.Amount(text, comparison, Double.parseDouble(number), written))
        : Optional.empty();
  }

  private static Comparison comparison(String words) {
    return switch (words.toLowerCase(Locale.ROOT)) {
      case "<", "under", "below", "less than" -> Comparison.LESS;
      case "<=", "≤", "at most" -> Comparison.AT_MOST;
      case ">", "over", "above", "more than" -> Comparison.GREATER;
      case ">=", "≥", "at least" -> Comparison.AT_LEAST;
      default -> Comparison.EQUAL;
    };
  }

  /// `status = "ok", version = "2.1.0"`.
  private static Optional<Expectation> pairs(String text, String words) {
    List<Expectation.Json.Field> fields = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    Matcher pair = PAIR.matcher(words);
    int at = 0;
    while (at < words.length()) {
      if (!pair.region(at, words.length()).lookingAt() || !paths.add(pair.group(1))) {
        return Optional.empty();
      }
      String value =
          pair.group(3) != null
              ? pair.group(3)
              : pair.group(4) != null ? pair.group(4) : pair.group(5);
      Comparison comparison = comparison(pair.group(2));
      if (comparison != Comparison.EQUAL && !Json.isNumber(value)) {
        return Optional.empty();
      }
      fields.add(new Expectation.Json.Field(pair.group(1), comparison, value));
      at = pair.end();
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(new Expectation.Json(text, fields));
  }

  private static Optional<Expectation> literal(String text, String words) {
    Matcher quoted = QUOTED.matcher(words);
    if (quoted.matches()) {
      String inner =
          Stream.of(1, 2, 3, 4)
              .flatMap(i -> Optional.ofNullable(quoted.group(i)).stream())
              .findFirst()
              .orElse(words);
      return Optional.of(new Expectation.Literal(text, inner));
    }
    boolean output =
        ROWS.matcher(words).matches()
            || COUNTED.matcher(words).matches()
            || TOKEN.matcher(words).matches()
            || (WORD.matcher(words).matches() && !JUDGING.contains(words));
    return output ? Optional.of(new Expectation.Literal(text, words)) : Optional.empty();
  }

  /// The expectation with its placeholders filled: `[VERSION]`, `<pod-name>`. One that is left
  /// unfilled makes it prose, so that a person judges; lower-case brackets in [Expectation.Lines]
  /// stay wildcards.
  ///
  /// @param values by the placeholder's name, without brackets
  public static Expectation substitute(Expectation expectation, Map<String, String> values) {
    Placeholders fill = new Placeholders(values);
    String text = fill.in(expectation.text());
    Expectation filled =
        switch (expectation) {
          case Expectation.Empty _ -> new Expectation.Empty(text);
          case Expectation.Literal literal ->
              new Expectation.Literal(text, fill.in(literal.words()));
          case Expectation.Amount amount ->
              new Expectation.Amount(text, amount.comparison(), amount.value(), amount.unit());
          case Expectation.HttpStatus status -> new Expectation.HttpStatus(text, status.status());
          case Expectation.Json json ->
              new Expectation.Json(
                  text,
                  json.fields().stream()
                      .map(f ->
                          new Expectation.Json.Field(f.path(), f.comparison(), fill.in(f.value())))
                      .toList());
          case Expectation.Count count ->
              new Expectation.Count(text, count.least(), fill.in(count.words()));
          case Expectation.Lines lines ->
              new Expectation.Lines(text, lines.lines().stream().map(fill::in).toList());
          case Expectation.All all ->
              new Expectation.All(
                  text, all.parts().stream().map(part -> substitute(part, values)).toList());
          case Expectation.Prose _ -> new Expectation.Prose(text);
        };
    return fill.isComplete() ? filled : new Expectation.Prose(text);
  }
}
