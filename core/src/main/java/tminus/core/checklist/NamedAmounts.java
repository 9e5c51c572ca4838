package tminus.core.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Judges a number that the output names: `Time: 0.004s` beside other numbers.
final class NamedAmounts {

  private static final Pattern NAME = Pattern.compile("^([A-Za-z][A-Za-z ]{0,40}?)\\s*[<>=≤≥]");

  /// More places than an output that a person reads names one number in.
  private static final int PLACES_MAX = 100;

  private NamedAmounts() {}

  /// Whether the number that stands after the expectation's own first words is as expected. A
  /// person judges when these words do not stand there, or with several numbers that disagree.
  static Judgement judge(Expectation.Amount amount, String output) {
    Matcher named = NAME.matcher(amount.text());
    if (!named.find()) {
      return ExpectationJudge.amount(amount, output);
    }
    String name = named.group(1).toLowerCase(Locale.ROOT);
    List<Judgement> judged = new ArrayList<>();
    for (String line : output.lines().limit(10_000).toList()) {
      int at = place(line.toLowerCase(Locale.ROOT), name);
      if (at >= 0 && judged.size() < PLACES_MAX) {
        judged.add(ExpectationJudge.amount(amount, line.substring(at + name.length())));
      }
    }
    boolean agree = judged.stream().map(Object::getClass).distinct().count() == 1;
    return agree
        ? judged.getFirst()
        : new Judgement.NeedsPerson(
            "the output holds %s named %s, expected %s"
                .formatted(judged.isEmpty() ? "no number" : "numbers", name, amount.text()));
  }

  /// Where the name begins in the line, followed by nothing but signs before its number; -1 when it
  /// does not stand there.
  private static int place(String line, String name) {
    int at = line.indexOf(name);
    if (at < 0 || (at > 0 && Character.isLetterOrDigit(line.charAt(at - 1)))) {
      return -1;
    }
    int next = at + name.length();
    while (next < line.length() && " \t:=\"'".indexOf(line.charAt(next)) >= 0) {
      next++;
    }
    return next < line.length() && Character.isDigit(line.charAt(next)) ? at : -1;
  }
}
