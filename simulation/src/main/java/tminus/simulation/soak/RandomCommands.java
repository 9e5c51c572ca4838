package tminus.simulation.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Evidence;
import tminus.core.run.Outcome;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Weight;

/// What people and the world may say to a run: mostly sense, some nonsense.
public final class RandomCommands {

  private final RandomGenerator random;

  /// Words from a source of chance.
  public RandomCommands(RandomGenerator random) {
    this.random = random;
  }

  /// What is said next.
  public RunCommand next(RunState state) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> new RunCommand.Advance();
      case 5, 6, 7, 8 -> truth(state);
      case 9, 10, 11, 12, 13 -> word(state, aimed(state));
      case 14, 15 -> word(state, any(state));
      case 16 -> stray(state);
      case 17 -> seldom(state);
      default -> aside();
    };
  }

  /// What came of whatever is under way.
  private RunCommand truth(RunState state) {
    Optional<UndoState> undo = state.undo().filter(current -> current.phase() == Phase.RUNNING);
    if (undo.isPresent()) {
      UndoState current = undo.get();
      return new RunCommand.ReportUndo(
          current.undo().step(), current.undo().work(), current.attempt(), outcome());
    }
    return state.steps().entrySet().stream()
        .filter(entry -> entry.getValue().phase() == Phase.RUNNING)
        .findFirst()
        .<RunCommand>map(
            entry -> new RunCommand.Report(entry.getKey(), entry.getValue().attempt(), outcome()))
        .orElseGet(RunCommand.Advance::new);
  }

  private Outcome outcome() {
    return switch (random.nextInt(8)) {
      case 0 -> new Outcome.Failed("broken", List.of());
      case 1 -> new Outcome.NeedsPerson("who knows", List.of());
      case 2 -> new Outcome.Unknown("cut off");
      default -> new Outcome.Done("fine", List.of());
    };
  }

  /// A step that somebody could say something about now.
  private StepId aimed(RunState state) {
    List<Step> open = state.open();
    return open.isEmpty() ? any(state) : open.get(random.nextInt(open.size())).id();
  }

  private StepId any(RunState state) {
    List<StepId> all = new ArrayList<>(state.steps().keySet());
    return random.nextInt(12) == 0 ? new StepId("nobody") : all.get(random.nextInt(all.size()));
  }

  private RunCommand word(RunState state, StepId id) {
    return switch (random.nextInt(10)) {
      case 8 -> new RunCommand.NotApplicable(id, random.nextInt(4) == 0 ? "" : "not here");
      case 9 -> new RunCommand.BreakGlass(id, random.nextInt(4) == 0 ? "" : "the house burns");
      case 0 -> new RunCommand.Skip(id, random.nextInt(4) == 0 ? "" : "a reason");
      case 1 -> new RunCommand.Confirm(id);
      case 2 -> new RunCommand.Retry(random.nextInt(3) == 0 ? Optional.empty() : Optional.of(id));
      default -> sign(state, id);
    };
  }

  private RunCommand sign(RunState state, StepId id) {
    Map<Integer, String> fields = new HashMap<>();
    Map<Integer, Integer> choices = new HashMap<>();
    Step.Form form = state.plan().step(id).map(Step::form).orElse(Step.Form.NONE);
    for (int i = 0; i < form.choices().size(); i++) {
      if (random.nextInt(8) != 0) {
        choices.put(i, random.nextInt(4) == 0 ? random.nextInt(4) : 0);
      }
    }
    for (int i = 0; i < form.fields().size(); i++) {
      fields.put(i, "value");
    }
    if (random.nextInt(16) == 0) {
      fields.put(random.nextInt(9) - 2, "astray");
      choices.put(random.nextInt(9) - 2, random.nextInt(9) - 2);
    }
    Optional<Long> seen =
        random.nextInt(3) == 0 ? Optional.of(state.seq() - random.nextInt(3)) : Optional.empty();
    return new RunCommand.Sign(id, fields, choices, seen);
  }

  /// A report that is late, doubled or about nothing.
  private RunCommand stray(RunState state) {
    StepId id = any(state);
    int attempt = random.nextInt(4);
    return random.nextBoolean()
        ? new RunCommand.Report(id, attempt, outcome())
        : new RunCommand.ReportUndo(
            id, random.nextBoolean() ? new Work.Restore() : new Work.Revive(), attempt, outcome());
  }

  private RunCommand seldom(RunState state) {
    return switch (random.nextInt(16)) {
      case 12, 13, 14 -> new RunCommand.CancelRollback("it was the network");
      case 15 ->
          new RunCommand.Attach(any(state), new Evidence("scan.pdf", "0".repeat(64), 12, ""));
      case 0 -> new RunCommand.RollBack("it feels wrong");
      case 1 -> new RunCommand.Abort("wrong day");
      case 2, 3 -> new RunCommand.Fire(random.nextInt(5) - 1, "too many errors");
      case 4 -> new RunCommand.Start(state.plan(), state.hash(), state.policy(), state.slots());
      default -> new RunCommand.Hold("lunch");
    };
  }

  private RunCommand aside() {
    return switch (random.nextInt(4)) {
      case 0 -> new RunCommand.Note(random.nextBoolean() ? "" : "the coffee is cold");
      case 1 -> new RunCommand.Measure(new Weight(random.nextInt(101)), List.of());
      default -> new RunCommand.Resume();
    };
  }

  /// What good people and a good world say next, so that the run comes to its end.
  public static RunCommand helpful(RunState state) {
    if (state.status() == RunState.Status.HELD) {
      return new RunCommand.Resume();
    }
    if (state.undo().isPresent()) {
      UndoState undo = state.undo().get();
      if (undo.phase() == Phase.ASKED) {
        return new RunCommand.Confirm(undo.undo().step());
      }
      return undo.phase() == Phase.RUNNING
          ? new RunCommand.ReportUndo(
              undo.undo().step(),
              undo.undo().work(),
              undo.attempt(),
              new Outcome.Done("fine", List.of()))
          : new RunCommand.Retry(Optional.empty());
    }
    boolean goesBack = state.status() == RunState.Status.ROLLING_BACK && state.hasUndos();
    Optional<Step> next = goesBack ? Optional.empty() : state.next();
    if (next.isEmpty()) {
      return new RunCommand.Advance();
    }
    StepState at = state.step(next.get().id());
    if (at.phase() == Phase.RUNNING) {
      return new RunCommand.Report(
          next.get().id(), at.attempt(), new Outcome.Done("fine", List.of()));
    }
    if (!at.phase().needsPerson()) {
      return new RunCommand.Advance();
    }
    Map<Integer, Integer> good = new HashMap<>();
    for (int i = 0; i < next.get().form().choices().size(); i++) {
      good.put(i, 0);
    }
    return new RunCommand.Sign(next.get().id(), Map.of(), good);
  }
}
