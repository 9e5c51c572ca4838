package tminus.core.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A Markdown document, as read. Immutable.
///
/// @param file the document's name, as the user gave it
/// @param digest SHA-256 of the document's bytes, in lower-case hex: which text this is a reading
///   of
/// @param root everything, under a section of level 0 that stands for the document itself
public record Checklist(String file, String digest, Section root) {

  /// The document's title: its first heading, else its file's name.
  public String title() {
    return root.content().stream()
        .filter(Section.class::isInstance)
        .map(node -> ((Section) node).title())
        .findFirst()
        .orElse(file);
  }

  /// Every task box of the document in its order, parts included.
  public List<Item> items() {
    List<Item> items = new ArrayList<>();
    collect(root.content(), items);
    return List.copyOf(items);
  }

  private static void collect(List<Node> nodes, List<Item> into) {
    for (Node node : nodes) {
      switch (node) {
        case Item item -> {
          into.add(item);
          collect(item.content(), into);
        }
        case Section section -> collect(section.content(), into);
        case Line _, Script _, Template _ -> {}
      }
    }
  }

  /// The document without the sections, scripts, lines and commands that stand there. Of a script's
  /// comments, those go that follow a command that goes.
  public Checklist without(Set<Span> spans) {
    return spans.isEmpty()
        ? this
        : new Checklist(file, digest, (Section) without(root, spans).orElse(root));
  }

  private static Optional<Node> without(Node node, Set<Span> spans) {
    if (spans.contains(node.span())) {
      return Optional.empty();
    }
    return Optional.of(
        switch (node) {
          case Section it ->
              new Section(
                  it.span(),
                  it.level(),
                  it.title(),
                  it.timing(),
                  it.purpose(),
                  it.marks(),
                  without(it.content(), spans));
          case Item it ->
              new Item(it.span(), it.box(), it.ticked(), it.line(), without(it.content(), spans));
          case Script it -> without(it, spans);
          case Line it -> it;
          case Template it -> it;
        });
  }

  private static List<Node> without(List<Node> nodes, Set<Span> spans) {
    return nodes.stream().flatMap(node -> without(node, spans).stream()).toList();
  }

  private static Script without(Script script, Set<Span> spans) {
    List<Command> left =
        script.commands().stream().filter(command -> !spans.contains(command.span())).toList();
    if (left.size() == script.commands().size()) {
      return script;
    }
    List<Line> notes = new ArrayList<>();
    for (Line note : script.notes()) {
      Optional<Command> before =
          script.commands().stream()
              .filter(command -> command.span().start() < note.span().start())
              .reduce((_, later) -> later);
      if (before.isEmpty() || left.contains(before.get())) {
        notes.add(note);
      }
    }
    return new Script(script.span(), script.language(), left, notes);
  }
}
