package tminus.core.run;

import java.util.regex.Pattern;

/// Keeps what is written into a document from becoming Markdown of its own: a value stays a value,
/// whatever it looks like.
final class Escapes {

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cc}\\u0085\\u2028\\u2029]+");
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>|~#]");
  private static final Pattern ACTIVE =
      Pattern.compile("(?<!\\\\)(?:\\[[ xX]]|`|<(?=[A-Za-z!/?]))");
  private static final Pattern ENTRY = Pattern.compile("[\\s>]*(?:(?:[-+*]|\\d{1,9}[.)])[\\s>]+)+");
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028-\\u202e\\u2066-\\u2069\\ufeff&&[^\\n\\t]]");

  private Escapes() {}

  /// In one line: a value must not break the line it stands in.
  static String oneLine(String value) {
    return SPACES.matcher(value).replaceAll(" ").strip();
  }

  /// A value for a blank.
  ///
  /// @param before what stands before the blank in its line
  /// @param after what stands behind it
  static String value(String value, String before, String after) {
    String line = oneLine(value);
    if (line.isEmpty()) {
      return line;
    }
    // A box anywhere may be read as one, unless it is written as no box; a code span or a comment
    // would go on to its end somewhere behind the value.
    line = ACTIVE.matcher(line).replaceAll("\\\\$0");
    boolean table = before.indexOf('|') >= 0 || after.indexOf('|') >= 0;
    String safe = table ? line.replaceAll("(?<!\\\\)\\|", "\\\\|") : line;
    // A backslash at the end would take the bar after it into the cell.
    String ended = table && safe.endsWith("\\") ? safe + " " : safe;
    return opensBlock(before) ? unopened(ended) : ended;
  }

  /// The mark before a chosen outcome. At the beginning of a list's entry a box would make a task
  /// of it, so there it is one to readers only.
  ///
  /// @param before what stands before the outcome in its line
  static String mark(String before) {
    return ENTRY.matcher(before).matches() ? "\\[x] " : "[x] ";
  }

  /// Whether words put there would begin a block: a list entry, a heading, a quote, a rule, a
  /// fence.
  private static boolean opensBlock(String before) {
    return before.matches("[\\s>]*(?:(?:[-+*]|\\d{1,9}[.)])\\s+(?:\\[[ xX]]\\s+)?[\\s>]*)*");
  }

  private static String unopened(String value) {
    char first = value.charAt(0);
    if ("-+*#>~`<[=_:|".indexOf(first) >= 0) {
      return "\\" + value;
    }
    return value.replaceFirst("^(\\d{1,9})([.)](?:\\s|$))", "$1\\\\$2");
  }

  /// Words without any markup, in one line: for a cell of a table, or a footnote.
  static String words(String words) {
    return MARKUP.matcher(oneLine(words)).replaceAll("\\\\$0");
  }

  /// Lines of output for a fence: nothing that moves a cursor or turns the reading direction.
  static String output(String output) {
    String plain = COLOURS.matcher(output).replaceAll("").replace("\r\n", "\n").replace('\r', '\n');
    return UNPRINTABLE.matcher(plain).replaceAll("");
  }
}
