package tminus.markdown;

/// What a blank is called: the words before it.
final class Labels {

  private static final String EDGES = " :=<>≤≥~#(,;|/%*\"'·–—→";

  private Labels() {}

  /// The label between the last blank, which ends at `from`, and the one at `to`; empty when the
  /// words there are none.
  static String before(Words words, int from, int to) {
    String text = words.text();
    int start = from;
    for (Words.Bold bold : words.bold()) {
      // The bold label nearest before the blank: `**Time:** ____`.
      boolean label = text.substring(bold.start(), bold.end()).contains(":");
      if (bold.start() >= from && bold.start() < to && label) {
        start = bold.start();
      }
    }
    int end = trimmedEnd(text, start, to);
    for (int i = start; i < end; i++) {
      if ("|(),;[]".indexOf(text.charAt(i)) >= 0
          || (text.charAt(i) == '.' && i + 1 < end && text.charAt(i + 1) == ' ')) {
        start = i + 1;
      }
    }
    while (start < end && EDGES.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    String label = start < end ? text.substring(start, end) : "";
    if (from > 0 && !label.isEmpty() && text.charAt(to - 1) == ' ' && from < to) {
      return withoutUnit(label);
    }
    return label.chars().anyMatch(Character::isLetter) ? label : "";
  }

  private static int trimmedEnd(String text, int start, int to) {
    int end = to;
    while (end > start && EDGES.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /// `____ ms Duration: ____`: the first word belongs to the blank before.
  private static String withoutUnit(String label) {
    return label.chars().anyMatch(Character::isLetter) ? label : "";
  }

  /// What a blank without a label is called: by the first blank's label and the words after this
  /// one (`Scan: ____ critical, ____ high`), else by the whole line.
  static String unlabelled(String text, int end, String first, String otherwise) {
    int from = end;
    while (from < text.length()
        && !Character.isLetter(text.charAt(from))
        && ",;|)_".indexOf(text.charAt(from)) < 0) {
      from++;
    }
    int to = from;
    while (to < text.length() && (Character.isLetter(text.charAt(to)) || text.charAt(to) == '-')) {
      to++;
    }
    String after = text.substring(from, to);
    String name = (first + " " + after).strip();
    return name.isEmpty() ? otherwise : name;
  }
}
