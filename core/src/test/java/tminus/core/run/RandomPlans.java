package tminus.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
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
    return PlanNotation.plan(
        steps,
        rollback,
        IntStream.range(0, random.nextInt(3)).mapToObj(i -> "trigger " + i).toList());
  }

  private List<Step> course(String prefix, int length, boolean back) {
    List<Step> steps = new ArrayList<>();
    List<StepId> loose = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      String id = prefix + i;
      boolean adopts = !loose.isEmpty() && random.nextInt(4) == 0;
      Action action = adopts && random.nextBoolean() ? new Action.Parts() : action(back);
      steps.add(PlanNotation.step(id, action, adopts ? loose : List.of(), form(action)));
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
