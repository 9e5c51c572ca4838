package tminus.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tminus.core.calendar.Calendar;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.Quantity;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.RunCommand;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Plans in few words.
final class Plans {

  static final Slot BLUE = new Slot("blue");
  static final Slot GREEN = new Slot("green");

  /// Blue serves v1 when the run starts.
  static final Event.Slots SLOTS = new Event.Slots(BLUE, GREEN, "v1");

  private static final Span SPAN = new Span(1, 0, 1);

  private Plans() {}

  static Plan plan(List<Step> steps, List<Step> rollback, Trigger... triggers) {
    return new Plan(
        "Test",
        "test.md",
        "00",
        steps.size(),
        steps,
        rollback,
        List.of(triggers),
        Map.of(),
        List.of(),
        List.of(),
        1);
  }

  static Plan plan(Step... steps) {
    return plan(List.of(steps), List.of());
  }

  /// One that says of some steps how long their commands may take.
  static Plan limited(Map<StepId, Duration> timeouts, Step... steps) {
    return new Plan(
        "Test",
        "test.md",
        "00",
        steps.length,
        List.of(steps),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        1,
        new Rules(
            Map.of(),
            Approval.USUAL,
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            timeouts,
            Map.of(),
            Set.of()),
        Calendar.ALWAYS);
  }

  static RunCommand.Start start(Plan plan) {
    return new RunCommand.Start(plan, "cafe", Event.CommandPolicy.RUN, Optional.of(SLOTS));
  }

  /// `error rate > percent`, at once.
  static Trigger errorsOver(double percent) {
    Condition condition =
        new Condition(
            "error rate",
            Optional.empty(),
            Comparison.GREATER,
            new Quantity(percent, Quantity.Unit.PERCENT),
            Optional.empty());
    return new Trigger(1, "errors", Optional.of(condition));
  }

  static Step step(String id, Action action) {
    Step.Form form =
        action instanceof Action.Gate
            ? new Step.Form(Optional.empty(), List.of(choice("GO", "NO-GO")), List.of(), List.of())
            : Step.Form.NONE;
    return new Step(
        new StepId(id),
        1,
        List.of(),
        Optional.empty(),
        id,
        action,
        List.of(),
        List.of(),
        form,
        List.of());
  }

  private static Mark.Choice choice(String good, String bad) {
    return new Mark.Choice(
        SPAN,
        List.of(
            new Mark.Choice.Option(good, Optional.empty(), SPAN, true),
            new Mark.Choice.Option(bad, Optional.empty(), SPAN, false)));
  }

  static Step attest(String id) {
    return step(id, new Action.Attest());
  }

  static Step gate(String id) {
    return step(id, new Action.Gate());
  }

  static Step check(String id, String command) {
    return step(id, new Action.Check(List.of(command(command))));
  }

  static Step shell(String id, String command) {
    return step(id, new Action.Act(new Work.Shell(List.of(command(command))), Optional.empty()));
  }

  static ShellCommand command(String text) {
    return new ShellCommand(1, "", text, Optional.empty(), List.of());
  }

  static Step deploy(String id, String version) {
    return step(
        id,
        new Action.Act(
            new Work.Deploy(Work.Part.CANDIDATE, version),
            Optional.of(new Work.Retire(Work.Part.CANDIDATE))));
  }

  static Step retireStable(String id) {
    return step(
        id, new Action.Act(new Work.Retire(Work.Part.STABLE), Optional.of(new Work.Revive())));
  }

  static Step shift(String id, int percent) {
    return step(id, new Action.Shift(new Weight(percent)));
  }

  static Step bake(String id, Duration duration, Condition... conditions) {
    return step(id, new Action.Bake(duration, List.of(conditions)));
  }

  static Step pause(String id, Duration duration) {
    return step(id, new Action.Wait(duration));
  }

  static Step tell(String id, String title) {
    return step(id, new Action.Notify(title, "body"));
  }

  static StepId id(String id) {
    return new StepId(id);
  }
}
