package tminus.markdown;

import java.util.Locale;

/// Small questions about words.
final class Texts {

  private Texts() {}

  static String lower(String words) {
    return words.toLowerCase(Locale.ROOT);
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
