package tminus.core.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what an author left out of a command: `--rule-arn ...`, `"key":"..."`, `SELECT ...`. A
/// command with dots in place of a value means nothing as it is written.
///
/// Only dots that are a word of their own, or stand first in a quoted one, were put there for a
/// value: `go test ./...`, `git log a...b` and `echo "Building..."` mean what they say. Stateless,
/// total.
public final class Elisions {

  private static final String DOTS = "(?:\\.\\.\\.|…)";

  /// A whole word, or all of a quoted one, words between dots included: `"...blue..."`.
  private static final Pattern ELISION =
      Pattern.compile(
          "(?<=[\"'])"
              + DOTS
              + "(?:([\\w-]{1,40})"
              + DOTS
              + "?)?(?=[\"'])"
              + "|(?<=[\\s=])"
              + DOTS
              + "(?=[\\s\"');]|$)");

  /// The word before it that says what is missing: `--rule-arn ...`, `"key": "..."`, `SELECT ...`.
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z_][\\w-]{0,60})[\"']?\\s{0,4}[:=]?\\s{0,4}[\"']?$");

  /// Programs whose dots are for people.
  private static final Pattern TELLS =
      Pattern.compile("(?:^|[;&|]\\s?)\\s*(?:echo|printf|log|print)\\b");

  /// As far as a name is looked for before the dots.
  private static final int NAME_AWAY_MAX = 80;

  private Elisions() {}

  /// Dots that stand for a value.
  ///
  /// @param start the first character of them, from 0
  /// @param end the character after them
  /// @param name what the value is called: `rule-arn`, `TargetGroupArn blue`, else `...`
  public record Elision(int start, int end, String name) {}

  /// Those of a command's line, in order.
  public static List<Elision> in(String line) {
    List<Elision> found = new ArrayList<>();
    if ((line.indexOf("...") < 0 && line.indexOf('…') < 0) || TELLS.matcher(line).find()) {
      return found;
    }
    Matcher matcher = ELISION.matcher(line);
    while (matcher.find()) {
      Matcher name =
          NAME.matcher(
              line.substring(Math.max(0, matcher.start() - NAME_AWAY_MAX), matcher.start()));
      String before = name.find() ? name.group(1) : "";
      String within = matcher.group(1) == null ? "" : matcher.group(1);
      String words = (before + " " + within).strip();
      found.add(new Elision(matcher.start(), matcher.end(), words.isEmpty() ? "..." : words));
    }
    return found;
  }

  /// The command with its dots replaced by the values that are known.
  ///
  /// @param text the command, of any number of lines
  public static String fill(String text, Map<String, String> values) {
    if (text.indexOf("...") < 0 && text.indexOf('…') < 0) {
      return text;
    }
    StringBuilder filled = new StringBuilder();
    for (String line : text.split("(?<=\\n)", -1)) {
      int from = 0;
      String words = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
      for (Elision elision : in(words)) {
        String value =
            values.getOrDefault(elision.name(), words.substring(elision.start(), elision.end()));
        filled.append(words, from, elision.start()).append(value);
        from = elision.end();
      }
      filled.append(line.substring(from));
    }
    return filled.toString();
  }
}
