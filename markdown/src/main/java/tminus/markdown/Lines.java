package tminus.markdown;

import java.util.ArrayList;
import java.util.List;

/// Splits a paragraph where its author began a new line, and joins what was merely wrapped.
final class Lines {

  private Lines() {}

  static List<Words> of(Words words) {
    List<Words> lines = new ArrayList<>();
    String text = words.text();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      char c = end ? Words.HARD_BREAK : text.charAt(i);
      if (c == Words.HARD_BREAK || (c == Words.SOFT_BREAK && begins(words, start, i))) {
        Words line = words.slice(start, i);
        if (!line.isEmpty()) {
          lines.add(line);
        }
        start = i + 1;
      }
    }
    return lines;
  }

  /// Whether a new line begins after the wrap at `at`: with bold words, a label, a box or a sign;
  /// or after a line that is all bold.
  private static boolean begins(Words words, int start, int at) {
    String text = words.text();
    int next = at + 1;
    if (next >= text.length()) {
      return false;
    }
    boolean bold =
        words.boldAt(next).filter(b -> b.start() == next).isPresent()
            || words.boldAt(start).filter(b -> b.start() == start && b.end() >= at - 1).isPresent();
    char c = text.charAt(next);
    boolean sign = c == '•' || c == '✓' || c == '✗' || c == '✅' || c == '❌' || c == '☐';
    return bold
        || sign
        || Boxes.isBox(text, next)
        || Boxes.afterBullet(words, next) >= 0
        || isLabel(text, next);
  }

  /// `Decided by: …`: up to five words, the first of them capitalised, and a colon.
  private static boolean isLabel(String text, int from) {
    if (!Character.isUpperCase(text.charAt(from))) {
      return false;
    }
    int words = 1;
    for (int i = from; i < text.length() && i < from + 50; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return i + 1 == text.length() || text.charAt(i + 1) <= ' ';
      }
      if (c == ' ' && ++words > 5) {
        return false;
      }
      if (c == '.' || c == ',' || c == Words.SOFT_BREAK) {
        return false;
      }
    }
    return false;
  }
}
