package tminus.core.run;

import java.util.regex.Pattern;

/// Keeps what is written into a document from becoming Markdown of its own: a value stays a value,
/// whatever it looks like.
final class Escapes {

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cc}\\u0085\\u2028\\u2029]+");
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>|~#]");
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
    boolean table = before.indexOf('|') >= 0 || after.indexOf('|') >= 0;
    String safe = table ? line.replaceAll("(?<!\\\\)\\|", "\\\\|") : line;
    // A backslash at the end would take the bar after it into the cell.
    String ended = table && safe.endsWith("\\") ? safe + " " : safe;
    return opensBlock(before) ? unopened(ended) : ended;
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
    return UNPRINTABLE.matcher(output.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
  }
}
