package tminus.core.checklist;

/// A place in the document.
///
/// @param line the line the words stand in, from 1
/// @param start the first character, from 0, in UTF-16 units of the whole text
/// @param end the character after the last one
public record Span(int line, int start, int end) {

  public Span {
    if (line < 1 || start < 0 || end < start) {
      throw new IllegalArgumentException(
          "span: line %d, %d to %d is no place".formatted(line, start, end));
    }
  }

  /// How many characters it has, in UTF-16 units.
  public int length() {
    return end - start;
  }

  /// The characters at this place.
  public String in(String text) {
    return text.substring(start, end);
  }
}
