package tminus.markdown;

import java.util.Arrays;
import tminus.core.checklist.Span;

/// The whole text, and where its lines begin. Immutable.
final class Source {

  private final String text;
  private final int[] starts;

  Source(String text) {
    this.text = text;
    int[] found = new int[64];
    int lines = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if ((c == '\n' || c == '\r') && !crlf) {
        if (lines == found.length) {
          found = Arrays.copyOf(found, lines * 2);
        }
        found[lines++] = i + 1;
      }
    }
    this.starts = Arrays.copyOf(found, lines);
  }

  String text() {
    return text;
  }

  /// The line the character stands in, from 1.
  int line(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// The first character of a line; the end of the text for lines past the last.
  int start(int line) {
    return line <= starts.length ? starts[line - 1] : text.length();
  }

  /// The character after the last one of a line, its line break excluded.
  int end(int line) {
    int end = line < starts.length ? starts[line] : text.length();
    while (end > start(line) && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  Span span(int start, int end) {
    return new Span(line(start), start, Math.max(start, end));
  }
}
