package tminus.core.run;

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
import tminus.core.checklist.Mark;
import tminus.core.checklist.Timing;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.traffic.Weight;

/// Plans nobody would write, of steps of every kind.
final class RandomPlans {

  private final RandomGenerator random;

  RandomPlans(RandomGenerator random) {
    this.random = random;
  }

  Plan plan() {
    List<Step> steps = course("s", 20 + random.nextInt(41), false);
    List<Step> rollback = course("r", random.nextInt(7), true);
    Plan plan =
        PlanNotation.plan(
            steps,
            rollback,
            IntStream.range(0, random.nextInt(3)).mapToObj(i -> "trigger " + i).toList());
    return PlanNotation.with(
        plan, rules(plan), _ -> List.of(Trigger.Mode.values()).get(random.nextInt(3)));
  }

  private static final Map<String, List<String>> ROLES =
      Map.of("lead", List.of("Ada"), "dba", List.of("Zoë"), "ops", List.of("someone", "Ada"));

  private Rules rules(Plan plan) {
    Map<StepId, Approval> gates = new HashMap<>();
    Map<StepId, String> noReturn = new HashMap<>();
    Set<StepId> optional = new HashSet<>();
    for (Step step : plan.steps()) {
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
      Action action = adopts && random.nextBoolean() ? new Action.Parts() : action(back);
      Step step = PlanNotation.step(id, action, adopts ? loose : List.of(), form(action));
      steps.add(PlanNotation.with(step, timing(), roles()));
      if (adopts) {
        loose = new ArrayList<>();
      } else if (random.nextInt(3) == 0) {
        loose.add(new StepId(id));
      }
    }
    return steps;
  }

  private Action action(boolean back) {
    return switch (random.nextInt(12)) {
      case 0 -> new Action.Gate();
      case 1 -> new Action.Shift(back ? Weight.NONE : new Weight(5 * random.nextInt(21)));
      case 2 -> new Action.Bake(Duration.ofMinutes(1), List.of());
      case 3 -> new Action.Wait(Duration.ofMinutes(1));
      case 4 -> new Action.Notify("Title", "Body");
      case 5, 6 -> new Action.Check(PlanNotation.commands(missing()));
      case 7, 8 -> act();
      default -> new Action.Attest();
    };
  }

  private String[] missing() {
    return random.nextInt(6) == 0 ? new String[] {"VERSION"} : new String[0];
  }

  private Action act() {
    return switch (random.nextInt(5)) {
      case 0 ->
          new Action.Act(
              new Work.Deploy(Work.Part.CANDIDATE, "v2"),
              Optional.of(new Work.Retire(Work.Part.CANDIDATE)));
      case 1 -> new Action.Act(new Work.Retire(Work.Part.STABLE), Optional.of(new Work.Revive()));
      case 2 -> new Action.Act(new Work.Restore(), Optional.empty());
      case 3 ->
          new Action.Act(
              new Work.Shell(PlanNotation.commands()),
              Optional.of(new Work.Shell(PlanNotation.commands())));
      default -> new Action.Act(new Work.Shell(PlanNotation.commands(missing())), Optional.empty());
    };
  }

  private Step.Form form(Action action) {
    List<Mark.Choice> choices = new ArrayList<>();
    int least = action instanceof Action.Gate ? 1 : 0;
    int count = Math.max(least, random.nextInt(4) - 1);
    for (int i = 0; i < count; i++) {
      choices.add(
          random.nextInt(4) == 0
              ? PlanNotation.choice("HEALTHY", "WARNINGS", "ISSUES")
              : PlanNotation.choice("GO", "NO-GO"));
    }
    List<Mark.Blank> fields =
        IntStream.range(0, Math.max(0, random.nextInt(5) - 2))
            .mapToObj(_ -> PlanNotation.blank())
            .toList();
    return new Step.Form(Optional.empty(), choices, fields, List.of());
  }
}
