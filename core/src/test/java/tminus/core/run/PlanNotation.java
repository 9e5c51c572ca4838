package tminus.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import tminus.core.calendar.Calendar;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.checklist.Timing;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.traffic.Weight;

/// Plans in one line each: `a attest | c check | s10 shift 10 | g gate`.
final class PlanNotation {

  private static final Span SPAN = new Span(1, 0, 1);

  private PlanNotation() {}

  /// A plan from its steps, its rollback and the words of its triggers.
  static Plan plan(List<Step> steps, List<Step> rollback, List<String> triggers) {
    return new Plan(
        "Table",
        "table.md",
        "00",
        steps.size(),
        steps,
        rollback,
        triggers.stream().map(words -> new Trigger(1, words, Optional.empty())).toList(),
        Map.of(),
        List.of(),
        List.of(),
        1);
  }

  /// The plan with other rules and other modes of its triggers.
  static Plan with(Plan plan, Rules rules, Function<Trigger, Trigger.Mode> mode) {
    return with(plan, rules, mode, plan.calendar());
  }

  /// The same, and with another calendar.
  static Plan with(
      Plan plan, Rules rules, Function<Trigger, Trigger.Mode> mode, Calendar calendar) {
    return new Plan(
        plan.title(),
        plan.file(),
        plan.digest(),
        plan.items(),
        plan.steps(),
        plan.rollback(),
        plan.triggers().stream()
            .map(t -> new Trigger(t.line(), t.text(), t.condition(), mode.apply(t)))
            .toList(),
        plan.parameters(),
        plan.placeholders(),
        plan.missing(),
        plan.choices(),
        plan.pace(),
        rules,
        calendar);
  }

  static Step with(Step step, Optional<Timing> timing, List<String> roles) {
    return new Step(
        step.id(),
        step.line(),
        step.section(),
        timing,
        step.title(),
        step.action(),
        roles,
        step.parts(),
        step.form(),
        step.context());
  }

  /// The steps of a line, separated by bars.
  static List<Step> steps(String line) {
    return Arrays.stream(line.split("\\|"))
        .map(String::strip)
        .filter(words -> !words.isEmpty())
        .map(PlanNotation::step)
        .toList();
  }

  /// `id kind` and what the kind takes; choices as `PASS/FAIL`, blanks as `_`, a signature as
  /// `signed`, who must do it as `@lead`, when it is due as `T+2h`, parts as `of a b`.
  private static Step step(String words) {
    List<String> all = new ArrayList<>(List.of(words.split("\\s+")));
    String id = all.removeFirst();
    String kind = all.removeFirst();
    List<Mark.Choice> choices = new ArrayList<>();
    List<Mark.Blank> fields = new ArrayList<>();
    List<Mark.Blank> signatures = new ArrayList<>();
    List<StepId> parts = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    List<String> roles = new ArrayList<>();
    Optional<Timing> timing = Optional.empty();
    boolean inParts = false;
    for (String word : all) {
      if (word.startsWith("@")) {
        roles.add(word.substring(1));
      } else if (word.startsWith("T+")) {
        timing =
            Optional.of(
                new Timing.At(Duration.parse("PT" + word.substring(2).toUpperCase(Locale.ROOT))));
      } else if (word.equals("of")) {
        inParts = true;
      } else if (inParts) {
        parts.add(new StepId(word));
      } else if (word.contains("/")) {
        choices.add(choice(word.split("/")));
      } else if (word.equals("_")) {
        fields.add(blank());
      } else if (word.equals("signed")) {
        signatures.add(blank());
      } else {
        rest.add(word);
      }
    }
    if (kind.equals("gate") && choices.isEmpty()) {
      choices.add(choice("GO", "NO-GO"));
    }
    Step step =
        step(
            id,
            action(kind, rest),
            parts,
            new Step.Form(Optional.empty(), choices, fields, signatures));
    return with(step, timing, roles);
  }

  static Step step(String id, Action action, List<StepId> parts, Step.Form form) {
    return new Step(
        new StepId(id),
        1,
        List.of("Section"),
        Optional.empty(),
        id,
        action,
        List.of(),
        parts,
        form,
        List.of());
  }

  /// The first option is the good one.
  static Mark.Choice choice(String... labels) {
    return new Mark.Choice(
        SPAN,
        IntStream.range(0, labels.length)
            .mapToObj(i -> new Mark.Choice.Option(labels[i], Optional.empty(), SPAN, i == 0))
            .toList());
  }

  static Mark.Blank blank() {
    return new Mark.Blank(SPAN, Mark.Blank.Role.FIELD, "blank");
  }

  static List<ShellCommand> commands(String... missing) {
    return List.of(new ShellCommand(1, "", "true", Optional.empty(), List.of(missing)));
  }

  private static Action action(String kind, List<String> rest) {
    return switch (kind) {
      case "attest" -> new Action.Attest();
      case "parts" -> new Action.Parts();
      case "check" -> new Action.Check(commands(rest.toArray(String[]::new)));
      case "act" ->
          new Action.Act(
              new Work.Shell(commands()),
              rest.contains("undo") ? Optional.of(new Work.Shell(commands())) : Optional.empty());
      case "deploy" ->
          new Action.Act(
              new Work.Deploy(Work.Part.CANDIDATE, "v2"),
              Optional.of(new Work.Retire(Work.Part.CANDIDATE)));
      case "retire" ->
          new Action.Act(new Work.Retire(Work.Part.STABLE), Optional.of(new Work.Revive()));
      case "restore" -> new Action.Act(new Work.Restore(), Optional.empty());
      case "shift" -> new Action.Shift(new Weight(Integer.parseInt(rest.getFirst())));
      case "bake" -> new Action.Bake(Duration.ofMinutes(1), List.of());
      case "wait" -> new Action.Wait(Duration.ofMinutes(1));
      case "notify" -> new Action.Notify("Title", "Body");
      case "gate" -> new Action.Gate();
      default -> throw new IllegalArgumentException("plan notation: no such kind " + kind);
    };
  }
}
