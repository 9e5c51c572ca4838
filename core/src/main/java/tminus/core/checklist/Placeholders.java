package tminus.core.checklist;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills `[VERSION]` and `<pod-name>` in words, and remembers whether one was left. Values are not
/// looked at again, so one that looks like a placeholder is none.
final class Placeholders {

  private static final Pattern PATTERN =
      Pattern.compile(
          "\\[([A-Z][A-Z0-9_](?:[\\w /+.#-]{0,38}))\\]|<([A-Za-z][\\w-]{1,39})>|\\[([A-Z][A-Z0-9_]?)\\]");

  private final Map<String, String> values;
  private boolean complete = true;

  Placeholders(Map<String, String> values) {
    this.values = values;
  }

  String in(String words) {
    if (words.indexOf('[') < 0 && words.indexOf('<') < 0) {
      return words;
    }
    Matcher matcher = PATTERN.matcher(words);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String bracketed = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
      String name = bracketed != null ? bracketed : matcher.group(2);
      String value = values.get(name);
      complete &= value != null;
      matcher.appendReplacement(
          filled, Matcher.quoteReplacement(value == null ? matcher.group() : value));
    }
    return matcher.appendTail(filled).toString();
  }

  /// Whether every placeholder so far had a value.
  boolean isComplete() {
    return complete;
  }
}
