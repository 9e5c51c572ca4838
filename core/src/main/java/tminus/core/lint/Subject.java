package tminus.core.lint;

import java.util.ArrayList;
import java.util.List;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Template;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;

/// A document as the rules look at it: without its nesting, each thing with the headings above it.
///
/// @param lines every line, those of items and the notes of scripts included
/// @param sections every section but the document itself
/// @param taken the document with only those ways that are chosen, where some are
record Subject(
    List<Placed> commands,
    List<PlacedLine> lines,
    List<Section> sections,
    List<Template> templates,
    Checklist taken,
    Plan plan,
    Binding binding) {

  /// A line with the headings above it, outermost first.
  record PlacedLine(Line line, List<Section> path) {

    int number() {
      return line.span().line();
    }

    Purpose purpose() {
      return path.isEmpty() ? Purpose.PROCEDURE : path.getLast().purpose();
    }
  }

  static Subject of(Checklist checklist, String text, Binding binding) {
    Walk walk = new Walk(text);
    walk.nodes(checklist.root().content(), List.of(), "");
    return new Subject(
        List.copyOf(walk.commands),
        List.copyOf(walk.lines),
        List.copyOf(walk.sections),
        List.copyOf(walk.templates),
        Planner.taken(checklist, binding),
        Planner.plan(checklist, binding),
        binding);
  }

  private static final class Walk {
    private final String text;
    private final List<Placed> commands = new ArrayList<>();
    private final List<PlacedLine> lines = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<Template> templates = new ArrayList<>();

    Walk(String text) {
      this.text = text;
    }

    void nodes(List<Node> nodes, List<Section> path, String words) {
      for (Node node : nodes) {
        switch (node) {
          case Section section -> {
            sections.add(section);
            List<Section> deeper = new ArrayList<>(path);
            deeper.add(section);
            nodes(section.content(), List.copyOf(deeper), section.title());
          }
          case Item item -> {
            lines.add(new PlacedLine(item.line(), path));
            nodes(item.content(), path, item.line().text());
          }
          case Line line -> lines.add(new PlacedLine(line, path));
          case Script script -> {
            script.notes().forEach(note -> lines.add(new PlacedLine(note, path)));
            for (Command command : script.commands()) {
              commands.add(Placed.of(command, path, command.label() + " " + words, text));
            }
          }
          case Template template -> templates.add(template);
        }
      }
    }
  }
}
