package tminus.core.plan;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values for the document's placeholders, and what may become part of a command.
///
/// A value that reaches a command must be made of letters, digits and `._:/@+,=%~-`, and must not
/// begin with a hyphen: then it can become neither shell syntax nor an option, quoted or not.
public final class Parameters {

  private static final Pattern SAFE =
      Pattern.compile("[\\p{L}\\p{N}._:/@+,=%~][\\p{L}\\p{N}._:/@+,=%~-]*");

  private static final Pattern REFERENCE = Pattern.compile("\\$([A-Za-z_]\\w*)");

  private Parameters() {}

  /// Whether the value can stand anywhere in a command without becoming syntax.
  public static boolean isSafe(String value) {
    return SAFE.matcher(value).matches();
  }

  /// The text with each known placeholder, `[NAME]` or `<NAME>`, replaced by its value. Values are
  /// not looked at again.
  public static String fill(String text, Map<String, String> values) {
    if (values.isEmpty() || (text.indexOf('[') < 0 && text.indexOf('<') < 0)) {
      return text;
    }
    int longest = values.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder filled = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int last = Math.min(at + longest + 2, text.length());
      int end =
          c == '[' ? text.indexOf(']', at, last) : c == '<' ? text.indexOf('>', at, last) : -1;
      String value = end < 0 ? null : values.get(text.substring(at + 1, end));
      filled.append(value == null ? String.valueOf(c) : value);
      at = value == null ? at + 1 : end + 1;
    }
    return filled.toString();
  }

  /// The text with each `$NAME` that has a value replaced by it; longer names are not mistaken for
  /// shorter ones.
  public static String fillReferences(String text, Map<String, String> values) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  /// The names a text refers to as `$NAME`.
  public static Set<String> references(String text) {
    Set<String> names = new LinkedHashSet<>();
    REFERENCE.matcher(text).results().forEach(found -> names.add(found.group(1)));
    return names;
  }

  /// What is wrong with giving this value to this placeholder, if anything.
  ///
  /// @param known every placeholder there is
  /// @param inCommands those that stand in a command
  public static Optional<String> problem(
      String name, String value, Set<String> known, Set<String> inCommands) {
    if (!known.contains(name)) {
      return Optional.of(
          "parameter %s: the document has no such placeholder - %s"
              .formatted(name, suggestion(name, known)));
    }
    if (inCommands.contains(name) && !isSafe(value)) {
      return Optional.of(
          "parameter %s: its value (%s) would become part of a command and has characters a shell may act on"
                  .formatted(name, value)
              + " - use letters, digits and . _ : / @ + , = % ~ - only, not beginning with a hyphen");
    }
    return Optional.empty();
  }

  private static String suggestion(String name, Set<String> known) {
    if (known.isEmpty()) {
      return "it has none";
    }
    return Spelling.nearest(name, known)
        .map("did you mean %s?"::formatted)
        .orElseGet(() ->
            "it has %s".formatted(String.join(", ", known.stream().sorted().limit(12).toList())));
  }
}
