package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import tminus.core.plan.Action;
import tminus.core.run.Decider;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState.Phase;
import tminus.core.run.Waiting;

/// Carries one run through: a [Loop] in the calling thread, and a thread for each of its effects.
/// One driver at a time: it holds the run by a lease.
public final class Driver implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  /// A wait that is over sooner is sat out: to put it away and take it up again takes longer.
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final Runs runs;
  private final RunId id;
  private final InstantSource clock;
  private final String owner;
  private final ThreadHands hands;
  private final Loop loop;
  private final Tenure tenure;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Stopping stopping = Stopping.NOT;
  private long seen;

  /// Whether a driver is to stop.
  private enum Stopping {
    NOT,
    /// Once the commands and changes under way have ended.
    SOON,
    NOW
  }

  /// How long a driver stays when only a person or time makes the run go on.
  public enum Patience {
    /// Not at all.
    NONE,
    /// While the candidate has traffic: somebody must watch the triggers.
    WHILE_EXPOSED,
    /// The same, and not for a step that lets time pass either: a server takes it up when it is
    /// over.
    SERVING,
    /// Always.
    ALWAYS
  }

  /// Why a driver stopped.
  public enum Stopped {
    /// The run is over.
    FINISHED,
    /// Nothing goes on without a person, or before its time.
    WAITING,
    /// It was told to stop.
    CLOSED
  }

  /// A driver of a run.
  ///
  /// @param owner who drives, as others are told: host and process
  public Driver(
      Runs runs, RunId id, World world, RunListener listener, InstantSource clock, String owner) {
    this.runs = runs;
    this.id = id;
    this.clock = clock;
    this.owner = owner;
    this.tenure = new Tenure(runs, id, clock, owner);
    this.hands = new ThreadHands(clock);
    this.loop = new Loop(runs, id, world, listener, clock, hands, tenure::isHeld);
  }

  /// Waits while somebody else drives the run. The listener hears of what happens meanwhile.
  ///
  /// @return why it stopped, if there is nothing left to drive
  public Optional<Stopped> awaitTurn(Patience patience) throws InterruptedException {
    Optional<Stopped> stopped = lookOn(patience);
    stopped.ifPresent(_ -> ended.countDown());
    return stopped;
  }

  private Optional<Stopped> lookOn(Patience patience) throws InterruptedException {
    loop.listen(runs.view(id));
    Instant quietSince = clock.instant();
    long seen = 0;
    while (other().isPresent()) {
      Runs.View view = runs.view(id);
      loop.hear(view);
      if (view.seq() > seen) {
        seen = view.seq();
        quietSince = clock.instant();
      }
      boolean isQuiet = Duration.between(quietSince, clock.instant()).compareTo(SHORT) > 0;
      if (view.state().status() == Status.FINISHED) {
        return Optional.of(Stopped.FINISHED);
      } else if (stopping != Stopping.NOT) {
        return Optional.of(Stopped.CLOSED);
      } else if (patience != Patience.ALWAYS && isQuiet && Waiting.of(view.state()).isPresent()) {
        return Optional.of(Stopped.WAITING);
      }
      hands.await(POLL.multipliedBy(2));
    }
    Runs.View view = runs.view(id);
    if (view.state().status() != Status.FINISHED) {
      return Optional.empty();
    }
    loop.hear(view);
    tenure.hold();
    tenure.release();
    return Optional.of(Stopped.FINISHED);
  }

  /// Who else drives the run, if somebody does. If nobody does, it is this driver's for a lease.
  public Optional<String> other() {
    return runs.take(id, owner, clock.instant().plus(Tenure.LEASE))
            instanceof Runs.Right.Driven(String other, _)
        ? Optional.of(other)
        : Optional.empty();
  }

  /// Drives until the run is over, or told to stop. The listener hears of what happens from now on,
  /// and of the start of a new run.
  ///
  /// @param patient whether to wait for people; else it also stops when only a person or time can
  ///   make it go on
  /// @throws JournalException when somebody else drives the run, or the journal fails
  public Stopped drive(boolean patient) throws InterruptedException {
    return drive(patient ? Patience.ALWAYS : Patience.NONE);
  }

  /// Drives until the run is over, or told to stop. The listener hears of what happens from now on,
  /// and of the start of a new run.
  ///
  /// @throws FencedException when somebody else has taken over: nothing of this driver's is under
  ///   way any more
  /// @throws JournalException when somebody else drives the run, or the journal fails
  public Stopped drive(Patience patience) throws InterruptedException {
    try {
      tenure.hold();
    } catch (JournalException e) {
      ended.countDown();
      throw e;
    }
    Leash leash = new Leash(tenure, clock, hands::cut);
    try {
      loop.adopt();
      return turns(patience, leash);
    } finally {
      try {
        loop.stopAll();
        leash.close();
        loop.hear(runs.view(id));
        tenure.release();
      } finally {
        ended.countDown();
      }
    }
  }

  private Stopped turns(Patience patience, Leash leash) throws InterruptedException {
    while (true) {
      if (leash.lost().isPresent()) {
        throw leash.lost().get();
      }
      if (leash.isCut()) {
        throw new JournalException(
            "%s: did not answer for %d s, so what was under way was ended"
                .formatted(runs.journal().name(), Tenure.LEASE.toSeconds()));
      }
      try {
        Optional<Stopped> stopped = turn(patience);
        if (stopped.isPresent()) {
          return stopped.get();
        }
      } catch (Database.LostException _) {
        // Back in a moment, most often; what is under way goes on until the right ends.
        hands.await(POLL);
      }
    }
  }

  private Optional<Stopped> turn(Patience patience) throws InterruptedException {
    boolean goesOn = stopping == Stopping.NOT;
    Runs.View view = loop.turn(tenure.hold(), goesOn);
    if (view.state().status() == Status.FINISHED) {
      return Optional.of(Stopped.FINISHED);
    }
    if (!goesOn) {
      loop.stopWaiting(view.state());
      if (hands.underWay().isEmpty() || stopping == Stopping.NOW) {
        return Optional.of(Stopped.CLOSED);
      }
    } else if (waits(view.state(), patience) && !stays(patience, view.state())) {
      if (view.seq() == seen) {
        return Optional.of(Stopped.WAITING);
      }
      // Somebody may have said meanwhile what it would wait for.
      seen = view.seq();
      return Optional.empty();
    }
    hands.await(POLL);
    return Optional.empty();
  }

  private static boolean stays(Patience patience, RunState state) {
    return switch (patience) {
      case NONE -> false;
      case WHILE_EXPOSED, SERVING -> Loop.isExposed(state);
      case ALWAYS -> true;
    };
  }

  /// Whether nothing is under way but the watch, and only a person or time makes it go on.
  private boolean waits(RunState state, Patience patience) {
    Set<Effect> underWay = hands.underWay();
    boolean idle = underWay.stream().allMatch(Effect.WATCH::equals);
    if (idle && (isPostponed(state) || Waiting.of(state).isPresent())) {
      return true;
    }
    boolean pauses =
        !underWay.isEmpty() && underWay.stream().allMatch(effect -> isPause(state, effect));
    return patience == Patience.SERVING
        && pauses
        && wake(state).filter(clock.instant().plus(SHORT)::isBefore).isPresent();
  }

  private static boolean isPostponed(RunState state) {
    return state
        .next()
        .filter(step -> state.step(step.id()).phase() == Phase.POSTPONED)
        .isPresent();
  }

  private static boolean isPause(RunState state, Effect effect) {
    return !effect.equals(Effect.WATCH)
        && effect.undo().isEmpty()
        && state.find(effect.step()).orElseThrow().action() instanceof Action.Wait;
  }

  /// The next moment at which the run goes on though nothing has happened; empty when only an event
  /// can make it go on.
  public static Optional<Instant> wake(RunState state) {
    Stream<Instant> pauses =
        state.running().stream()
            .filter(step -> state.find(step).orElseThrow().action() instanceof Action.Wait)
            .map(step -> {
              Action.Wait wait = (Action.Wait) state.find(step).orElseThrow().action();
              return state.step(step).since().plus(wait.duration());
            });
    return Stream.concat(Decider.wake(state).stream(), pauses).min(Instant::compareTo);
  }

  /// What only a person can do now, if nothing goes on without one.
  public static Optional<String> whatPersonsMustDo(RunState state) {
    return Waiting.of(state).map(Waiting.For::what);
  }

  /// Makes [#drive] return once the commands and changes under way have ended. Nothing new starts.
  public void stop() {
    if (stopping == Stopping.NOT) {
      stopping = Stopping.SOON;
    }
  }

  /// Makes [#drive] return at once. Commands under way are ended; what became of them is unknown
  /// then, and a person decides.
  public void abandon() {
    stopping = Stopping.NOW;
  }

  /// Stops, and returns when [#drive] has. Not to be called by the thread that drives.
  @Override
  public void close() {
    stop();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
