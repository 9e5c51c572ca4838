package tminus.markdown;

/// What a blank is called: the words before it.
final class Labels {

  private static final String EDGES = " :=<>≤≥~#(,;|/*\"'·–—→";

  private Labels() {}

  /// The label between the last blank, which ends at `from`, and the one at `to`; empty when the
  /// words there are none.
  static String before(Words words, int from, int to) {
    String text = words.text();
    int start = from;
    for (Words.Bold bold : words.bold()) {
      // The bold label nearest before the blank: `**Time:** ____`; or what stands between the two.
      boolean label = text.substring(bold.start(), bold.end()).strip().endsWith(":");
      if (bold.start() >= from && bold.start() < to && label) {
        boolean more = !trimmed(text, Math.min(bold.end(), to), to).isEmpty();
        start = more ? bold.end() : bold.start();
      }
    }
    int bracket = -1;
    for (int i = start; i < to; i++) {
      char c = text.charAt(i);
      boolean stop = c == '.' && i + 1 < to && text.charAt(i + 1) == ' ';
      if ((stop || "|(,;[]".indexOf(c) >= 0) && !closes(text, i, to)) {
        bracket = c == '(' && i > start ? start : -1;
        start = i + 1;
      }
    }
    String label = trimmed(text, start, to);
    // `All targets healthy (____/____)`: nothing in the parentheses names it.
    return label.isEmpty() && bracket >= 0 ? trimmed(text, bracket, start - 1) : label;
  }

  /// Whether a parenthesis opens here that is closed before the blank: `Disks (if any): ____`.
  private static boolean closes(String text, int i, int to) {
    int end = text.indexOf(')', i);
    return text.charAt(i) == '(' && end >= 0 && end < to;
  }

  private static String trimmed(String text, int from, int to) {
    int start = from;
    int end = to;
    while (end > start && EDGES.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    if (end > start && text.charAt(end - 1) == '%' && text.charAt(end - 2) == ' ') {
      end--;
    }
    if (end > start && text.charAt(end - 1) == ')' && text.lastIndexOf('(', end) > start) {
      return trimmed(text, start, text.lastIndexOf('(', end));
    }
    while (start < end
        && (EDGES.indexOf(text.charAt(start)) >= 0 || "%)".indexOf(text.charAt(start)) >= 0)) {
      start++;
    }
    String label = text.substring(start, end);
    return label.chars().anyMatch(Character::isLetter) ? label : "";
  }

  /// Words that only join a blank to the one before: `____ to ____`.
  static boolean joins(String label) {
    return label.equals("to") || label.equals("for") || label.equals("and") || label.equals("of");
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
