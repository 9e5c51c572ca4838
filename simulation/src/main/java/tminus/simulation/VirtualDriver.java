package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import tminus.core.run.Decider;
import tminus.core.run.RunState.Status;
import tminus.engine.Effect;
import tminus.engine.Fence;
import tminus.engine.JournalException;
import tminus.engine.Loop;
import tminus.engine.RunId;
import tminus.engine.RunListener;
import tminus.engine.Runs;
import tminus.engine.Tenure;
import tminus.engine.World;

/// Drives a run in virtual time, with the engine's own loop: what the driver's thread does there is
/// here an entry of the agenda. It can be killed, paused and gone on with, as a process can.
/// Confined to one thread.
public final class VirtualDriver {

  /// The end of the process, at whatever line it comes. No handler of the engine's may take it for
  /// something it could go on after.
  public static final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    /// The process ends here.
    ///
    /// @param where the line, in words
    public Killed(String where) {
      super(where, null, false, false);
    }
  }

  /// How it is with the process.
  public enum Life {
    /// It drives, or looks whether it may.
    ALIVE,
    /// It stands still, and does not know it.
    PAUSED,
    /// It was killed, or gave up since another one drives.
    DEAD,
    /// The run is over.
    DONE
  }

  /// How soon the loop notices what others have written.
  private static final long POLL_MILLIS = 100;

  private final Agenda agenda;
  private final Runs runs;
  private final RunId id;
  private final VirtualHands hands;
  private final Loop loop;
  private final Optional<Tenure> tenure;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Queue<Runnable> delayed = new ArrayDeque<>();
  private Life life = Life.ALIVE;
  private String end = "";
  private long seen;
  private boolean woken;
  private Optional<Instant> alarm = Optional.empty();
  private Runnable afterTurn = () -> {};

  /// What a driver needs beside its run.
  ///
  /// @param owner who drives, as the lease names it
  /// @param leased whether the run is held by a lease, which others may take when it ends
  /// @param clock what the process takes for the time
  public record Setting(String owner, boolean leased, InstantSource clock) {}

  /// A driver; it begins with [#start].
  public VirtualDriver(
      Runs runs,
      RunId id,
      SimulatedWorld world,
      RunListener listener,
      Setting setting,
      RandomGenerator random) {
    this(runs, id, world, world.world(), listener, setting, random);
  }

  VirtualDriver(
      Runs runs,
      RunId id,
      SimulatedWorld simulated,
      World world,
      RunListener listener,
      Setting setting,
      RandomGenerator random) {
    this.agenda = simulated.reality().agenda();
    this.runs = runs;
    this.id = id;
    this.clock = setting.clock();
    this.random = random;
    this.hands =
        new VirtualHands(simulated.reality(), setting.clock(), setting.owner(), new Host(), random);
    this.tenure =
        setting.leased()
            ? Optional.of(new Tenure(runs, id, setting.clock(), setting.owner()))
            : Optional.empty();
    this.loop = new Loop(runs, id, world, listener, setting.clock(), hands, this::mayAct);
  }

  private final class Host implements VirtualHands.Host {

    @Override
    public void run(Runnable part) {
      switch (life) {
        case ALIVE -> guarded(part);
        case PAUSED -> delayed.add(part);
        case DEAD, DONE -> {}
      }
    }

    @Override
    public void wake() {
      VirtualDriver.this.wake(Duration.ZERO);
    }
  }

  /// Begins: takes the run over as it is found, and goes on with it.
  public void start() {
    guarded(() -> {
      hold();
      loop.adopt();
      turn();
    });
    tenure.ifPresent(_ -> beat());
  }

  /// The lease is renewed whatever else happens, as a loop that polls does.
  private void beat() {
    agenda.in(
        Tenure.LEASE.dividedBy(4),
        () -> {
          if (life == Life.ALIVE || life == Life.PAUSED) {
            new Host().run(this::hold);
            beat();
          }
        });
  }

  private boolean mayAct() {
    return tenure.map(Tenure::isHeld).orElse(true);
  }

  private Set<Fence> hold() {
    return tenure.map(Tenure::hold).orElse(Set.of());
  }

  private void guarded(Runnable part) {
    try {
      part.run();
    } catch (Killed | JournalException e) {
      // The same as far as the run is concerned: this one drives no more.
      kill(String.valueOf(e.getMessage()));
    }
  }

  /// Somebody else has written something: it is noticed within a poll.
  public void notice() {
    if (life == Life.ALIVE) {
      wake(Duration.ofMillis(1 + random.nextLong(POLL_MILLIS)));
    }
  }

  private void wake(Duration in) {
    if (!woken) {
      woken = true;
      agenda.in(
          in,
          () ->
              new Host()
                  .run(() -> {
                    woken = false;
                    turn();
                  }));
    }
  }

  private void turn() {
    while (true) {
      Runs.View view;
      try {
        Set<Fence> fences = hold();
        view = loop.turn(fences, true);
      } catch (InterruptedException _) {
        throw new IllegalStateException("nothing blocks in virtual time");
      }
      if (view.state().status() == Status.FINISHED) {
        life = Life.DONE;
        tenure.ifPresent(Tenure::release);
        return;
      }
      if (view.seq() <= seen) {
        alarm(Decider.wake(view.state()));
        afterTurn.run();
        return;
      }
      seen = view.seq();
    }
  }

  /// A moment at which something follows though nothing happens.
  private void alarm(Optional<Instant> next) {
    if (next.isEmpty() || next.equals(alarm)) {
      return;
    }
    alarm = next;
    Duration wait = Duration.between(clock.instant(), next.get()).plusMillis(1);
    agenda.in(
        wait.isNegative() ? Duration.ZERO : wait,
        () -> {
          if (alarm.equals(next)) {
            alarm = Optional.empty();
            notice();
          }
        });
  }

  /// Its clock was set: what it waits for comes sooner or later now.
  public void clockChanged() {
    alarm = Optional.empty();
    notice();
  }

  /// Runs something each time the loop has nothing more to do for now.
  public void afterTurn(Runnable what) {
    afterTurn = what;
  }

  /// Ends it where it stands, as `kill -9` does.
  ///
  /// @param why for whoever asks later
  public void kill(String why) {
    if (life == Life.ALIVE || life == Life.PAUSED) {
      life = Life.DEAD;
      end = why;
      hands.die();
      delayed.clear();
    }
  }

  /// Lets it stand still: time passes, and it does nothing.
  public void pause() {
    life = life == Life.ALIVE ? Life.PAUSED : life;
  }

  /// Lets it go on after a pause, with all it had been about to do.
  public void unpause() {
    if (life == Life.PAUSED) {
      life = Life.ALIVE;
      while (!delayed.isEmpty() && life == Life.ALIVE) {
        guarded(delayed.remove());
      }
    }
  }

  /// How it is with it.
  public Life life() {
    return life;
  }

  /// Why it ended; empty while it has not.
  public String end() {
    return end;
  }

  /// What it has under way.
  public Set<Effect> underWay() {
    return hands.underWay();
  }

  /// The run as it is now.
  public Runs.View view() {
    return runs.view(id);
  }
}
