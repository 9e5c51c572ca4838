package tminus.markdown;

/// YAML between `---` lines at the very beginning: configuration, not part of the checklist.
final class FrontMatter {

  private FrontMatter() {}

  /// Where the Markdown begins: after a byte order mark and front matter.
  static int end(Source source) {
    String text = source.text();
    int base = text.startsWith("\ufeff") ? 1 : 0;
    if (!line(source, 1).substring(base).stripTrailing().equals("---")) {
      return base;
    }
    for (int line = 2; source.start(line) < text.length(); line++) {
      String words = line(source, line).stripTrailing();
      if (words.equals("---") || words.equals("...")) {
        return source.start(line + 1);
      }
      // Markdown after a rule has blank lines soon, and YAML has keys first.
      if (line == 2 && !words.contains(":") && !words.startsWith("#")) {
        return base;
      }
    }
    return base;
  }

  private static String line(Source source, int line) {
    return source.text().substring(source.start(line), source.end(line));
  }
}
