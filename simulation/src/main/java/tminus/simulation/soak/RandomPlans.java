package tminus.simulation.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tminus.core.calendar.Calendar;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.checklist.Timing;
import tminus.core.judge.Condition;
import tminus.core.judge.ConditionGrammar;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.traffic.Weight;

/// Plans nobody would write, of steps of every kind. Their commands say which step they belong to:
/// `do s3`, `undo s3`, `look at s3`, `did s3`; so that what was done tells what did it.
public final class RandomPlans {

  private final RandomGenerator random;

  /// Plans from a source of chance.
  public RandomPlans(RandomGenerator random) {
    this.random = random;
  }

  /// The next one.
  public Plan plan() {
    List<Step> steps = course("s", 20 + random.nextInt(41), false);
    List<Step> rollback = course("r", random.nextInt(7), true);
    List<Trigger> triggers = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      triggers.add(
          new Trigger(
              1,
              "trigger " + i,
              random.nextBoolean() ? TOO_MANY_ERRORS : Optional.empty(),
              List.of(Trigger.Mode.values()).get(random.nextInt(3))));
    }
    return new Plan(
        "Random",
        "random.md",
        "00",
        steps.size(),
        steps,
        rollback,
        triggers,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        1,
        rules(steps),
        Calendar.ALWAYS);
  }

  private static final Optional<Condition> TOO_MANY_ERRORS =
      ConditionGrammar.parse("error rate > 5% for 10 seconds");

  private static final Map<String, List<String>> ROLES =
      Map.of("lead", List.of("Ada"), "dba", List.of("Zoë"), "ops", List.of("someone", "Ada"));

  private Rules rules(List<Step> steps) {
    Map<StepId, Approval> gates = new HashMap<>();
    Map<StepId, String> noReturn = new HashMap<>();
    Map<StepId, ShellCommand> probes = new HashMap<>();
    Set<StepId> optional = new HashSet<>();
    for (Step step : steps) {
      if (step.action() instanceof Action.Act(Work.Shell _, Optional<Work> _)
          && random.nextBoolean()) {
        probes.put(step.id(), commands("did " + step.id()).getFirst());
      }
      if (step.action() instanceof Action.Gate && random.nextBoolean()) {
        gates.put(
            step.id(),
            new Approval(
                1 + random.nextInt(2), Duration.ofHours(12), Duration.ofHours(1), List.of("CTO")));
      }
      if (step.action() instanceof Action.Act act
          && act.undo().isPresent()
          && random.nextInt(4) == 0) {
        noReturn.put(step.id(), "dba");
      }
      if (random.nextInt(4) == 0) {
        optional.add(step.id());
      }
    }
    return new Rules(
        random.nextBoolean() ? ROLES : Map.of(),
        Approval.USUAL,
        gates,
        random.nextBoolean() ? List.of("lead") : List.of(),
        noReturn,
        probes,
        Map.of(),
        Map.of(),
        optional);
  }

  private List<String> roles() {
    return switch (random.nextInt(6)) {
      case 0 -> List.of("lead");
      case 1 -> List.of("ops", "dba");
      case 2 -> List.of("ops");
      case 3 -> List.of("nobody at all");
      default -> List.of();
    };
  }

  private Optional<Timing> timing() {
    return switch (random.nextInt(8)) {
      case 0 -> Optional.of(new Timing.At(Duration.ofMinutes(random.nextInt(90))));
      case 1 -> Optional.of(new Timing.Between(Duration.ofMinutes(-5), Duration.ofMinutes(5)));
      case 2 -> Optional.of(new Timing.Between(Duration.ofHours(2), Duration.ofHours(3)));
      default -> Optional.empty();
    };
  }

  private List<Step> course(String prefix, int length, boolean back) {
    List<Step> steps = new ArrayList<>();
    List<StepId> loose = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      String id = prefix + i;
      boolean adopts = !loose.isEmpty() && random.nextInt(4) == 0;
      Action action = adopts && random.nextBoolean() ? new Action.Parts() : action(id, back);
      steps.add(
          new Step(
              new StepId(id),
              i + 1,
              List.of("Section"),
              timing(),
              id,
              action,
              roles(),
              adopts ? loose : List.of(),
              form(action),
              List.of()));
      if (adopts) {
        loose = new ArrayList<>();
      } else if (random.nextInt(3) == 0) {
        loose.add(new StepId(id));
      }
    }
    return steps;
  }

  private Action action(String id, boolean back) {
    return switch (random.nextInt(12)) {
      case 0 -> new Action.Gate();
      case 1 -> new Action.Shift(back ? Weight.NONE : new Weight(5 * random.nextInt(21)));
      case 2 -> new Action.Bake(Duration.ofMinutes(1), List.of());
      case 3 -> new Action.Wait(Duration.ofMinutes(1));
      case 4 -> new Action.Notify("Title", "Body");
      case 5, 6 -> new Action.Check(commands("look at " + id, missing()));
      case 7, 8 -> act(id);
      default -> new Action.Attest();
    };
  }

  private String[] missing() {
    return random.nextInt(6) == 0 ? new String[] {"VERSION"} : new String[0];
  }

  private Action act(String id) {
    return switch (random.nextInt(5)) {
      case 0 ->
          new Action.Act(
              new Work.Deploy(Work.Part.CANDIDATE, "v2"),
              Optional.of(new Work.Retire(Work.Part.CANDIDATE)));
      case 1 -> new Action.Act(new Work.Retire(Work.Part.STABLE), Optional.of(new Work.Revive()));
      case 2 -> new Action.Act(new Work.Restore(), Optional.empty());
      case 3 ->
          new Action.Act(
              new Work.Shell(commands("do " + id)),
              Optional.of(new Work.Shell(commands("undo " + id))));
      default -> new Action.Act(new Work.Shell(commands("do " + id, missing())), Optional.empty());
    };
  }

  private Step.Form form(Action action) {
    List<Mark.Choice> choices = new ArrayList<>();
    int least = action instanceof Action.Gate ? 1 : 0;
    int count = Math.max(least, random.nextInt(4) - 1);
    for (int i = 0; i < count; i++) {
      choices.add(
          random.nextInt(4) == 0 ? choice("HEALTHY", "WARNINGS", "ISSUES") : choice("GO", "NO-GO"));
    }
    List<Mark.Blank> fields =
        IntStream.range(0, Math.max(0, random.nextInt(5) - 2))
            .mapToObj(_ -> new Mark.Blank(SPAN, Mark.Blank.Role.FIELD, "blank"))
            .toList();
    return new Step.Form(Optional.empty(), choices, fields, List.of());
  }

  private static final Span SPAN = new Span(1, 0, 1);

  /// The first option is the good one.
  private static Mark.Choice choice(String... labels) {
    return new Mark.Choice(
        SPAN,
        IntStream.range(0, labels.length)
            .mapToObj(i -> new Mark.Choice.Option(labels[i], Optional.empty(), SPAN, i == 0))
            .toList());
  }

  private static List<ShellCommand> commands(String text, String... missing) {
    return List.of(new ShellCommand(1, "", text, Optional.empty(), List.of(missing)));
  }
}
