package tminus.markdown;

/// What a blank is called: the words before it.
final class Labels {

  private static final String EDGES = " :=<>≤≥~#(,;|/*\"'·–—→：（，；［／";

  private Labels() {}

  /// The label between the last blank, which ends at `from`, and the one at `to`; empty when the
  /// words there are none.
  static String before(Words words, int from, int to) {
    String text = words.text();
    int start = from;
    for (Words.Bold bold : words.bold()) {
      // The bold label nearest before the blank: `**Time:** ____`; or what stands between the two.
      boolean label = Texts.plain(text.substring(bold.start(), bold.end())).strip().endsWith(":");
      if (bold.start() >= from && bold.start() < to && label) {
        boolean more = !trimmed(text, Math.min(bold.end(), to), to).isEmpty();
        start = more ? bold.end() : bold.start();
      }
    }
    // `Disks (if any): ____`: a parenthesis that is closed before the blank ends nothing.
    int lastClose = text.lastIndexOf(')', to - 1);
    int bracket = -1;
    for (int i = start; i < to; i++) {
      char c = text.charAt(i);
      boolean stop = c == '.' && i + 1 < to && text.charAt(i + 1) == ' ';
      if ((stop || "|(,;[]".indexOf(c) >= 0) && !(c == '(' && i < lastClose)) {
        bracket = c == '(' && i > start ? start : -1;
        start = i + 1;
      }
    }
    String label = trimmed(text, start, to);
    // `All targets healthy (____/____)`: nothing in the parentheses names it.
    return label.isEmpty() && bracket >= 0 ? trimmed(text, bracket, start - 1) : label;
  }

  private static String trimmed(String text, int from, int to) {
    int start = from;
    int end = trimmedEnd(text, from, to);
    while (start < end
        && (EDGES.indexOf(text.charAt(start)) >= 0 || "%)".indexOf(text.charAt(start)) >= 0)) {
      start++;
    }
    String label = text.substring(start, end);
    return label.chars().anyMatch(Character::isLetter) ? label : "";
  }

  /// Where the label ends: before signs, a lone percent sign, remarks in parentheses.
  private static int trimmedEnd(String text, int start, int to) {
    int end = to;
    while (end > start) {
      char last = text.charAt(end - 1);
      int open = last == ')' ? text.lastIndexOf('(', end - 1) : -1;
      if (open > start) {
        end = open;
      } else if (EDGES.indexOf(last) >= 0
          || (last == '%' && end - 1 > start && text.charAt(end - 2) == ' ')) {
        end--;
      } else {
        return end;
      }
    }
    return end;
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
