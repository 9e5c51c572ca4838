package tminus.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tminus.cli.Place.Located;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;
import tminus.core.plan.Binding.Bound;
import tminus.markdown.MarkdownReader;

/// The binding that stands in the document itself: in its front matter, and in fences of language
/// `tminus` under items.
final class InDocument {

  private final Document document;
  private final Problems problems;
  private final Map<Span, Located<Bound>> items = new HashMap<>();
  private final Map<Span, Place> fences = new HashMap<>();
  private Written written;

  private InDocument(Document document, Problems problems) {
    this.document = document;
    this.problems = problems;
    this.written =
        MarkdownReader.frontMatter(document.text())
            .map(span -> new YamlText(span.in(document.text()), place(span), problems))
            .map(yaml -> new BindingReader(yaml).readFrontMatter())
            .orElse(Written.NOTHING);
  }

  /// What the front matter says.
  static Written frontMatter(Document document, Problems problems) {
    return new InDocument(document, problems).written;
  }

  /// The binding with what the document itself says over it.
  static BindingFile over(
      BindingFile file, Document document, Checklist checklist, Problems problems) {
    InDocument in = new InDocument(document, problems);
    in.visit(checklist.root().content(), Optional.empty());
    return new BindingFile(file.path(), in.written.over(file.written()), in.items);
  }

  private void visit(List<Node> nodes, Optional<Item> item) {
    for (Node node : nodes) {
      switch (node) {
        case Section section -> visit(section.content(), Optional.empty());
        case Item part -> visit(part.content(), Optional.of(part));
        case Script script -> {
          if (script.language().equals("tminus")) {
            fence(script.span(), item);
          }
        }
        case Line _, Template _ -> {}
      }
    }
  }

  private void fence(Span span, Optional<Item> item) {
    if (item.isEmpty()) {
      problems.add(
          place(span), "the fence is under no item", "indent it as far as an item's words");
      return;
    }
    Span box = item.get().box();
    Place first = fences.putIfAbsent(box, place(span));
    if (first != null) {
      problems.add(
          place(span), "its item has a fence already (at %s)".formatted(first), "keep one of them");
      return;
    }
    Place at = place(span);
    Place start = new Place(at.file(), at.line() + 1, at.column());
    BindingReader reader =
        new BindingReader(new YamlText(content(span, at.column() - 1), start, problems));
    reader.readStep().ifPresent(bound -> items.put(box, bound));
    written = written.referring(reader.references());
  }

  /// What stands between the fence's own lines, as far to the left as they.
  private String content(Span span, int indent) {
    List<String> lines = span.in(document.text()).lines().toList();
    String last = lines.getLast().strip();
    boolean closed = lines.size() > 1 && (last.endsWith("```") || last.endsWith("~~~"));
    return lines.subList(1, lines.size() - (closed ? 1 : 0)).stream()
        .map(line -> {
          int from = 0;
          while (from < Math.min(indent, line.length()) && " \t>".indexOf(line.charAt(from)) >= 0) {
            from++;
          }
          return line.substring(from) + "\n";
        })
        .collect(Collectors.joining());
  }

  private Place place(Span span) {
    String text = document.text();
    int line = Math.max(text.lastIndexOf('\n', span.start() - 1), -1) + 1;
    return new Place(document.name(), span.line(), span.start() - line + 1);
  }
}
