package tminus.markdown;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Span;

/// Words without their markup, white space folded, with the place in the text that each character
/// came from. Immutable.
final class Words {

  /// A line break that markup asks for, as against [#SOFT_BREAK], one that merely wraps the text.
  static final char HARD_BREAK = '\u000b';

  static final char SOFT_BREAK = '\n';

  /// Bold words. Those of one text are in order and apart.
  ///
  /// @param start the first bold character
  /// @param end the character after the last bold one
  record Bold(int start, int end) {}

  private final Source source;
  private final String text;
  private final int[] starts;
  private final int[] ends;
  private final List<Bold> bold;

  Words(Source source, String text, int[] starts, int[] ends, List<Bold> bold) {
    this.source = source;
    this.text = text;
    this.starts = starts;
    this.ends = ends;
    this.bold = bold;
  }

  /// A piece of a line as it is, without a look at markup.
  ///
  /// @param start where the piece begins in the text, and `end` where it ends; when a tab was made
  ///   blanks in front, it is longer than that, and the ends of both meet
  static Words raw(Source source, String raw, int start, int end) {
    int[] starts = new int[raw.length()];
    int[] ends = new int[raw.length()];
    for (int i = 0; i < raw.length(); i++) {
      starts[i] = Math.max(start, end - raw.length() + i);
      ends[i] = Math.max(start, end - raw.length() + i + 1);
    }
    return new Words(source, raw, starts, ends, List.of());
  }

  String text() {
    return text;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  int length() {
    return text.length();
  }

  Source source() {
    return source;
  }

  List<Bold> bold() {
    return bold;
  }

  /// Where the words from `from` to before `to` stand in the text; not empty.
  Span span(int from, int to) {
    return source.span(starts[from], ends[to - 1]);
  }

  /// Where all of them stand; not empty.
  Span span() {
    return span(0, text.length());
  }

  /// The character of the text that one of the words' characters came from.
  int offset(int index) {
    return starts[index];
  }

  /// Whether the character follows the one before it in the text too, with no markup between.
  boolean follows(int index) {
    return ends[index - 1] == starts[index];
  }

  /// The words from `from` to before `to`, without white space around them, breaks made blanks.
  Words slice(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    List<Bold> kept = new ArrayList<>();
    for (int i = firstBold(start); i < bold.size() && bold.get(i).start() < end; i++) {
      int first = Math.max(bold.get(i).start(), start);
      int last = Math.min(bold.get(i).end(), end);
      kept.add(new Bold(first - start, last - start));
    }
    return new Words(
        source,
        text.substring(start, end).replace(SOFT_BREAK, ' ').replace(HARD_BREAK, ' '),
        Arrays.copyOfRange(starts, start, end),
        Arrays.copyOfRange(ends, start, end),
        List.copyOf(kept));
  }

  /// The bold words that hold the place, or begin at it.
  Optional<Bold> boldAt(int at) {
    int i = firstBold(at);
    return i < bold.size() && bold.get(i).start() <= at
        ? Optional.of(bold.get(i))
        : Optional.empty();
  }

  /// The first bold range that ends after the place; there may be none.
  private int firstBold(int at) {
    int low = 0;
    int high = bold.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bold.get(middle).end() > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// Several words with a separator between them, which has no place of its own.
  ///
  /// @param start where the first of them would stand if it is empty
  static Words joined(Source source, List<Words> pieces, String separator, int start) {
    int length = pieces.stream().mapToInt(p -> p.length() + separator.length()).sum();
    StringBuilder text = new StringBuilder();
    int[] starts = new int[length];
    int[] ends = new int[length];
    List<Bold> bold = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Words piece = pieces.get(i);
      if (i > 0) {
        int here = text.isEmpty() ? start : ends[text.length() - 1];
        Arrays.fill(starts, text.length(), text.length() + separator.length(), here);
        Arrays.fill(ends, text.length(), text.length() + separator.length(), here);
        text.append(separator);
      }
      int at = text.length();
      System.arraycopy(piece.starts, 0, starts, at, piece.length());
      System.arraycopy(piece.ends, 0, ends, at, piece.length());
      piece.bold.forEach(b -> bold.add(new Bold(b.start() + at, b.end() + at)));
      text.append(piece.text);
    }
    return new Words(source, text.toString(), starts, ends, List.copyOf(bold));
  }

  /// Whether all of it is bold, a colon after it aside.
  boolean isBold() {
    if (bold.size() != 1 || bold.getFirst().start() != 0) {
      return false;
    }
    String rest = text.substring(bold.getFirst().end()).strip();
    return rest.isEmpty() || rest.equals(":") || rest.equals("：");
  }

  /// The label the words start with: bold words (`**Owner:** …`, `**Owner**: …`), else up to six
  /// words before a colon (`Owner: …`).
  Optional<Label> label() {
    int at = 0;
    // A glyph before the label: `✅ **Done when**:`
    while (at < text.length() && at < 4 && !Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    Optional<Bold> range = boldAt(at);
    if (range.isPresent()) {
      return boldLabel(range.get(), at);
    }
    int colon = Texts.plain(text).indexOf(':');
    // A full-width colon is as wide as a blank after it.
    boolean apart =
        colon + 1 == text.length()
            || (colon > at && (text.charAt(colon + 1) == ' ' || text.charAt(colon) == '：'));
    if (colon <= at || colon > 60 || !apart) {
      return Optional.empty();
    }
    String name = text.substring(at, colon);
    boolean sentence =
        name.contains("____") || name.contains(". ") || name.split(" ", 9).length > 8;
    return sentence ? Optional.empty() : Optional.of(new Label(name.strip(), at, colon + 1));
  }

  private Optional<Label> boldLabel(Bold range, int at) {
    String text = Texts.plain(this.text);
    String words = text.substring(at, range.end());
    int end = range.end();
    int colon = words.indexOf(": ");
    if (colon >= 0 && !isBold()) {
      return Optional.of(new Label(words.substring(0, colon).strip(), at, at + colon + 1));
    }
    if (words.strip().endsWith(":")) {
      String name = words.strip();
      return Optional.of(new Label(name.substring(0, name.length() - 1).strip(), at, end));
    }
    if (end < text.length() && text.charAt(end) == ':') {
      return Optional.of(new Label(words.strip(), at, end + 1));
    }
    if (colon >= 0) {
      return Optional.of(new Label(words.substring(0, colon).strip(), at, at + colon + 1));
    }
    return Optional.empty();
  }

  /// A label.
  ///
  /// @param name its words without the colon
  /// @param start the first character of it
  /// @param end the character after its colon
  record Label(String name, int start, int end) {}

  @Override
  public String toString() {
    return text;
  }
}
