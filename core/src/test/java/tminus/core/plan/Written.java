package tminus.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.Quantity;
import tminus.core.traffic.Weight;

/// Checklists in few words, as a reader would have read them. Each piece gets a line and a place of
/// its own, in the order in which it is made.
final class Written {

  private int line;

  private Span next() {
    line++;
    return new Span(line, 10 * line, 10 * line + 3);
  }

  Checklist checklist(Node... content) {
    Section root =
        new Section(next(), 0, "", Optional.empty(), Purpose.PROCEDURE, List.of(content));
    return new Checklist("list.md", "00", root);
  }

  Section section(String title, Node... content) {
    return section(Purpose.PROCEDURE, title, content);
  }

  Section section(Purpose purpose, String title, Node... content) {
    return new Section(next(), 2, title, Optional.empty(), purpose, List.of(content));
  }

  Line line(String words, Mark... marks) {
    return new Line(next(), words, List.of(marks));
  }

  Item item(String words, Node... content) {
    return item(line(words), content);
  }

  Item item(Line words, Node... content) {
    Span span = next();
    return new Item(span, span, false, words, List.of(content));
  }

  /// An item whose box is the choice's option of that number.
  Item option(Mark.Choice choice, int number) {
    Mark.Choice.Option option = choice.options().get(number);
    return new Item(
        next(), option.box().orElseThrow(), false, line(option.label(), choice), List.of());
  }

  Script script(Command... commands) {
    return new Script(next(), "bash", List.of(commands));
  }

  /// A command in a paragraph of its own.
  Command command(String text) {
    line++;
    return command("", text);
  }

  Command command(String label, String text, Mark.Blank... blanks) {
    return new Command(next(), label, text, Optional.empty(), List.of(blanks));
  }

  /// A command right under the one before.
  Command under(Command above, String text) {
    Span span = above.span();
    return new Command(
        new Span(span.line() + (int) above.text().lines().count(), span.end(), span.end() + 1),
        "",
        text,
        Optional.empty(),
        List.of());
  }

  Command expecting(Command command, Expectation expectation) {
    return new Command(
        command.span(),
        command.label(),
        command.text(),
        Optional.of(expectation),
        command.blanks());
  }

  Template template(String title, String body) {
    return new Template(next(), title, body);
  }

  Mark.Blank field(String name) {
    return new Mark.Blank(next(), Mark.Blank.Role.FIELD, name);
  }

  Mark.Blank parameter(String name) {
    return new Mark.Blank(next(), Mark.Blank.Role.PARAMETER, name);
  }

  /// A choice whose first option is the good one, each option with a box of its own.
  Mark.Choice boxed(String... labels) {
    return choice(true, labels);
  }

  Mark.Choice unboxed(String... labels) {
    return choice(false, labels);
  }

  private Mark.Choice choice(boolean boxes, String... labels) {
    List<Mark.Choice.Option> options = new ArrayList<>();
    for (String label : labels) {
      Optional<Span> box = boxes ? Optional.of(next()) : Optional.empty();
      options.add(new Mark.Choice.Option(label, box, next(), options.isEmpty()));
    }
    return new Mark.Choice(next(), options);
  }

  Mark.SignOff signOff(String role) {
    return new Mark.SignOff(next(), role);
  }

  Mark.Responsible responsible(String role) {
    return new Mark.Responsible(next(), role);
  }

  Mark.Authority authority(String role) {
    return new Mark.Authority(next(), role);
  }

  Mark.Shift shift(int percent) {
    return new Mark.Shift(next(), new Weight(percent));
  }

  Mark.Wait wait(Duration duration) {
    return new Mark.Wait(next(), duration);
  }

  Mark.Threshold threshold(Condition condition) {
    return new Mark.Threshold(next(), condition);
  }

  Mark.Trigger trigger(String text, Condition... condition) {
    return new Mark.Trigger(next(), Arrays.stream(condition).findFirst(), text);
  }

  /// The error rate below so many percent, sustained if a duration is given.
  static Condition errors(double percent, Duration... sustained) {
    return new Condition(
        "error rate",
        Optional.empty(),
        Comparison.LESS,
        new Quantity(percent, Quantity.Unit.PERCENT),
        Arrays.stream(sustained).findFirst());
  }
}
