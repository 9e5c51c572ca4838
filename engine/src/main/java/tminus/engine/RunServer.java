package tminus.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import tminus.core.plan.StepId;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;

/// Drives all runs of a store that are not over, beside any number of other servers. Safe for
/// concurrent use.
///
/// The scheduler (db-scheduler) says which run is to be looked at when, and that no two servers
/// look at one at the same time; what a server may write is decided by its leases alone, so that a
/// scheduler that is mistaken costs time and nothing else. A run that waits for people or for time
/// is an entry in the scheduler's table, and takes neither thread nor memory. One whose traffic is
/// watched stays in hand.
public final class RunServer {

  /// How soon a word from another process is noticed.
  private static final Duration POLL = Duration.ofMillis(500);

  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  /// After so many missed heartbeats a server's runs go to others: 12 s, as long as a lease.
  private static final int MISSED = 4;

  /// How many runs are fetched at once; more are as soon as half of those are under way or done. It
  /// bounds the memory of looking at a thousand, not how many are driven.
  private static final int BATCH = 16;

  /// Even what waits for ever is looked at that often, should a word have been missed.
  private static final Duration LONGEST = Duration.ofHours(1);

  /// How soon a run is looked at again that somebody else drives, at least.
  private static final Duration SOON = Duration.ofSeconds(1);

  /// How long the scheduler waits for what has been told to end before.
  private static final Duration LAST_WAIT = Duration.ofSeconds(10);

  /// A run that cannot go on here is put down for a moment, so that another server may take it; if
  /// none does, for twice as long each time, up to eight seconds: longer would keep it from one
  /// that can.
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  private static final int BACKOFFS = 3;

  /// Refused so often, it is written down in the run: no other server has taken it meanwhile.
  private static final int NOTED = 5;

  private static final Duration GLANCE = Duration.ofMillis(50);

  /// Makes the world a run acts on.
  @FunctionalInterface
  public interface Worlds {

    /// The run's world.
    ///
    /// @throws ElsewhereException when it cannot be had on this machine
    World of(Runs.View view) throws ElsewhereException;
  }

  private final Runs runs;
  private final JdbcJournal journal;
  private final Worlds worlds;
  private final ServerListener listener;
  private final InstantSource clock;
  private final String owner;
  private final Scheduler scheduler;
  private final Presence presence;
  private final Map<RunId, Driver> drivers = new ConcurrentHashMap<>();
  private final Map<RunId, Refusal> refusals = new ConcurrentHashMap<>();
  private final Map<RunId, Long> announced = new ConcurrentHashMap<>();
  private volatile boolean isClosing;

  /// Why a run cannot go on here, and how often that was found.
  private record Refusal(String why, int times) {}

  /// What follows from a look at a run.
  private sealed interface Look {

    /// Look again then.
    ///
    /// @param seq the last entry that was seen: if there is another, look at once
    record Again(Instant at, long seq) implements Look {}

    /// The run is over.
    record Over() implements Look {}
  }

  /// A server that has not started yet.
  ///
  /// @param runs of a store on a disk or in a database
  /// @param owner who drives, as others are told: host and process
  public RunServer(
      Runs runs, Worlds worlds, ServerListener listener, InstantSource clock, String owner) {
    if (!(runs.journal() instanceof JdbcJournal stored)) {
      throw new IllegalArgumentException(
          "%s: has nothing other servers could see".formatted(runs.journal().name()));
    }
    this.runs = runs;
    this.journal = stored;
    this.worlds = worlds;
    this.listener = listener;
    this.clock = clock;
    this.owner = owner;
    this.presence = new Presence(stored, clock, listener);
    this.scheduler = scheduler(stored);
  }

  private Scheduler scheduler(JdbcJournal stored) {
    CustomTask<Void> task =
        Tasks.custom(Agenda.TASK, Void.class)
            .onFailure((complete, operations) -> operations.reschedule(complete, soon()))
            .onDeadExecutionRevive()
            .execute((instance, _) -> look(new RunId(instance.getId())));
    return Scheduler.create(stored.connections(), task)
        .schedulerName(new SchedulerName.Fixed(owner))
        .threads(BATCH)
        .pollUsingFetch(0.5, 1.0)
        .executorService(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run ", 0).factory()))
        .pollingInterval(POLL)
        .heartbeatInterval(HEARTBEAT)
        .missedHeartbeatsLimit(MISSED)
        .shutdownMaxWait(LAST_WAIT)
        .build();
  }

  /// Begins to drive.
  ///
  /// @return how many runs are not over
  public int start() {
    presence.start();
    // What no server could drive so far, this one may.
    journal.agenda().bringAllForward();
    scheduler.start();
    return journal.agenda().size();
  }

  /// The runs this server drives at the moment; those that wait are not among them.
  public Set<RunId> inHand() {
    return Set.copyOf(drivers.keySet());
  }

  private Instant soon() {
    return clock.instant().plus(SOON);
  }

  // ---- Looking at a run

  private CompletionHandler<Void> look(RunId run) {
    return switch (seen(run)) {
      case Look.Over _ -> (_, operations) -> operations.remove();
      case Look.Again(Instant at, long seq) ->
          (complete, operations) -> {
            operations.reschedule(complete, at);
            // Said between the last look and now, it could not bring forward what was in hand.
            if (journal.tip(run).filter(tip -> tip.seq() > seq).isPresent()) {
              journal.agenda().bringForward(run);
            }
          };
    };
  }

  private Look seen(RunId run) {
    long seq = 0;
    try {
      Runs.View view = runs.view(run);
      seq = view.seq();
      if (view.state().status() == Status.FINISHED) {
        refusals.remove(run);
        announced.remove(run);
        return new Look.Over();
      }
      if (isClosing || drivers.containsKey(run)) {
        return new Look.Again(soon(), seq);
      }
      return attempt(view);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Look.Again(clock.instant(), seq);
    } catch (Database.LostException e) {
      // Said once, of the store: see Presence.
      return new Look.Again(soon(), seq);
    } catch (RuntimeException e) {
      // One run's broken binding or adapter must not keep the server from the others.
      return refused(run, seq, String.valueOf(e.getMessage()));
    } finally {
      if (!drivers.containsKey(run)) {
        runs.forget(run);
      }
    }
  }

  private Look attempt(Runs.View view) throws InterruptedException {
    RunId run = view.id();
    World world;
    try {
      world = worlds.of(view);
    } catch (ElsewhereException e) {
      return refused(run, view.seq(), "cannot be driven here: " + e.getMessage());
    }
    Instant now = clock.instant();
    return switch (runs.take(run, owner, now.plus(Tenure.LEASE))) {
      case Runs.Right.Granted _ -> drive(view, world);
      case Runs.Right.Driven(_, Instant until) ->
          new Look.Again(until.isAfter(soon()) ? until : soon(), view.seq());
      case Runs.Right.Refused(Runs.Occupant occupant) ->
          refused(run, view.seq(), occupant.message());
    };
  }

  private Look drive(Runs.View view, World world) throws InterruptedException {
    RunId run = view.id();
    Driver driver = new Driver(runs, run, world, new Lines(run), clock, owner);
    if (drivers.putIfAbsent(run, driver) != null) {
      return new Look.Again(soon(), view.seq());
    }
    try {
      if (isClosing) {
        driver.stop();
      }
      List<String> cutOff = Loop.cutOff(view.state());
      if (refusals.remove(run) != null || !cutOff.isEmpty()) {
        String under = cutOff.isEmpty() ? "" : "; under way was: " + String.join(", ", cutOff);
        listener.said(run, "goes on here" + under);
      }
      announce(view);
      return switch (driver.drive(Driver.Patience.SERVING)) {
        case FINISHED -> new Look.Over();
        case CLOSED -> new Look.Again(clock.instant(), Long.MAX_VALUE);
        case WAITING -> waiting(runs.view(run));
      };
    } catch (JournalException e) {
      // Fenced, or out of reach for longer than the lease: nothing of ours is under way any more.
      listener.said(run, "let go: " + e.getMessage());
      return new Look.Again(soon(), view.seq());
    } finally {
      drivers.remove(run, driver);
    }
  }

  /// What people said while nobody had the run in hand.
  private void announce(Runs.View view) {
    int size = view.events().size();
    int first = size;
    long last = announced.getOrDefault(view.id(), 1L);
    while (first > last && !view.events().get(first - 1).by().equals(Recorded.TMINUS)) {
      first--;
    }
    view.events().subList(first, size).forEach(event -> listener.recorded(view, event));
  }

  private Look waiting(Runs.View view) {
    announced.put(view.id(), view.seq());
    Instant now = clock.instant();
    Instant latest = now.plus(LONGEST);
    Instant at = Driver.wake(view.state()).filter(latest::isAfter).orElse(latest);
    return new Look.Again(at.isBefore(now) ? now : at, view.seq());
  }

  /// The run cannot go on here for now. That is said once, and written down if it stays so.
  private Look refused(RunId run, long seq, String why) {
    Refusal refusal =
        refusals.merge(run, new Refusal(why, 1), (old, _) -> new Refusal(why, old.times() + 1));
    if (refusal.times() == 1) {
      listener.said(run, why);
    }
    long seen = seq;
    if (refusal.times() == NOTED) {
      seen += noted(run, why);
    }
    Duration backoff = BACKOFF.multipliedBy(1L << Math.clamp(refusal.times() - NOTED, 0, BACKOFFS));
    return new Look.Again(clock.instant().plus(backoff), seen);
  }

  private long noted(RunId run, String why) {
    try {
      runs.tell(run, Recorded.TMINUS, new RunCommand.Note("%s: %s".formatted(owner, why)));
      return 1;
    } catch (JournalException _) {
      // A run that cannot even be read: it was said on the screen.
      return 0;
    }
  }

  /// Hands on what happens in one run.
  private final class Lines implements RunListener {

    private final RunId run;

    Lines(RunId run) {
      this.run = run;
    }

    @Override
    public void recorded(Runs.View view, Recorded recorded) {
      listener.recorded(view, recorded);
    }

    @Override
    public void output(StepId step, String line) {
      listener.output(run, step, line);
    }
  }

  // ---- Ending

  /// Takes no more runs, and lets what is under way end; after a while that is ended. All runs are
  /// free for other servers when this returns.
  ///
  /// @param longest how long commands and changes under way may take to end
  public void close(Duration longest) throws InterruptedException {
    isClosing = true;
    scheduler.pause();
    drivers.values().forEach(Driver::stop);
    Instant end = clock.instant().plus(longest);
    while (!drivers.isEmpty() && clock.instant().isBefore(end)) {
      Thread.sleep(GLANCE);
    }
    drivers.forEach((run, driver) -> {
      listener.said(run, "left in the middle: what was under way will be for a person to judge");
      driver.abandon();
    });
    scheduler.stop();
    presence.close();
  }
}
