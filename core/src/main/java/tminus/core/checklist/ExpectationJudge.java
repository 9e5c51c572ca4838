package tminus.core.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.Limits;
import tminus.core.judge.Comparison;

/// Judges outputs by expectations. Pure and total; placeholders must be filled before
/// ([Expectations#substitute]).
public final class ExpectationJudge {

  private static final int SHOWN_MAX = 60;

  private static final Pattern STATUS_LINE =
      Pattern.compile("^\\s*(?:< )?HTTP/\\d(?:\\.\\d)?\\s+(\\d{3})\\b");
  private static final Pattern STATUS_ALONE = Pattern.compile("^\\s*([1-5]\\d\\d)\\s*$");
  private static final Pattern STATUS_REASON =
      Pattern.compile(
          "(?<![\\w.])([45]\\d\\d) (?:Bad|Unauthorized|Forbidden|Not|Method|Conflict|Gone|Too|Internal|Service|Gateway)\\b");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.])-?(\\d{1,15}(?:\\.\\d{1,15})?)(?:\\s?(%|[a-zA-Zµ]{1,7}))?(?![\\w.]*\\d)");

  /// Words so short that they stand in many lines by chance: `1`, `OK`.
  private static final int SHORT = 2;

  private static final Pattern DENIES =
      Pattern.compile(
          "\\b(?:not|no|never|without|isn't|error|errors|failed|fail|failure|fatal)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern COUNTED = Pattern.compile("^(\\d{1,9}) ([a-z]{2,30})$");

  private static final Judgement MET = new Judgement.Met();

  private ExpectationJudge() {}

  /// Whether the output is as expected.
  ///
  /// @param output what the command printed, of any length
  public static Judgement judge(Expectation expectation, String output) {
    return switch (expectation) {
      case Expectation.Empty _ ->
          output.isBlank() ? MET : not("the output is " + shown(output), "none");
      case Expectation.Literal literal -> literal(literal.words(), output);
      case Expectation.Amount amount -> amount(amount, output);
      case Expectation.HttpStatus status -> status(status.status(), output);
      case Expectation.Json json -> json(json, output);
      case Expectation.Count count -> count(count, output);
      case Expectation.Lines lines -> lines(lines.lines(), output);
      case Expectation.All all -> all(all, output);
      case Expectation.Prose prose ->
          new Judgement.NeedsPerson("only a person can tell: " + abridged(prose.text()));
    };
  }

  /// One that is not met decides; else one that a person must judge does.
  private static Judgement all(Expectation.All all, String output) {
    Judgement worst = MET;
    for (Expectation part : all.parts()) {
      Judgement judged =
          part instanceof Expectation.Amount amount
              ? NamedAmounts.judge(amount, output)
              : judge(part, output);
      if (judged instanceof Judgement.NotMet) {
        return judged;
      }
      worst = judged instanceof Judgement.NeedsPerson ? judged : worst;
    }
    return worst;
  }

  private static Judgement literal(String words, String output) {
    String folded = fold(output);
    Matcher counted = COUNTED.matcher(words);
    if (counted.matches()) {
      return counted(counted.group(1), counted.group(2), folded);
    }
    String asked = fold(words);
    Optional<String> doubtful = Optional.empty();
    for (String line : output.split("\\R", Limits.OUTPUT_FOUND_MAX)) {
      String said = fold(line);
      if (stands(asked, said)) {
        boolean alone = said.equals(asked) || said.equals("\"" + asked + "\"");
        if (alone || !(asked.length() <= SHORT || DENIES.matcher(said.replace(asked, "")).find())) {
          return MET;
        }
        doubtful = Optional.of(said);
      }
    }
    if (doubtful.isPresent()) {
      return new Judgement.NeedsPerson(
          "the output says %s, which may mean something else than %s"
              .formatted(shown(doubtful.get()), shown(words)));
    }
    return stands(asked, folded) ? MET : not("the output is " + shown(output), shown(words));
  }

  /// `0 errors` is not met by an output that also says `5 errors`.
  private static Judgement counted(String number, String noun, String folded) {
    Matcher found =
        Pattern.compile("(?<![\\w.])(\\d{1,15}) " + Pattern.quote(noun) + "\\b").matcher(folded);
    boolean any = false;
    while (found.find()) {
      any = true;
      if (!found.group(1).equals(number)) {
        return not("the output says " + shown(found.group()), shown(number + " " + noun));
      }
    }
    return any ? MET : not("the output is " + shown(folded), shown(number + " " + noun));
  }

  /// Whether the words stand in the text and are not part of longer words there.
  private static boolean stands(String words, String text) {
    if (words.isEmpty()) {
      return false;
    }
    for (int at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      int end = at + words.length();
      boolean starts = at == 0 || !joins(text.charAt(at - 1), words.charAt(0));
      boolean ends =
          end == text.length()
              || !(joins(words.charAt(words.length() - 1), text.charAt(end))
                  || continues(text, end));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean joins(char a, char b) {
    return Character.isLetterOrDigit(a) && Character.isLetterOrDigit(b);
  }

  /// `2.1.0` does not stand in `2.1.0.4`, nor `2.1` in `2.1.0`.
  private static boolean continues(String text, int end) {
    return Character.isDigit(text.charAt(end - 1))
        && end + 1 < text.length()
        && text.charAt(end) == '.'
        && Character.isDigit(text.charAt(end + 1));
  }

  private static Judgement status(int expected, String output) {
    List<Integer> found = new ArrayList<>();
    boolean lines = false;
    for (String line : output.split("\\R", Limits.OUTPUT_FOUND_MAX)) {
      Matcher matcher = STATUS_LINE.matcher(line);
      if (matcher.find()) {
        lines = true;
        found.add(Integer.parseInt(matcher.group(1)));
      }
    }
    if (!lines) {
      found.addAll(loneStatuses(output));
    }
    if (found.isEmpty()) {
      return new Judgement.NeedsPerson("the output names no HTTP status, expected " + expected);
    }
    boolean all = found.stream().allMatch(status -> status == expected);
    // A redirect or an interim answer comes before the one that counts.
    boolean last =
        lines
            && found.getLast() == expected
            && found.subList(0, found.size() - 1).stream()
                .allMatch(s -> s < 200 || (s >= 300 && s < 400));
    if (all || last) {
      return MET;
    }
    List<Integer> others = found.stream().filter(status -> status != expected).distinct().toList();
    return found.contains(expected)
        ? new Judgement.NeedsPerson(
            "the output names status %d, but %s too"
                .formatted(expected, abridged(others.toString())))
        : not("status is " + others.getFirst(), String.valueOf(expected));
  }

  /// Statuses on lines of their own, else in error pages: `429 Too Many Requests`.
  private static List<Integer> loneStatuses(String output) {
    List<Integer> found = new ArrayList<>();
    for (String line : output.split("\\R", Limits.OUTPUT_FOUND_MAX)) {
      Matcher matcher = STATUS_ALONE.matcher(line);
      if (matcher.find()) {
        found.add(Integer.parseInt(matcher.group(1)));
      }
    }
    if (found.isEmpty()) {
      Matcher matcher = STATUS_REASON.matcher(output);
      while (matcher.find() && found.size() < Limits.OUTPUT_FOUND_MAX) {
        found.add(Integer.parseInt(matcher.group(1)));
      }
    }
    return found;
  }

  private static Judgement json(Expectation.Json expected, String output) {
    Optional<Map<String, Json.Scalar>> answer = parsed(output);
    if (answer.isEmpty()) {
      return not("the output is " + shown(output), "JSON");
    }
    for (Expectation.Json.Field field : expected.fields()) {
      Json.Scalar found = answer.get().get(field.path());
      String asked =
          field.comparison() == Comparison.EQUAL
              ? field.value()
              : field.comparison().symbol() + " " + field.value();
      if (found == null) {
        return not(field.path() + " is missing", abridged(asked));
      }
      if (!holds(field, found)) {
        return not(field.path() + " is " + abridged(found.text()), abridged(asked));
      }
    }
    return MET;
  }

  /// The JSON that the output is, or that it ends with after headers.
  private static Optional<Map<String, Json.Scalar>> parsed(String output) {
    Optional<Map<String, Json.Scalar>> whole = Json.read(output);
    if (whole.isPresent()) {
      return whole;
    }
    int brace = output.indexOf('{');
    return brace <= 0 ? Optional.empty() : Json.read(output.substring(brace));
  }

  private static boolean holds(Expectation.Json.Field field, Json.Scalar found) {
    if (field.comparison() == Comparison.EQUAL && field.value().equals(found.text())) {
      return true;
    }
    return Json.isNumber(field.value())
        && Json.isNumber(found.text())
        && field
            .comparison()
            .holds(Double.parseDouble(found.text()), Double.parseDouble(field.value()));
  }

  static Judgement amount(Expectation.Amount expected, String output) {
    Optional<List<Double>> samples = samples(output);
    String asked =
        "%s %s%s"
            .formatted(expected.comparison().symbol(), plain(expected.value()), expected.unit());
    if (samples.isPresent()) {
      if (samples.get().isEmpty()) {
        return new Judgement.NeedsPerson("the query answered with no data, expected " + asked);
      }
      return samples.get().stream()
          .filter(value -> !expected.comparison().holds(value, expected.value()))
          .findFirst()
          .map(value -> not("the value is " + plain(value), asked))
          .orElse(MET);
    }
    List<Double> numbers = numbers(output, expected.unit());
    if (numbers.size() != 1) {
      return new Judgement.NeedsPerson(
          "the output holds %s, expected one that is %s"
              .formatted(numbers.isEmpty() ? "no number" : numbers.size() + " numbers", asked));
    }
    double found = numbers.getFirst();
    return expected.comparison().holds(found, expected.value())
        ? MET
        : not("the value is " + plain(found) + expected.unit(), asked);
  }

  /// The values of a Prometheus query's answer; empty when the output is none. Its time stamps are
  /// numbers too, and stand first.
  private static Optional<List<Double>> samples(String output) {
    if (!output.contains("\"resultType\"")) {
      return Optional.empty();
    }
    return Json.read(output)
        .map(answer ->
            answer.entrySet().stream()
                .filter(
                    e -> e.getKey().startsWith("data.result") && e.getKey().endsWith("value[1]"))
                .map(e -> e.getValue().text())
                .map(text -> Json.isNumber(text) ? Double.parseDouble(text) : Double.NaN)
                .filter(value -> !value.isNaN())
                .toList());
  }

  /// The numbers of the output in the unit asked for: those that carry one of its kind, else those
  /// that carry none.
  private static List<Double> numbers(String output, String unit) {
    List<Double> inUnit = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(output);
    while (matcher.find() && inUnit.size() + bare.size() < Limits.OUTPUT_FOUND_MAX) {
      double value =
          Double.parseDouble(
              matcher.group().startsWith("-") ? "-" + matcher.group(1) : matcher.group(1));
      String written = matcher.group(2) == null ? "" : matcher.group(2);
      if (!written.isEmpty() && Measures.isKnown(written)) {
        Measures.convert(value, written, unit).ifPresent(inUnit::add);
      } else {
        bare.add(value);
      }
    }
    return inUnit.isEmpty() ? bare : inUnit;
  }

  private static Judgement count(Expectation.Count expected, String output) {
    long found =
        output
            .lines()
            .limit(Limits.OUTPUT_FOUND_MAX * 100L)
            .filter(line -> stands(fold(expected.words()), fold(line)))
            .count();
    return found >= expected.least()
        ? MET
        : not(
            found + (found == 1 ? " line with " : " lines with ") + shown(expected.words()),
            "at least " + expected.least());
  }

  private static Judgement lines(List<String> expected, String output) {
    List<List<String>> printed =
        output.lines().limit(Limits.OUTPUT_FOUND_MAX).map(ExpectationJudge::words).toList();
    List<String> missing = new ArrayList<>();
    int from = 0;
    for (String line : expected) {
      List<String> asked = words(line);
      int at = from;
      while (at < printed.size() && !contains(printed.get(at), asked)) {
        at++;
      }
      if (at == printed.size()) {
        missing.add(line);
      } else {
        from = at + 1;
      }
    }
    if (missing.isEmpty()) {
      return MET;
    }
    String reason =
        "%d of %d lines found, missing %s"
            .formatted(
                expected.size() - missing.size(), expected.size(), shown(missing.getFirst()));
    return missing.size() < expected.size()
        ? new Judgement.NeedsPerson(reason)
        : new Judgement.NotMet(reason);
  }

  private static List<String> words(String line) {
    String folded = fold(line);
    return folded.isEmpty() ? List.of() : List.of(folded.split(" "));
  }

  private static boolean contains(List<String> printed, List<String> asked) {
    for (int i = 0; i + asked.size() <= printed.size(); i++) {
      int k = 0;
      while (k < asked.size() && matches(printed.get(i + k), asked.get(k))) {
        k++;
      }
      if (k == asked.size()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a word is as asked, `[anything]` in which stands for any characters.
  private static boolean matches(String word, String asked) {
    int open = asked.indexOf('[');
    if (open < 0 || asked.indexOf(']', open) < 0) {
      return word.equals(asked);
    }
    String[] parts = asked.split("\\[[^\\]]*\\]", -1);
    if (!word.startsWith(parts[0]) || !word.endsWith(parts[parts.length - 1])) {
      return false;
    }
    int at = parts[0].length();
    int end = word.length() - parts[parts.length - 1].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = word.indexOf(parts[i], at);
      if (found < 0 || found + parts[i].length() > end) {
        return false;
      }
      at = found + parts[i].length();
    }
    return at <= end;
  }

  private static String fold(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static Judgement not(String found, String expected) {
    return new Judgement.NotMet(found + ", expected " + expected);
  }

  /// A text in quotation marks and one line, cut when it is long; `nothing` for none.
  private static String shown(String text) {
    return text.isBlank() ? "nothing" : "\"" + abridged(text) + "\"";
  }

  private static String abridged(String text) {
    String folded = fold(text.length() > 4 * SHOWN_MAX ? text.substring(0, 4 * SHOWN_MAX) : text);
    return folded.length() <= SHOWN_MAX ? folded : folded.substring(0, SHOWN_MAX - 1) + "…";
  }
}
