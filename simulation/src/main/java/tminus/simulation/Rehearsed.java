package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.Runs;

/// What came of one rehearsal.
///
/// @param seed what it was made from
/// @param state where the run stood at the end; not over when it would have waited on and on
/// @param events what its journal says
/// @param faults when which fault began
/// @param waits how long who was waited for
/// @param traffic what customers got
/// @param recovery how it got over what went wrong
/// @param loss what was lost of the data
public record Rehearsed(
    long seed,
    RunState state,
    List<Recorded> events,
    List<Began> faults,
    List<People.Waited> waits,
    Requests traffic,
    Recovery recovery,
    Optional<DataLoss> loss) {

  /// When a fault began.
  public record Began(Instant at, String fault) {}

  /// What customers got.
  ///
  /// @param exposed how long the candidate had traffic
  /// @param failed answered with an error or not at all
  /// @param slow answered, but more slowly than the document puts up with
  public record Requests(
      Duration exposed, long asked, long askedOfCandidate, long failed, long slow) {

    /// Requests that customers noticed.
    public long hurt() {
      return failed + slow;
    }
  }

  /// How a run got over what went wrong. Times are counted from the first fault that hurts the
  /// service while somebody can feel it, and from the beginning of the rollback.
  ///
  /// @param detection until something noticed it: a trigger, a check, a person
  /// @param back until all traffic was on the stable version
  /// @param rollback from the beginning of the rollback until the traffic is back and every change
  ///   undone
  /// @param isFelt whether anything went wrong that customers could feel
  public record Recovery(
      boolean isFelt,
      Optional<Duration> detection,
      Optional<Duration> back,
      Optional<Duration> rollback) {}

  public Rehearsed {
    events = List.copyOf(events);
    faults = List.copyOf(faults);
    waits = List.copyOf(waits);
  }

  static Rehearsed of(
      long seed,
      Runs.View view,
      SimulatedWorld world,
      List<People.Waited> waits,
      FaultClock faults) {
    RunState state = view.state();
    Traffic traffic = world.traffic();
    return new Rehearsed(
        seed,
        state,
        view.events(),
        faults.begun().stream().map(begun -> new Began(begun.at(), begun.fault().text())).toList(),
        waits,
        new Requests(
            traffic.exposed(),
            traffic.asked(),
            traffic.askedOfCandidate(),
            traffic.failed(),
            traffic.slow()),
        recovery(view.events(), world, state, faults),
        DataLoss.of(state, view.events(), traffic.perSecond()));
  }

  /// How long the run took.
  public Duration took() {
    return Duration.between(events.getFirst().at(), events.getLast().at());
  }

  /// Whether it came to its end.
  public boolean isOver() {
    return state.status() == Status.FINISHED;
  }

  /// Whether it is on its way back.
  public boolean isRollingBack() {
    return state.status() == Status.ROLLING_BACK;
  }

  // ---- Recovery

  private static Recovery recovery(
      List<Recorded> events, SimulatedWorld world, RunState state, FaultClock faults) {
    Slot candidate = state.slots().orElseThrow().candidate();
    List<Reality.Done> log = world.reality().log();
    Optional<Instant> felt =
        faults.begun().stream()
            .filter(FaultClock.Begun::hurts)
            .findFirst()
            .flatMap(fault -> felt(fault, log, candidate));
    Optional<Instant> began =
        events.stream()
            .filter(recorded -> recorded.event() instanceof Event.RollbackStarted)
            .map(Recorded::at)
            .findFirst();
    Optional<Instant> back =
        felt.flatMap(from ->
            log.stream()
                .filter(done -> !done.at().isBefore(from))
                .filter(done -> share(done, candidate).filter(Weight.NONE::equals).isPresent())
                .map(Reality.Done::at)
                .findFirst());
    return new Recovery(
        felt.isPresent(),
        felt.flatMap(from -> noticed(events, from).map(at -> Duration.between(from, at))),
        felt.flatMap(from -> back.map(at -> Duration.between(from, at))),
        began.flatMap(from -> undone(events, from).map(at -> Duration.between(from, at))));
  }

  private static Optional<Weight> share(Reality.Done done, Slot slot) {
    return done.deed() instanceof Deed.Routed(var weights)
        ? Optional.of(weights.getOrDefault(slot, Weight.NONE))
        : Optional.empty();
  }

  /// A fault of the candidate is felt once that has traffic.
  private static Optional<Instant> felt(
      FaultClock.Begun fault, List<Reality.Done> log, Slot candidate) {
    if (fault.isOfStable()) {
      return Optional.of(fault.at());
    }
    Weight now = Weight.NONE;
    for (Reality.Done done : log) {
      Optional<Weight> share = share(done, candidate);
      if (share.isPresent()) {
        if (!now.equals(Weight.NONE) && done.at().isAfter(fault.at())) {
          return Optional.of(fault.at());
        }
        now = share.get();
        if (!now.equals(Weight.NONE) && !done.at().isBefore(fault.at())) {
          return Optional.of(done.at());
        }
      }
    }
    return now.equals(Weight.NONE) ? Optional.empty() : Optional.of(fault.at());
  }

  private static Optional<Instant> noticed(List<Recorded> events, Instant from) {
    return events.stream()
        .filter(recorded -> !recorded.at().isBefore(from))
        .filter(recorded ->
            switch (recorded.event()) {
              case Event.TriggerFired _, Event.TriggerNoticed _, Event.RollbackStarted _ -> true;
              case Event.StepEnded(_, _, Outcome.Failed _) -> true;
              case Event.StepRejected _ -> true;
              default -> false;
            })
        .map(Recorded::at)
        .findFirst();
  }

  /// When the last undo of the first rollback had ended.
  private static Optional<Instant> undone(List<Recorded> events, Instant began) {
    Optional<Instant> last = Optional.empty();
    for (Recorded recorded : events) {
      if (recorded.event() instanceof Event.RollbackCancelled) {
        return Optional.empty();
      }
      if (recorded.event() instanceof Event.UndoEnded(_, Work _, _, Outcome.Done _)
          && !recorded.at().isBefore(began)) {
        last = Optional.of(recorded.at());
      }
    }
    return last;
  }
}
