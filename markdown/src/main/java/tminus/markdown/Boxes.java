package tminus.markdown;

import tminus.core.checklist.Span;

/// Task boxes in text.
final class Boxes {

  /// How many characters a box has.
  static final int LENGTH = 3;

  private Boxes() {}

  /// Whether `[ ]`, `[x]` or `[X]` stands at the place.
  static boolean isBox(String text, int i) {
    return i >= 0
        && i + 2 < text.length()
        && text.charAt(i) == '['
        && text.charAt(i + 2) == ']'
        && " xX".indexOf(text.charAt(i + 1)) >= 0;
  }

  /// Whether a box at the place is a task's, and not the words of a link: `[x](target)`.
  static boolean isTask(String text, int i) {
    return isBox(text, i) && (i + 3 == text.length() || "([".indexOf(text.charAt(i + 3)) < 0);
  }

  /// Whether a box stands at the place, written as such: `\[ ]` is not meant as one.
  static boolean isBox(Words words, int i) {
    if (!isBox(words.text(), i)) {
      return false;
    }
    Span span = words.span(i, i + LENGTH);
    return span.length() == LENGTH && isBox(words.source().text(), span.start());
  }

  /// Where the box is that a list's sign at the place is followed by (`- [ ]`, `2. [ ]`); -1 when
  /// there is none. Markdown has such lines as text when they follow other text, or stand in HTML.
  static int afterBullet(Words words, int from) {
    String text = words.text();
    int i = from;
    while (i < text.length() && i < from + 9 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    String signs = i > from ? ".)" : "-*+";
    if (i + 1 >= text.length() || signs.indexOf(text.charAt(i)) < 0 || text.charAt(i + 1) != ' ') {
      return -1;
    }
    return isTask(text, i + 2) && isBox(words, i + 2) ? i + 2 : -1;
  }
}
