package tminus.core.checklist;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Ways to do one thing, of which a run takes one: sections beside each other, or what a script
/// offers instead of its own commands.
///
/// @param heading the words they stand under
/// @param kind how it is known which one is taken
/// @param rollback whether they are ways back
/// @param options two or more, in the document's order
public record Family(String heading, Kind kind, boolean rollback, List<Option> options) {

  private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");

  public Family {
    options = List.copyOf(options);
    if (options.size() < 2) {
      throw new IllegalArgumentException(
          "family %s: %d ways are no choice".formatted(heading, options.size()));
    }
  }

  /// How it is known which one is taken.
  public enum Kind {
    /// People say so: `Method 1`, `Method 2`.
    WAYS,
    /// By who begins it: `Automatic rollback`, `Manual rollback`, in this order or the other.
    DRIVEN,
    /// The first one, unless people say otherwise: `# Alternative: …` in a script.
    INSTEAD
  }

  /// One way.
  ///
  /// @param title its words, as written
  /// @param name what it is called, without numbering and praise: `Blue-Green Deployment`
  /// @param spans where what belongs to it stands: one section; or scripts, lines or commands
  /// @param lines the lines in which something of it begins, from 1
  /// @param recommended whether the document recommends it
  public record Option(
      String title, String name, List<Span> spans, Set<Integer> lines, boolean recommended) {

    public Option {
      spans = List.copyOf(spans);
      lines = Set.copyOf(lines);
    }

    /// The line in which it begins, from 1.
    public int line() {
      return spans.getFirst().line();
    }

    /// Its name without what makes no difference: options of several families with the same key are
    /// the same way.
    public String key() {
      return Family.key(name);
    }
  }

  /// The line in which the first of them begins, from 1.
  public int line() {
    return options.getFirst().line();
  }

  /// The words of a text as they are compared: lower case, without plurals' `s`.
  public static List<String> words(String text) {
    return SEPARATOR
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .map(word ->
            word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
        .toList();
  }

  /// A way's name without what makes no difference.
  public static String key(String name) {
    List<String> all = words(name);
    List<String> told =
        all.stream()
            .filter(word ->
                !word.matches("deployment|deploy|update|release|rollout|strategy|method|procedure"))
            .toList();
    return String.join(" ", told.isEmpty() ? all : told);
  }
}
