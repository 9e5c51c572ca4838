package tminus.markdown;

import java.util.Locale;

/// Small questions about words.
final class Texts {

  private Texts() {}

  /// The words in lower case, signs of other scripts as the rules know them, each still in its
  /// place.
  static String lower(String words) {
    return plain(words).toLowerCase(Locale.ROOT);
  }

  /// The words with full-width signs (`：`, `（`, `％`) as the narrow ones, and blanks that do not
  /// break as those that do. As long as before.
  static String plain(String words) {
    if (words.chars().noneMatch(c -> c == '\u00a0' || c == '\u202f' || c >= '\u3000')) {
      return words;
    }
    StringBuilder plain = new StringBuilder(words.length());
    for (int i = 0; i < words.length(); i++) {
      plain.append(plain(words.charAt(i)));
    }
    return plain.toString();
  }

  private static char plain(char c) {
    if (c >= '\uff01' && c <= '\uff5e') {
      return (char) (c - 0xfee0);
    }
    return switch (c) {
      case '\u00a0', '\u202f', '\u3000' -> ' ';
      case '、' -> ',';
      case '。' -> '.';
      default -> c;
    };
  }

  /// Whether one of the phrases stands in the words, beginning and ending at a word's edge.
  ///
  /// @param words in lower case
  static boolean says(String words, String... phrases) {
    for (String phrase : phrases) {
      for (int at = words.indexOf(phrase); at >= 0; at = words.indexOf(phrase, at + 1)) {
        int end = at + phrase.length();
        boolean starts = at == 0 || !Character.isLetterOrDigit(words.charAt(at - 1));
        boolean ends = end == words.length() || !Character.isLetterOrDigit(words.charAt(end));
        if (starts && ends) {
          return true;
        }
      }
    }
    return false;
  }
}
