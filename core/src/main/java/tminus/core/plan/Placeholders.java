package tminus.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Template;

/// The placeholders of a document that are known before a run, and its templates.
public final class Placeholders {

  private Placeholders() {}

  /// Every placeholder's name, in the order of first use.
  public static Set<String> all(Checklist checklist) {
    Set<String> names = new LinkedHashSet<>();
    inLines(checklist).forEach(blank -> names.add(blank.name()));
    inScripts(checklist).forEach(blank -> names.add(blank.name()));
    return names;
  }

  /// The names of those that stand in a command.
  public static Set<String> inCommands(Checklist checklist) {
    Set<String> names = new LinkedHashSet<>();
    inScripts(checklist).forEach(blank -> names.add(blank.name()));
    return names;
  }

  /// Where the placeholders of these names stand.
  public static List<Mark.Blank> places(Checklist checklist, Set<String> names) {
    return Stream.concat(inLines(checklist).stream(), inScripts(checklist).stream())
        .filter(blank -> names.contains(blank.name()))
        .toList();
  }

  private static List<Mark.Blank> inLines(Checklist checklist) {
    List<Mark.Blank> blanks = new ArrayList<>();
    visit(
        checklist.root().content(),
        node -> {
          if (node instanceof Line line) {
            line.marks(Mark.Blank.class).stream()
                .filter(blank -> blank.role() == Mark.Blank.Role.PARAMETER)
                .forEach(blanks::add);
          }
        });
    return blanks;
  }

  private static List<Mark.Blank> inScripts(Checklist checklist) {
    List<Mark.Blank> blanks = new ArrayList<>();
    visit(
        checklist.root().content(),
        node -> {
          if (node instanceof Script script) {
            script.commands().forEach(command -> blanks.addAll(command.blanks()));
          }
        });
    return blanks;
  }

  /// The document's messages, by title.
  public static Map<String, Template> templates(Checklist checklist) {
    Map<String, Template> templates = new LinkedHashMap<>();
    visit(
        checklist.root().content(),
        node -> {
          if (node instanceof Template template) {
            templates.putIfAbsent(template.title(), template);
          }
        });
    return templates;
  }

  private static void visit(List<Node> nodes, Consumer<Node> visitor) {
    for (Node node : nodes) {
      visitor.accept(node);
      switch (node) {
        case Section section -> visit(section.content(), visitor);
        case Item item -> {
          visitor.accept(item.line());
          visit(item.content(), visitor);
        }
        case Script script -> script.notes().forEach(visitor);
        case Line _, Template _ -> {}
      }
    }
  }
}
