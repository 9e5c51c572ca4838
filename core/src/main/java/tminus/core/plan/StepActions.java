package tminus.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tminus.core.Limits;
import tminus.core.checklist.Command;
import tminus.core.checklist.Elisions;
import tminus.core.checklist.Expectations;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;
import tminus.core.judge.Condition;
import tminus.core.plan.Binding.Bound;

/// Decides what an item's words, commands and binding make of it.
final class StepActions {

  private final Binding binding;
  private final Map<String, Template> templates;

  StepActions(Binding binding, Map<String, Template> templates) {
    this.binding = binding;
    this.templates = templates;
  }

  /// What an item does. The binding speaks first, then the item's own words, then its commands;
  /// what is left is for a person.
  Action of(Item item, List<Line> lines, List<Command> commands, List<StepId> parts) {
    Optional<Bound> bound = binding.of(item);
    if (bound.isPresent()) {
      return bound(bound.get());
    }
    if (binding.traffic()) {
      List<Mark.Shift> shifts = item.line().marks(Mark.Shift.class);
      if (!shifts.isEmpty() && parts.isEmpty()) {
        return new Action.Shift(shifts.getFirst().weight());
      }
    }
    List<Mark.Wait> waits = item.line().marks(Mark.Wait.class);
    List<Condition> conditions = conditions(lines);
    if (!waits.isEmpty() && parts.isEmpty() && commands.isEmpty()) {
      Duration duration = atPace(waits.getFirst().duration());
      if (binding.traffic()) {
        return new Action.Bake(duration, conditions);
      }
      if (conditions.isEmpty() && form(Optional.empty(), lines).equals(Step.Form.NONE)) {
        return new Action.Wait(duration);
      }
    }
    if (!commands.isEmpty()) {
      return ofCommands(commands);
    }
    boolean asksNothing = form(Optional.empty(), lines).equals(Step.Form.NONE);
    return parts.isEmpty() || !asksNothing ? new Action.Attest() : new Action.Parts();
  }

  /// Whether the binding leaves it to the document how the item is done.
  boolean leaves(Item item) {
    return binding.of(item).isEmpty();
  }

  /// Whether conditions are measured where a wait stands.
  boolean measures(Purpose purpose) {
    // When going back, the candidate has no traffic left to measure.
    return binding.traffic() && purpose != Purpose.ROLLBACK;
  }

  /// What a step does, and its words.
  record Doing(String title, Action action) {}

  /// A wait; what must hold meanwhile is measured, or else a person says so after it.
  List<Doing> ofPause(ScriptPiece.Pause pause, Purpose purpose) {
    String words = pause.line().text();
    Duration duration = atPace(pause.duration());
    List<Condition> conditions = pause.conditions().stream().map(this::atPace).toList();
    if (measures(purpose)) {
      return List.of(new Doing(words, new Action.Bake(duration, conditions)));
    }
    Doing waits = new Doing(words, new Action.Wait(duration));
    return conditions.isEmpty() || pause.asked()
        ? List.of(waits)
        : List.of(waits, new Doing(joined(conditions), new Action.Attest()));
  }

  private static String joined(List<Condition> conditions) {
    return conditions.stream().map(Condition::toString).collect(Collectors.joining(", "));
  }

  /// What words without a box do: move traffic, let time pass, or ask a person.
  List<Doing> ofTask(Line line, Purpose purpose) {
    List<Mark.Shift> shifts = line.marks(Mark.Shift.class);
    if (binding.traffic() && !shifts.isEmpty()) {
      return purpose == Purpose.ROLLBACK
          ? List.of(new Doing(line.text(), new Action.Act(new Work.Restore(), Optional.empty())))
          : stairs(line, shifts);
    }
    List<Mark.Wait> waits = line.marks(Mark.Wait.class);
    return waits.isEmpty()
        ? List.of(new Doing(line.text(), new Action.Attest()))
        : ofPause(
            new ScriptPiece.Pause(line, waits.getFirst().duration(), List.of(), false), purpose);
  }

  /// `10% → 50% → 100%`: nothing says what lets it go on from one to the next, so a person does.
  private static List<Doing> stairs(Line line, List<Mark.Shift> shifts) {
    List<Doing> doings = new ArrayList<>();
    for (Mark.Shift shift : shifts) {
      if (!doings.isEmpty()) {
        doings.add(new Doing(line.text() + ": on to " + shift.weight(), new Action.Attest()));
      }
      String title = shifts.size() == 1 ? line.text() : line.text() + ": " + shift.weight();
      doings.add(new Doing(title, new Action.Shift(shift.weight())));
    }
    return doings;
  }

  /// A check when every command is known to only look, else an act.
  Action ofCommands(List<Command> commands) {
    List<ShellCommand> ready = paragraphs(commands).stream().map(this::ready).toList();
    boolean looks = commands.stream().map(this::asRun).allMatch(ShellEffects::onlyLooks);
    return looks
        ? new Action.Check(ready)
        : new Action.Act(new Work.Shell(ready), Optional.empty());
  }

  /// The command with its values, since they are part of what it does, and a word that means
  /// nothing in place of those not known yet.
  private String asRun(Command command) {
    Map<String, String> values = new HashMap<>();
    command.blanks().forEach(blank -> values.put(blank.name(), "unknown"));
    values.putAll(binding.parameters());
    return filled(command, values);
  }

  private static String filled(Command command, Map<String, String> values) {
    return Elisions.fill(Parameters.fill(command.text(), values), values);
  }

  /// Lines without a comment or a blank line between them run in one shell, since people write them
  /// so: what the first one sets, the next one uses.
  private static List<List<Command>> paragraphs(List<Command> commands) {
    List<List<Command>> paragraphs = new ArrayList<>();
    int next = 0;
    boolean open = false;
    for (Command command : commands) {
      if (!open || command.span().line() != next) {
        paragraphs.add(new ArrayList<>());
      }
      paragraphs.getLast().add(command);
      next = command.span().line() + (int) command.text().lines().count();
      open = command.expectation().isEmpty();
    }
    return paragraphs;
  }

  private ShellCommand ready(List<Command> paragraph) {
    Set<String> missing = new LinkedHashSet<>();
    List<String> lines = new ArrayList<>();
    for (Command command : paragraph) {
      lines.add(filled(command, binding.parameters()));
      for (Mark.Blank blank : command.blanks()) {
        if (!binding.parameters().containsKey(blank.name())) {
          missing.add(blank.name());
        }
      }
    }
    Command first = paragraph.getFirst();
    return new ShellCommand(
        first.span().line(),
        first.label(),
        String.join("\n", lines),
        paragraph
            .getLast()
            .expectation()
            .map(e -> Expectations.substitute(e, binding.parameters())),
        List.copyOf(missing));
  }

  private Action bound(Bound bound) {
    return switch (bound) {
      case Bound.Deploy(String version) ->
          new Action.Act(
              new Work.Deploy(Work.Part.CANDIDATE, value(version)),
              Optional.of(new Work.Retire(Work.Part.CANDIDATE)));
      case Bound.Retire(Work.Part part) ->
          new Action.Act(
              new Work.Retire(part),
              part == Work.Part.STABLE ? Optional.of(new Work.Revive()) : Optional.empty());
      case Bound.Restore _ -> new Action.Act(new Work.Restore(), Optional.empty());
      case Bound.Notify(String name) -> {
        Template template = templates.get(name);
        yield template == null
            ? new Action.Notify(value(name), "")
            : new Action.Notify(value(template.title()), value(template.body()));
      }
      case Bound.Attest _ -> new Action.Attest();
    };
  }

  /// The role the binding gives an item to.
  Optional<String> boundRole(Item item) {
    return binding
        .of(item)
        .flatMap(bound ->
            bound instanceof Bound.Attest(String role) ? Optional.of(role) : Optional.empty());
  }

  /// `$NAME` and `[NAME]` in the binding's or a template's words, filled in.
  private String value(String words) {
    return Parameters.fillReferences(
        Parameters.fill(words, binding.parameters()), binding.parameters());
  }

  private List<Condition> conditions(List<Line> lines) {
    List<Condition> conditions = new ArrayList<>();
    for (Line line : lines) {
      line.marks(Mark.Threshold.class)
          .forEach(threshold -> conditions.add(atPace(threshold.condition())));
    }
    return conditions;
  }

  Condition atPace(Condition condition) {
    return condition.sustained().map(d -> condition.sustained(atPace(d))).orElse(condition);
  }

  private Duration atPace(Duration duration) {
    Duration written = shorter(duration, Limits.WAIT_MAX);
    return binding.pace() == 1
        ? written
        : shorter(Duration.ofNanos((long) (written.toNanos() / binding.pace())), Limits.WAIT_MAX);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Whether these lines ask for a go/no-go decision: a choice in so many words, or any choice of a
  /// gate's own section. One that leaves no way to say go is left to a person's word instead.
  static boolean isGate(List<Line> lines, Purpose purpose) {
    for (Line line : lines) {
      if (!line.marks(Mark.Choice.class).stream().allMatch(Mark.Choice::canBeGood)) {
        return false;
      }
    }
    for (Line line : lines) {
      for (Mark.Choice choice : line.marks(Mark.Choice.class)) {
        boolean boxed = choice.options().stream().anyMatch(option -> option.box().isPresent());
        boolean goNoGo =
            choice.options().stream()
                .anyMatch(option ->
                    option
                        .label()
                        .toUpperCase(Locale.ROOT)
                        .replace(' ', '-')
                        .matches("NO-?GO\\b.*"));
        if (goNoGo || (purpose == Purpose.GATE && boxed)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Who the lines name, the binding's word first.
  static List<String> roles(Optional<String> bound, List<Line> lines) {
    Set<String> roles = new LinkedHashSet<>();
    bound.ifPresent(roles::add);
    for (Line line : lines) {
      line.marks(Mark.Authority.class).forEach(mark -> roles.add(mark.role()));
      line.marks(Mark.Responsible.class).forEach(mark -> roles.add(mark.role()));
      line.marks(Mark.SignOff.class).forEach(mark -> roles.add(mark.role()));
    }
    roles.removeIf(String::isBlank);
    return List.copyOf(roles);
  }

  static Step.Form form(Optional<Span> box, List<Line> lines) {
    List<Mark.Choice> choices = new ArrayList<>();
    List<Mark.Blank> fields = new ArrayList<>();
    List<Mark.Blank> signatures = new ArrayList<>();
    for (Line line : lines) {
      choices.addAll(line.marks(Mark.Choice.class));
      boolean signs = !line.marks(Mark.SignOff.class).isEmpty();
      for (Mark.Blank blank : line.marks(Mark.Blank.class)) {
        if (blank.role() == Mark.Blank.Role.FIELD) {
          (signs && signatures.isEmpty() ? signatures : fields).add(blank);
        }
      }
    }
    return new Step.Form(box, choices, fields, signatures);
  }
}
