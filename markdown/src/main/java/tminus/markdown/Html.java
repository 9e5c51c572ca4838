package tminus.markdown;

import java.util.Map;
import java.util.Set;

/// What checklists use of HTML. Anything else between angles is text: `<pod-name>` is a
/// placeholder.
final class Html {

  private static final Set<String> TAGS =
      Set.of(
          "a",
          "abbr",
          "b",
          "blockquote",
          "br",
          "center",
          "code",
          "dd",
          "del",
          "details",
          "div",
          "dl",
          "dt",
          "em",
          "font",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr",
          "i",
          "img",
          "input",
          "ins",
          "kbd",
          "label",
          "li",
          "mark",
          "ol",
          "p",
          "pre",
          "q",
          "s",
          "samp",
          "small",
          "span",
          "strike",
          "strong",
          "sub",
          "summary",
          "sup",
          "table",
          "tbody",
          "td",
          "th",
          "thead",
          "tr",
          "tt",
          "u",
          "ul",
          "var");

  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("le", "≤"),
          Map.entry("ge", "≥"),
          Map.entry("rarr", "→"),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("hellip", "…"),
          Map.entry("check", "✓"),
          Map.entry("cross", "✗"));

  private Html() {}

  /// Whether the characters between two angles are a tag of HTML.
  static boolean isTag(String inner) {
    return TAGS.contains(name(inner));
  }

  static boolean breaksLine(String inner) {
    return name(inner).equals("br");
  }

  private static String name(String inner) {
    int from = inner.startsWith("/") ? 1 : 0;
    int to = from;
    while (to < inner.length() && Character.isLetterOrDigit(inner.charAt(to))) {
      to++;
    }
    boolean ends = to == inner.length() || inner.charAt(to) == '/' || inner.charAt(to) <= ' ';
    return ends ? Texts.lower(inner.substring(from, to)) : "";
  }

  /// Whether the characters between two angles are an address: `https://…`, `a@b.example`.
  static boolean isAddress(String inner) {
    boolean blank = inner.chars().anyMatch(Character::isWhitespace);
    return !blank
        && (inner.contains("://") || inner.startsWith("mailto:") || inner.indexOf('@') > 0);
  }

  /// What an entity stands for, never longer than the entity itself; empty for none known.
  ///
  /// @param name the characters between `&` and `;`
  static String entity(String name) {
    if (!name.startsWith("#")) {
      return ENTITIES.getOrDefault(name, "");
    }
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    try {
      int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      // Half of a pair is no character: it could not be written down as UTF-8.
      boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      boolean sound = point >= ' ' && Character.isValidCodePoint(point) && !half;
      return sound ? Character.toString(point) : "";
    } catch (NumberFormatException _) {
      return "";
    }
  }
}
