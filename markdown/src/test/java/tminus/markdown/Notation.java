package tminus.markdown;

import java.util.List;
import java.util.stream.Collectors;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Template;
import tminus.core.checklist.Timing;

/// A checklist as an outline that tests can show, a node a line:
///
/// ```
/// ## Title ROLLBACK at PT1H    a section, its purpose unless PROCEDURE, its timing
/// [ ] words {marks}            an item, its parts under it
/// - words {marks}              a line
/// sh                           a script; under it `$ command`, `% note`
/// @ title                      a message
/// ```
final class Notation {

  private final String text;
  private final StringBuilder out = new StringBuilder();

  private Notation(String text) {
    this.text = text;
  }

  static String of(Checklist checklist, String text) {
    Notation notation = new Notation(text);
    notation.nodes(checklist.root().content(), "");
    return notation.out.toString();
  }

  private void nodes(List<Node> nodes, String indent) {
    for (Node node : nodes) {
      switch (node) {
        case Section section -> {
          line(indent + "#".repeat(section.level()) + " " + section.title() + about(section));
          nodes(section.content(), indent + "  ");
        }
        case Item item -> {
          line(
              indent + item.box().in(text) + " " + item.line().text() + marks(item.line().marks()));
          nodes(item.content(), indent + "  ");
        }
        case Line line -> line(indent + "- " + line.text() + marks(line.marks()));
        case Script script -> script(script, indent);
        case Template template -> {
          line(indent + "@ " + template.title() + marks(template.blanks()));
          template.body().lines().forEach(body -> line(indent + "  " + body));
        }
      }
    }
  }

  private void line(String line) {
    out.append(line.stripTrailing()).append('\n');
  }

  private static String about(Section section) {
    String purpose = section.purpose() == Section.Purpose.PROCEDURE ? "" : " " + section.purpose();
    return purpose + section.timing().map(timing -> " " + timing(timing)).orElse("");
  }

  static String timing(Timing timing) {
    return switch (timing) {
      case Timing.At at -> "at " + at.offset();
      case Timing.Between between -> between.from() + " to " + between.to();
      case Timing.Takes takes -> "takes " + takes.duration();
    };
  }

  private void script(Script script, String indent) {
    line(indent + (script.language().isEmpty() ? "sh?" : script.language()));
    for (Command command : script.commands()) {
      String label = command.label().isEmpty() ? "" : " (" + command.label() + ")";
      String expected = command.expectation().map(e -> " => " + expected(e)).orElse("");
      line(
          indent
              + "  $ "
              + command.text().replace("\n", "⏎")
              + label
              + expected
              + marks(command.blanks())
              + marks(command.marks()));
    }
    for (Line note : script.notes()) {
      line(indent + "  % " + note.text() + marks(note.marks()));
    }
  }

  private static String expected(Expectation expectation) {
    return expectation.getClass().getSimpleName();
  }

  private String marks(List<? extends Mark> marks) {
    return marks.stream().map(mark -> " {" + mark(mark) + "}").collect(Collectors.joining());
  }

  /// One mark, in short.
  private String mark(Mark mark) {
    return switch (mark) {
      case Mark.Blank blank ->
          (blank.role() == Mark.Blank.Role.FIELD ? "field " : "parameter ") + blank.name();
      case Mark.Choice choice ->
          "choice "
              + choice.options().stream()
                  .map(o ->
                      (o.positive() ? "+" : "-") + o.label() + (o.box().isPresent() ? "[]" : ""))
                  .collect(Collectors.joining(" "));
      case Mark.Responsible responsible -> "responsible " + responsible.role();
      case Mark.SignOff signOff -> ("sign-off " + signOff.role()).strip();
      case Mark.Authority authority -> "authority " + authority.role();
      case Mark.Evidence evidence -> "evidence " + evidence.text();
      case Mark.Threshold threshold -> "threshold " + threshold.condition();
      case Mark.Criterion criterion ->
          "criterion "
              + criterion.metric()
              + criterion.comparison().map(c -> " " + c.symbol() + " ?").orElse("")
              + criterion.sustained().map(d -> " for " + d).orElse("");
      case Mark.Task task -> "task" + task.timing().map(timing -> " " + timing(timing)).orElse("");
      case Mark.Shift shift -> "shift " + shift.weight();
      case Mark.Wait wait -> "wait " + wait.duration();
      case Mark.Trigger trigger ->
          "trigger " + trigger.condition().map(Object::toString).orElse("by people");
      case Mark.IfApplicable _ -> "if applicable";
    };
  }
}
