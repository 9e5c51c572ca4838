package tminus.markdown;

/// Numbers that authors write before a step's words.
final class Numbering {

  private Numbering() {}

  /// How many characters `3. `, `3) ` or `Step 3: ` take at the beginning of a comment; 0 when
  /// there is none.
  static int length(String words) {
    int at = words.regionMatches(true, 0, "step ", 0, 5) ? 5 : 0;
    int digits = at;
    while (digits < words.length() && digits < at + 3 && Character.isDigit(words.charAt(digits))) {
      digits++;
    }
    if (digits == at || digits + 1 >= words.length()) {
      return 0;
    }
    boolean ends =
        at > 0 ? ":.".indexOf(words.charAt(digits)) >= 0 : ".)".indexOf(words.charAt(digits)) >= 0;
    return ends && words.charAt(digits + 1) == ' ' ? digits + 2 : 0;
  }
}
