package tminus.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Weight;

/// Where a run stands, folded from its events. Immutable.
///
/// An event costs about the same however many steps the run has: see [StepTable].
public final class RunState {

  private final RunDraft is;

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
  /// @param attempt 1 for the first; 0 while a person is asked whether to begin
  /// @param failures how often it has failed since the rollback began
  /// @param phase `ASKED`, `RUNNING`, `FAILED` or `UNKNOWN`
  /// @param since when it came there
  public record UndoState(
      Undo undo, int attempt, int failures, Phase phase, String detail, Instant since) {}

  /// How often the people were reminded whom the run waits for.
  ///
  /// @param since since when it waits
  record Reminded(Instant since, int number) {}

  private RunState(RunDraft is) {
    this.is = is;
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
    return new RunState(new RunDraft(started, first));
  }

  /// What is going on.
  public Status status() {
    return is.status;
  }

  /// What it executes.
  public Plan plan() {
    return is.begin.plan();
  }

  /// The plan's hash.
  public String hash() {
    return is.begin.hash();
  }

  /// What happens to the document's own commands.
  public Event.CommandPolicy policy() {
    return is.begin.policy();
  }

  /// Which slot is which, when the plan moves traffic.
  public Optional<Event.Slots> slots() {
    return is.begin.slots();
  }

  /// T-0, when the run was scheduled.
  public Optional<Instant> zero() {
    return is.begin.zero();
  }

  /// From when on the step may begin, with a T-0: see [Dues#notBefore].
  Optional<Instant> notBefore(StepId step) {
    return zero().flatMap(zero -> is.dues.flatMap(dues -> dues.notBefore(step, zero)));
  }

  /// When it began.
  public Instant started() {
    return is.started;
  }

  /// Who began it.
  public String startedBy() {
    return is.startedBy;
  }

  /// Since when it has its status.
  public Instant since() {
    return is.since;
  }

  /// Where each step stands, rollback steps included, in order.
  public Map<StepId, StepState> steps() {
    return is.steps;
  }

  /// What would take back what was done so far, next one last.
  public List<Undo> undos() {
    return is.undos;
  }

  /// The undo that is asked for, under way or failed, while rolling back.
  public Optional<UndoState> undo() {
    return is.undo;
  }

  /// Whether the rollback has taken anything back yet.
  public boolean tookBack() {
    return is.tookBack;
  }

  /// The candidate's share of the traffic, as last set.
  public Weight weight() {
    return is.weight;
  }

  /// Why it is held, rolling back or finished.
  public String reason() {
    return is.reason;
  }

  /// How it ended, once it has.
  public Optional<Event.Result> result() {
    return is.result;
  }

  /// How many events it has: the number of its last journal entry.
  public long seq() {
    return is.seq;
  }

  /// The number of the last journal entry that changed what a gate is decided by. A sign-off given
  /// on less does not count.
  public long evidence() {
    return is.evidence;
  }

  /// Who wants to go on in spite of windows and freezes.
  public List<String> glass() {
    return is.glass;
  }

  /// Whether windows and freezes no longer hold the run back: two people said so.
  public boolean isGlassBroken() {
    return is.glass.size() >= 2;
  }

  Reminded reminded() {
    return is.reminded;
  }

  /// Where the step stands.
  public StepState step(StepId id) {
    StepState state = is.steps.get(id);
    if (state == null) {
      throw new IllegalArgumentException("run: there is no step " + id);
    }
    return state;
  }

  /// The step of that name, in the plan or in its rollback. Quick in a plan of any size.
  public Optional<Step> find(StepId id) {
    return is.steps.find(id);
  }

  /// The steps whose effects are under way, in the order they started.
  public List<StepId> running() {
    return is.steps.running();
  }

  /// The steps that are gone through now: the plan's, or the rollback's once its undos are done.
  public List<Step> course() {
    return is.status == Status.ROLLING_BACK ? plan().rollback() : plan().steps();
  }

  /// The course from the first step that is not settled.
  public List<Step> rest() {
    return is.steps.rest(is.status == Status.ROLLING_BACK);
  }

  /// The first step that is not settled.
  public Optional<Step> next() {
    return is.status == Status.ROLLING_BACK ? is.steps.nextOfRollback() : is.steps.nextPlanned();
  }

  /// The steps people may settle now: those not settled, up to and including the first barrier.
  public List<Step> open() {
    if (is.status == Status.ROLLING_BACK && hasUndos()) {
      return List.of();
    }
    List<Step> open = new ArrayList<>();
    for (Step step : rest()) {
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

  /// How often this undo was begun so far, in rollbacks that were called off too: no two attempts
  /// have the same number.
  int attempts(Undo undo) {
    return is.attempts.getOrDefault(undo, 0);
  }

  /// What is taken back next: traffic goes back before anything else, to a stable version that is
  /// there; what is left goes last in, first out.
  public Optional<Undo> nextUndo() {
    Optional<Undo> revive = last(Work.Revive.class);
    Optional<Undo> first = revive.isPresent() ? revive : last(Work.Restore.class);
    return first.isPresent() || is.undos.isEmpty() ? first : Optional.of(is.undos.getLast());
  }

  private Optional<Undo> last(Class<? extends Work> kind) {
    return is.undos.reversed().stream().filter(undo -> kind.isInstance(undo.work())).findFirst();
  }

  /// Whether anything has been changed that can be taken back.
  public boolean hasUndos() {
    return !is.undos.isEmpty();
  }

  /// The undo that a person must decide about, if there is one: it may lose data, it failed too
  /// often, or nobody knows whether it happened.
  public Optional<UndoState> stuckUndo() {
    return is.undo.filter(current ->
        current.phase() == Phase.ASKED
            || current.phase() == Phase.UNKNOWN
            || (current.phase() == Phase.FAILED && current.failures() >= Decider.UNDO_ATTEMPTS));
  }

  /// The state after one more event.
  public RunState evolve(Recorded recorded) {
    RunDraft next = new RunDraft(is);
    next.apply(recorded, this);
    return new RunState(next);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RunState that && is.all().equals(that.is.all());
  }

  @Override
  public int hashCode() {
    return Objects.hash(is.seq, is.started, is.begin.hash());
  }

  @Override
  public String toString() {
    return "RunState" + is.all();
  }
}
