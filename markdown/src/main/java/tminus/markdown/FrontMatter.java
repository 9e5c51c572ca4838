package tminus.markdown;

import java.util.Optional;
import tminus.core.checklist.Span;

/// YAML between `---` lines at the very beginning: configuration, not part of the checklist.
final class FrontMatter {

  private FrontMatter() {}

  /// Where the Markdown begins: after a byte order mark and front matter.
  static int end(Source source) {
    return yaml(source).map(span -> source.start(source.line(span.end()) + 1)).orElse(base(source));
  }

  /// What stands between the lines.
  static Optional<Span> yaml(Source source) {
    String text = source.text();
    if (!line(source, 1).substring(base(source)).stripTrailing().equals("---")) {
      return Optional.empty();
    }
    for (int line = 2; source.start(line) < text.length(); line++) {
      String words = line(source, line).stripTrailing();
      if (words.equals("---") || words.equals("...")) {
        return Optional.of(source.span(source.start(2), source.start(line)));
      }
      // Markdown after a rule has blank lines soon, and YAML has keys first.
      if (line == 2 && !words.contains(":") && !words.startsWith("#")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static int base(Source source) {
    return source.text().startsWith("\ufeff") ? 1 : 0;
  }

  private static String line(Source source, int line) {
    return source.text().substring(source.start(line), source.end(line));
  }
}
