package tminus.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState.Phase;
import tminus.core.run.Waiting;

/// Carries one run through: a [Loop] in the calling thread, and a thread for each of its effects.
/// One driver at a time: it holds the run by a lease.
public final class Driver implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Runs runs;
  private final RunId id;
  private final ThreadHands hands;
  private final Loop loop;
  private final Tenure tenure;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Stopping stopping = Stopping.NOT;

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
    this.tenure = new Tenure(runs, id, clock, owner);
    this.hands = new ThreadHands(clock);
    this.loop = new Loop(runs, id, world, listener, clock, hands, tenure::isHeld);
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

  /// Drives until the run is over, told to stop, or its patience ends.
  ///
  /// @throws JournalException when somebody else drives the run, or the journal fails
  public Stopped drive(Patience patience) throws InterruptedException {
    try {
      tenure.hold();
    } catch (JournalException e) {
      ended.countDown();
      throw e;
    }
    try {
      loop.adopt();
      long seen = 0;
      while (true) {
        boolean goesOn = stopping == Stopping.NOT;
        Set<Fence> fences = tenure.hold();
        if (tenure.hasChangedHands()) {
          loop.adopt();
        }
        Runs.View view = loop.turn(fences, goesOn);
        if (view.state().status() == Status.FINISHED) {
          return Stopped.FINISHED;
        }
        if (!goesOn) {
          loop.stopWaiting(view.state());
          if (hands.underWay().isEmpty() || stopping == Stopping.NOW) {
            return Stopped.CLOSED;
          }
        } else if (view.seq() > seen) {
          // What follows from what has just happened is not waited for.
          seen = view.seq();
          continue;
        } else if (waits(view.state()) && !stays(patience, view.state())) {
          return Stopped.WAITING;
        }
        hands.await(POLL);
      }
    } finally {
      loop.stopAll();
      loop.hear(runs.view(id));
      tenure.release();
      ended.countDown();
    }
  }

  private static boolean stays(Patience patience, RunState state) {
    return switch (patience) {
      case NONE -> false;
      case WHILE_EXPOSED -> Loop.isExposed(state);
      case ALWAYS -> true;
    };
  }

  /// Whether nothing is under way but the watch, and only a person or time makes it go on.
  private boolean waits(RunState state) {
    boolean idle = hands.underWay().stream().allMatch(Effect.WATCH::equals);
    boolean postponed =
        state.next().filter(step -> state.step(step.id()).phase() == Phase.POSTPONED).isPresent();
    return idle && (postponed || Waiting.of(state).isPresent());
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
