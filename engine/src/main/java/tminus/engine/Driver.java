package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import tminus.core.plan.Action;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Event.Slots;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Slot;

/// Carries one run through: reads where it stands, lets the state machine decide, performs the
/// effects it decided, and again.
///
/// Nothing lives in memory alone. Whatever line it is killed at, another driver reads the journal
/// and goes on: effects that may have happened are looked at or handed to a person, and never
/// repeated on hope. One driver at a time: it holds the run by a lease.
public final class Driver implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final Runs runs;
  private final RunId id;
  private final World world;
  private final RunListener listener;
  private final InstantSource clock;
  private final Effects effects;
  private final String owner;
  private final BlockingDeque<RunCommand> reports = new LinkedBlockingDeque<>();
  private final Map<Effect, Thread> underWay = new HashMap<>();
  private Optional<Thread> watch = Optional.empty();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Stopping stopping = Stopping.NOT;
  private long heard;
  private Instant leaseUntil = Instant.EPOCH;
  private Set<Fence> fences = Set.of();

  /// An effect that was started: a step's attempt, or an undo's.
  private record Effect(StepId step, Optional<Work> undo, int attempt) {}

  /// Whether a driver is to stop.
  private enum Stopping {
    NOT,
    /// Once the commands and changes under way have ended.
    SOON,
    NOW
  }

  /// Why a driver stopped.
  public enum Stopped {
    /// The run is over.
    FINISHED,
    /// Nothing goes on without a person.
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
    this.world = world;
    this.listener = listener;
    this.clock = clock;
    this.effects = new Effects(world, clock);
    this.owner = owner;
  }

  /// Drives until the run is over, or told to stop. The listener hears of what happens from now on,
  /// and of the start of a new run.
  ///
  /// @param patient whether to wait for people; else it also stops when only a person can make it
  ///   go on
  /// @throws JournalException when somebody else drives the run, or the journal fails
  public Stopped drive(boolean patient) throws InterruptedException {
    try {
      lease();
    } catch (JournalException e) {
      ended.countDown();
      throw e;
    }
    try {
      Runs.View found = runs.view(id);
      heard = found.seq() == 1 ? 0 : found.seq();
      adopt(found);
      long seen = 0;
      while (true) {
        lease();
        boolean goesOn = stopping == Stopping.NOT;
        List<RunCommand> said = drain();
        if (goesOn) {
          // With the outcome of one step in one commit: the intent of the next.
          said.add(new RunCommand.Advance());
        }
        Runs.View view = told(said);
        hear(view);
        if (view.state().status() == Status.FINISHED) {
          return Stopped.FINISHED;
        }
        stopForward(view.state());
        if (!goesOn) {
          interruptPatient(view.state());
          if (underWay.isEmpty() || stopping == Stopping.NOW) {
            return Stopped.CLOSED;
          }
          await();
          continue;
        }
        startEffects(view);
        startWatch(view);
        if (view.seq() > seen) {
          // What follows from what has just happened is not waited for.
          seen = view.seq();
          continue;
        }
        if (!patient && waitsForPerson(view.state())) {
          return Stopped.WAITING;
        }
        await();
      }
    } finally {
      stopEverything();
      hear(runs.view(id));
      runs.release(fences);
      ended.countDown();
    }
  }

  private void lease() {
    Instant now = clock.instant();
    if (now.isBefore(leaseUntil.minus(LEASE.dividedBy(2)))) {
      return;
    }
    fences =
        switch (runs.take(id, owner, now.plus(LEASE))) {
          case Runs.Right.Granted(Set<Fence> granted) -> granted;
          case Runs.Right.Driven(String other, _) ->
              throw new JournalException(
                  "run %s is driven by %s - end that one first".formatted(id, other));
          case Runs.Right.Refused(Runs.Occupant occupant) ->
              throw new JournalException(occupant.message());
        };
    leaseUntil = now.plus(LEASE);
  }

  /// What was under way when another process ended. Waiting, shifting, deploying and retiring can
  /// be done again, since doing what is done changes nothing; of a command or a message nobody
  /// knows whether it happened.
  private void adopt(Runs.View view) {
    RunState state = view.state();
    for (Map.Entry<StepId, StepState> entry : state.steps().entrySet()) {
      StepState step = entry.getValue();
      if (step.phase() == Phase.RUNNING
          && !canRepeat(state.plan().step(entry.getKey()).orElseThrow().action())) {
        reports.add(
            new RunCommand.Report(
                entry.getKey(),
                step.attempt(),
                new Outcome.Unknown(
                    "it was under way when Tminus ended; look whether it happened")));
      }
    }
    state
        .undo()
        .filter(undo -> undo.phase() == Phase.RUNNING && undo.undo().work() instanceof Work.Shell)
        .ifPresent(undo ->
            reports.add(
                new RunCommand.ReportUndo(
                    undo.undo().step(),
                    undo.undo().work(),
                    undo.attempt(),
                    new Outcome.Unknown("it was under way when Tminus ended"))));
  }

  private static boolean canRepeat(Action action) {
    return switch (action) {
      case Action.Check _, Action.Notify _ -> false;
      case Action.Act(Work work, _) -> !(work instanceof Work.Shell);
      case Action.Shift _,
          Action.Bake _,
          Action.Wait _,
          Action.Attest _,
          Action.Parts _,
          Action.Gate _ ->
          true;
    };
  }

  private List<RunCommand> drain() {
    List<RunCommand> commands = new ArrayList<>();
    reports.drainTo(commands);
    for (RunCommand command : commands) {
      effect(command).ifPresent(underWay::remove);
    }
    return commands;
  }

  private static Optional<Effect> effect(RunCommand command) {
    return switch (command) {
      case RunCommand.Report report ->
          Optional.of(new Effect(report.step(), Optional.empty(), report.attempt()));
      case RunCommand.ReportUndo report ->
          Optional.of(new Effect(report.step(), Optional.of(report.work()), report.attempt()));
      case RunCommand.Measure _, RunCommand.Fire _ -> Optional.empty();
      case RunCommand.Advance _,
          RunCommand.Start _,
          RunCommand.Sign _,
          RunCommand.Confirm _,
          RunCommand.Skip _,
          RunCommand.Retry _,
          RunCommand.Note _,
          RunCommand.Hold _,
          RunCommand.Resume _,
          RunCommand.Abort _,
          RunCommand.RollBack _ ->
          Optional.empty();
    };
  }

  private Runs.View told(List<RunCommand> commands) {
    return switch (runs.tell(id, Recorded.TMINUS, fences, commands.toArray(RunCommand[]::new))) {
      case Runs.Answer.Accepted(Runs.View view) -> view;
      case Runs.Answer.Refused(String reason) ->
          throw new IllegalStateException(
              "the run refused what its own driver reported: " + reason);
    };
  }

  private void hear(Runs.View view) {
    List<Recorded> events = view.events();
    while (heard < events.size()) {
      listener.recorded(view, events.get((int) heard));
      heard++;
    }
  }

  /// Before anything is taken back, whatever still changes things forward must have stopped. The
  /// rollback may have begun with the very commit that holds the intent of the first undo.
  private void stopForward(RunState state) throws InterruptedException {
    if (state.status() != Status.ROLLING_BACK) {
      return;
    }
    List<Effect> forward =
        underWay.keySet().stream()
            .filter(effect ->
                effect.undo().isEmpty() && state.step(effect.step()).phase() != Phase.RUNNING)
            .toList();
    for (Effect effect : forward) {
      Thread thread = underWay.get(effect);
      if (thread != null) {
        thread.interrupt();
        thread.join();
      }
      underWay.remove(effect);
    }
  }

  private void startEffects(Runs.View view) {
    RunState state = view.state();
    Slots slots = state.slots().orElse(NO_SLOTS);
    boolean goesBack = state.status() == Status.ROLLING_BACK;
    for (Map.Entry<StepId, StepState> entry : state.steps().entrySet()) {
      StepState at = entry.getValue();
      if (at.phase() == Phase.RUNNING) {
        Effect effect = new Effect(entry.getKey(), Optional.empty(), at.attempt());
        Step step = state.plan().step(entry.getKey()).orElseThrow();
        start(
            effect,
            () ->
                new RunCommand.Report(
                    effect.step(),
                    effect.attempt(),
                    effects.perform(
                        step.action(),
                        slots,
                        goesBack ? slots.stable() : slots.candidate(),
                        at.since(),
                        line -> listener.output(step.id(), line))));
      }
    }
    state
        .undo()
        .filter(undo -> undo.phase() == Phase.RUNNING)
        .ifPresent(undo -> {
          Effect effect =
              new Effect(undo.undo().step(), Optional.of(undo.undo().work()), undo.attempt());
          start(
              effect,
              () ->
                  new RunCommand.ReportUndo(
                      effect.step(),
                      undo.undo().work(),
                      effect.attempt(),
                      effects.perform(
                          undo.undo().work(),
                          slots,
                          line -> listener.output(effect.step(), line))));
        });
  }

  /// For plans that move no traffic: their steps name no slot.
  private static final Slots NO_SLOTS =
      new Slots(new Slot("stable"), new Slot("candidate"), "unknown");

  @FunctionalInterface
  private interface Performance {
    RunCommand perform() throws InterruptedException;
  }

  private void start(Effect effect, Performance performance) {
    if (underWay.containsKey(effect)
        || reports.stream().anyMatch(report -> effect(report).equals(Optional.of(effect)))) {
      return;
    }
    underWay.put(
        effect,
        Thread.ofVirtual()
            .name("effect " + effect.step())
            .start(() -> {
              try {
                reports.add(performance.perform());
              } catch (InterruptedException e) {
                // Stopped by the driver, which has said why already.
                Thread.currentThread().interrupt();
              } catch (RuntimeException | Error e) {
                // An adapter's missing class must not leave the run waiting for ever.
                Outcome failed = new Outcome.Failed("it failed unexpectedly: " + e, List.of());
                reports.add(
                    effect
                        .undo()
                        .<RunCommand>map(work ->
                            new RunCommand.ReportUndo(
                                effect.step(), work, effect.attempt(), failed))
                        .orElseGet(
                            () -> new RunCommand.Report(effect.step(), effect.attempt(), failed)));
              }
            }));
  }

  /// The watch begins with the first shift and outlives everything but the run.
  private void startWatch(Runs.View view) {
    boolean shifted =
        view.state().undos().stream().anyMatch(undo -> undo.work() instanceof Work.Restore)
            && view.state().status() != Status.FINISHED;
    if (watch.isPresent()
        || !shifted
        || world.delivery().isEmpty()
        || view.state().slots().isEmpty()) {
      return;
    }
    Watch look =
        new Watch(view.state().plan(), view.state().slots().get(), world.delivery().get(), clock);
    watch =
        Optional.of(
            Thread.ofVirtual()
                .name("watch")
                .start(() -> {
                  try {
                    while (true) {
                      reports.addAll(look.look());
                      Thread.sleep(Watch.LOOK);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private boolean waitsForPerson(RunState state) {
    return underWay.isEmpty() && reports.isEmpty() && whatPersonsMustDo(state).isPresent();
  }

  /// What only a person can do now, if nothing goes on without one.
  public static Optional<String> whatPersonsMustDo(RunState state) {
    return switch (state.status()) {
      case FINISHED -> Optional.empty();
      case HELD -> Optional.of("the run is held (%s): tminus resume".formatted(state.reason()));
      case RUNNING, ROLLING_BACK -> {
        Optional<String> stuck =
            state
                .stuckUndo()
                .map(
                    undo -> "an undo failed (%s): %s".formatted(undo.undo().step(), undo.detail()));
        yield stuck.or(() ->
            state
                .next()
                .filter(step -> state.step(step.id()).phase().needsPerson())
                .map(step -> "%s: %s".formatted(step.id(), state.step(step.id()).detail())));
      }
    };
  }

  private void await() throws InterruptedException {
    RunCommand report = reports.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
    if (report != null) {
      reports.addFirst(report);
    }
  }

  private void stopEverything() throws InterruptedException {
    Set<Thread> threads = new HashSet<>(underWay.values());
    watch.ifPresent(threads::add);
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /// Waiting can be broken off at any time, and goes on where it was.
  private void interruptPatient(RunState state) throws InterruptedException {
    for (Effect effect : List.copyOf(underWay.keySet())) {
      boolean waits =
          effect.undo().isEmpty()
              && switch (state.plan().step(effect.step()).orElseThrow().action()) {
                case Action.Wait _, Action.Bake _ -> true;
                case Action.Check _,
                    Action.Act _,
                    Action.Shift _,
                    Action.Notify _,
                    Action.Attest _,
                    Action.Parts _,
                    Action.Gate _ ->
                    false;
              };
      Thread thread = underWay.get(effect);
      if (waits && thread != null) {
        thread.interrupt();
        thread.join();
        underWay.remove(effect);
      }
    }
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
