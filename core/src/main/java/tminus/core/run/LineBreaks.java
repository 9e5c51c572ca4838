package tminus.core.run;

/// Where the lines of a text begin and end: with a line feed, a carriage return, or both.
final class LineBreaks {

  private LineBreaks() {}

  /// The first line end a text has; a line feed where it has none.
  static String of(String text) {
    int end = end(text, 0);
    return text.substring(end, next(text, 0)).isEmpty() ? "\n" : text.substring(end, next(text, 0));
  }

  /// Where the line that this place stands in begins.
  static int begin(String text, int at) {
    int begin = at;
    while (begin > 0 && !isBreak(text.charAt(begin - 1))) {
      begin--;
    }
    return begin;
  }

  /// Where the line that this place stands in ends, its line end excluded.
  static int end(String text, int at) {
    int end = at;
    while (end < text.length() && !isBreak(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /// Where the line after the one that this place stands in begins, or the text's end.
  static int next(String text, int at) {
    int end = end(text, at);
    return end == text.length() ? end : end + (text.startsWith("\r\n", end) ? 2 : 1);
  }

  /// The line that this place stands in.
  static String line(String text, int at) {
    return text.substring(begin(text, at), end(text, at));
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }
}
