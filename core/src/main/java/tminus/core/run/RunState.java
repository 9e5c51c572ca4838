package tminus.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Weight;

/// Where a run stands, folded from its events. Immutable.
///
/// @param status what is going on
/// @param plan what it executes
/// @param hash the plan's hash
/// @param policy what happens to the document's own commands
/// @param slots which slot is which, when the plan moves traffic
/// @param started when it began
/// @param steps where each step stands, rollback steps included
/// @param undos what would take back what was done so far, next one last
/// @param undo the undo under way or failed, while rolling back
/// @param weight the candidate's share of the traffic, as last set
/// @param reason why it is held, rolling back or finished
/// @param result how it ended, once it has
public record RunState(
    Status status,
    Plan plan,
    String hash,
    Event.CommandPolicy policy,
    Optional<Event.Slots> slots,
    Instant started,
    Map<StepId, StepState> steps,
    List<Undo> undos,
    Optional<UndoState> undo,
    Weight weight,
    String reason,
    Optional<Event.Result> result) {

  /// What a run is doing.
  public enum Status {
    /// Going through the plan.
    RUNNING,
    /// Starting nothing new.
    HELD,
    /// On its way back.
    ROLLING_BACK,
    /// Over.
    FINISHED
  }

  /// What takes back one step's work.
  public record Undo(StepId step, Work work) {}

  /// How far an undo is.
  ///
  /// @param attempt 1 for the first
  /// @param phase `RUNNING`, `FAILED` or `UNKNOWN`
  public record UndoState(Undo undo, int attempt, Phase phase, String detail) {}

  public RunState {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    undos = List.copyOf(undos);
  }

  /// The state of a run from its events.
  ///
  /// @param events at least one, beginning with [Event.RunStarted]
  public static RunState of(List<Recorded> events) {
    RunState state = start(events.getFirst());
    for (Recorded recorded : events.subList(1, events.size())) {
      state = state.evolve(recorded);
    }
    return state;
  }

  /// A run's first state.
  public static RunState start(Recorded first) {
    if (!(first.event() instanceof Event.RunStarted started)) {
      throw new IllegalArgumentException(
          "run: its first event is not its start (%s)".formatted(first.event()));
    }
    Map<StepId, StepState> steps = new LinkedHashMap<>();
    started.plan().steps().forEach(step -> steps.put(step.id(), StepState.pending(first.at())));
    started.plan().rollback().forEach(step -> steps.put(step.id(), StepState.pending(first.at())));
    return new RunState(
        Status.RUNNING,
        started.plan(),
        started.hash(),
        started.policy(),
        started.slots(),
        first.at(),
        steps,
        List.of(),
        Optional.empty(),
        Weight.NONE,
        "",
        Optional.empty());
  }

  /// Where the step stands.
  public StepState step(StepId id) {
    StepState state = steps.get(id);
    if (state == null) {
      throw new IllegalArgumentException("run: there is no step " + id);
    }
    return state;
  }

  /// The steps that are gone through now: the plan's, or the rollback's once its undos are done.
  public List<Step> course() {
    return status == Status.ROLLING_BACK ? plan.rollback() : plan.steps();
  }

  /// The first step that is not settled.
  public Optional<Step> next() {
    return course().stream().filter(step -> !step(step.id()).phase().isSettled()).findFirst();
  }

  /// The steps people may settle now: those not settled, up to and including the first barrier.
  public List<Step> open() {
    if (status == Status.ROLLING_BACK && hasUndos()) {
      return List.of();
    }
    List<Step> open = new ArrayList<>();
    for (Step step : course()) {
      if (step(step.id()).phase().isSettled()) {
        continue;
      }
      if (step.isBarrier() && !open.isEmpty()) {
        break;
      }
      open.add(step);
      if (step.isBarrier()) {
        break;
      }
    }
    return List.copyOf(open);
  }

  /// Whether anything has been changed that can be taken back.
  public boolean hasUndos() {
    return !undos.isEmpty();
  }

  /// The undo that a person must try again or do by hand, if there is one: it failed too often, or
  /// nobody knows whether it happened.
  public Optional<UndoState> stuckUndo() {
    return undo.filter(current ->
        current.phase() == Phase.UNKNOWN
            || (current.phase() == Phase.FAILED && current.attempt() >= Decider.UNDO_ATTEMPTS));
  }

  /// The state after one more event.
  public RunState evolve(Recorded recorded) {
    return switch (recorded.event()) {
      case Event.RunStarted _ -> throw new IllegalStateException("run: it was started twice");
      case Event.StepAsked(StepId id, String what) ->
          set(id, step(id).to(Phase.ASKED, recorded, what));
      case Event.StepStarted(StepId id, int attempt) -> {
        RunState begun = set(id, step(id).attempt(attempt).to(Phase.RUNNING, recorded, ""));
        yield begun.pushUndo(id);
      }
      case Event.StepEnded ended -> ended(ended, recorded);
      case Event.FormFilled(
              StepId id,
              Map<Integer, String> fields,
              Map<Integer, Integer> choices) ->
          set(id, step(id).filled(fields, choices));
      case Event.StepSigned(StepId id) ->
          set(id, step(id).to(Phase.DONE, recorded, "")).weighed(id);
      case Event.StepRejected(StepId id, String why) ->
          set(id, step(id).to(Phase.FAILED, recorded, why));
      case Event.StepFollowed(StepId id) ->
          set(id, step(id).to(Phase.DONE, recorded, followed(id)));
      case Event.StepSkipped(StepId id, String why, boolean waived) ->
          set(id, step(id).to(waived ? Phase.WAIVED : Phase.SKIPPED, recorded, why));
      case Event.StepRetried(StepId id) ->
          set(id, step(id).to(Phase.PENDING, recorded, "to be tried again"));
      case Event.GateDecided(StepId id, boolean go, String option) ->
          set(id, step(id).to(go ? Phase.DONE : Phase.FAILED, recorded, option));
      case Event.NoteTaken _, Event.TrafficMeasured _, Event.TriggerFired _ -> this;
      case Event.RunHeld(String why) -> with(Status.HELD, why);
      case Event.RunResumed _ -> with(Status.RUNNING, "");
      case Event.RollbackStarted(String why) -> rollingBack(why, recorded);
      case Event.UndoStarted(StepId id, Work work, int attempt) ->
          with(undos, Optional.of(new UndoState(new Undo(id, work), attempt, Phase.RUNNING, "")));
      case Event.UndoEnded ended -> undone(ended);
      case Event.RunFinished(Event.Result how, String why) -> finished(how, why, recorded);
    };
  }

  private String followed(StepId id) {
    return plan.step(id).filter(step -> step.form().isComputed()).isPresent()
        ? "filled in by the run"
        : "all parts done";
  }

  private RunState ended(Event.StepEnded ended, Recorded recorded) {
    StepState state = step(ended.step());
    String detail = ended.outcome().detail();
    StepState next =
        switch (ended.outcome()) {
          case Outcome.Done done -> state.to(Phase.DONE, recorded, detail).with(done.results());
          case Outcome.Failed failed ->
              state.to(Phase.FAILED, recorded, detail).with(failed.results());
          case Outcome.NeedsPerson asks ->
              state.to(Phase.TO_JUDGE, recorded, detail).with(asks.results());
          case Outcome.Unknown _ -> state.to(Phase.UNKNOWN, recorded, detail);
        };
    RunState after = set(ended.step(), next);
    return ended.outcome() instanceof Outcome.Done ? after.weighed(ended.step()) : after;
  }

  /// The undo is armed before the effect starts: an effect that was cut off may have happened.
  private RunState pushUndo(StepId id) {
    Optional<Work> work =
        switch (plan.step(id).orElseThrow().action()) {
          case Action.Act act -> act.undo();
          case Action.Shift _ -> Optional.of(new Work.Restore());
          case Action.Attest _,
              Action.Parts _,
              Action.Check _,
              Action.Bake _,
              Action.Gate _,
              Action.Wait _,
              Action.Notify _ ->
              Optional.empty();
        };
    // One way back for all shifts: the first one's, since it leads to the stable version whatever
    // came after. What is done on the way back is not taken back itself.
    if (work.isEmpty()
        || status == Status.ROLLING_BACK
        || undos.stream().anyMatch(undo -> undo.work().equals(work.get()))) {
      return this;
    }
    List<Undo> more = new ArrayList<>(undos);
    more.add(new Undo(id, work.get()));
    return with(more, undo);
  }

  private RunState weighed(StepId id) {
    return switch (plan.step(id).orElseThrow().action()) {
      case Action.Shift(Weight to) -> with(to);
      case Action.Act(Work.Restore _, _) -> with(Weight.NONE);
      case Action.Act _,
          Action.Attest _,
          Action.Parts _,
          Action.Check _,
          Action.Bake _,
          Action.Gate _,
          Action.Wait _,
          Action.Notify _ ->
          this;
    };
  }

  private RunState rollingBack(String why, Recorded recorded) {
    return new RunState(
        Status.ROLLING_BACK,
        plan,
        hash,
        policy,
        slots,
        started,
        stopped(recorded, "stopped by the rollback"),
        undos,
        Optional.empty(),
        weight,
        why,
        result);
  }

  /// The steps with nothing under way and nobody asked any more.
  private Map<StepId, StepState> stopped(Recorded recorded, String why) {
    Map<StepId, StepState> stopped = new LinkedHashMap<>(steps);
    stopped.replaceAll((_, state) ->
        state.phase() == Phase.RUNNING || state.phase() == Phase.ASKED
            ? state.to(Phase.FAILED, recorded, why)
            : state);
    return stopped;
  }

  private RunState undone(Event.UndoEnded ended) {
    Undo ofEvent = new Undo(ended.step(), ended.work());
    if (ended.outcome() instanceof Outcome.Done) {
      List<Undo> left = new ArrayList<>(undos);
      left.remove(ofEvent);
      RunState after = with(left, Optional.empty());
      return ended.work() instanceof Work.Restore ? after.with(Weight.NONE) : after;
    }
    Phase phase = ended.outcome() instanceof Outcome.Unknown ? Phase.UNKNOWN : Phase.FAILED;
    return with(
        undos,
        Optional.of(new UndoState(ofEvent, ended.attempt(), phase, ended.outcome().detail())));
  }

  private RunState finished(Event.Result how, String why, Recorded recorded) {
    return new RunState(
        Status.FINISHED,
        plan,
        hash,
        policy,
        slots,
        started,
        stopped(recorded, "stopped by the end of the run"),
        undos,
        undo,
        weight,
        why,
        Optional.of(how));
  }

  private RunState set(StepId id, StepState state) {
    Map<StepId, StepState> changed = new LinkedHashMap<>(steps);
    changed.put(id, state);
    return new RunState(
        status, plan, hash, policy, slots, started, changed, undos, undo, weight, reason, result);
  }

  private RunState with(Status next, String why) {
    return new RunState(
        next, plan, hash, policy, slots, started, steps, undos, undo, weight, why, result);
  }

  private RunState with(List<Undo> stack, Optional<UndoState> current) {
    return new RunState(
        status, plan, hash, policy, slots, started, steps, stack, current, weight, reason, result);
  }

  private RunState with(Weight next) {
    return new RunState(
        status, plan, hash, policy, slots, started, steps, undos, undo, next, reason, result);
  }
}
