package tminus.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import tminus.core.plan.Action;
import tminus.core.run.Decider;
import tminus.core.run.Decision;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.engine.Journal.Tip;
import tminus.engine.Leases.Claim;

/// The runs of a journal: what they are, and what people and the world tell them. Safe for
/// concurrent use.
public final class Runs {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// How long a new run has its environment until its driver must have renewed the lease: a process
  /// starts to drive at once, a server within a poll or two.
  static final Duration GRACE = Duration.ofSeconds(10);

  private final Journal journal;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<RunId, Known> known = new ConcurrentHashMap<>();

  /// A run as far as the journal goes.
  ///
  /// @param seq the last entry's number
  /// @param events all of them, in order
  public record View(RunId id, long seq, RunState state, List<Recorded> events) {}

  /// What is known of one run: nothing but a memory of the journal. Guarded by itself, so that runs
  /// do not wait for each other.
  private static final class Known {
    private Optional<Read> read = Optional.empty();
  }

  /// A view, with what the next entry is chained to.
  private record Read(View view, Prefix<Recorded> events, Tip tip) {}

  /// What came of telling a run something.
  public sealed interface Answer {

    /// The run after it.
    record Accepted(View view) implements Answer {}

    /// Nothing was changed.
    record Refused(String reason) implements Answer {}
  }

  /// What came of beginning a run in an environment.
  public sealed interface Begun {

    /// It has begun, and has the environment to itself.
    record Started(View view) implements Begun {}

    /// Another run has the environment; nothing was written.
    record Refused(Occupant occupant) implements Begun {}
  }

  /// What came of asking for the right to drive a run.
  public sealed interface Right {

    /// Nobody else may act for the run, or in its environment, while these are in force.
    ///
    /// @param fences to be shown with all that is told by this right
    record Granted(Set<Fence> fences) implements Right {
      public Granted {
        fences = Set.copyOf(fences);
      }
    }

    /// Somebody else drives it.
    record Driven(String owner, Instant until) implements Right {}

    /// Another run has its environment.
    record Refused(Occupant occupant) implements Right {}
  }

  /// A run that has an environment to itself.
  ///
  /// @param by who started it
  /// @param since when
  /// @param driver who drives it now, if somebody does
  public record Occupant(
      String environment, RunId run, String by, Instant since, Optional<String> driver) {

    /// Who is there, and what to do about it.
    public String message() {
      return "%s: run %s is there, started by %s at %s, and %s - %s"
          .formatted(
              environment,
              run,
              by,
              since.truncatedTo(ChronoUnit.SECONDS),
              driver.map(owner -> "driven by " + owner).orElse("driven by nobody now"),
              driver.isPresent()
                  ? "wait for its end, or end it: tminus rollback --run %s, tminus abort WHY --run %s"
                      .formatted(run, run)
                  : "bring it to its end: tminus resume %s, tminus rollback --run %s or tminus abort WHY --run %s"
                      .formatted(run, run, run));
    }
  }

  /// The runs of this journal.
  ///
  /// @param random where names' last letters come from
  public Runs(Journal journal, InstantSource clock, RandomGenerator random) {
    this.journal = journal;
    this.clock = clock;
    this.random = random;
  }

  /// The journal behind.
  public Journal journal() {
    return journal;
  }

  /// Begins a run of a plan that needs no environment to itself.
  ///
  /// @param document the text the plan was made from
  public View start(RunCommand.Start start, String document, Journal.Origin origin, String by) {
    Journal.Header header = header(start, origin, Optional.empty());
    Event first = Decider.begin(start);
    Tip tip = journal.create(header, document.getBytes(StandardCharsets.UTF_8), first, by);
    return begun(header, first, by, tip);
  }

  /// What was written is known without being read back: of a large plan that would take as long as
  /// its first hundred steps.
  private View begun(Journal.Header header, Event first, String by, Tip tip) {
    RunId id = header.id();
    Recorded recorded = new Recorded(header.created(), by, first);
    Prefix<Recorded> events = Prefix.<Recorded>empty().plus(List.of(recorded));
    Known run = known(id);
    synchronized (run) {
      Read read = read(id, RunState.start(recorded), events, tip);
      run.read = Optional.of(read);
      return read.view();
    }
  }

  /// Begins a run of a plan in an environment, unless another run has that: one that is driven, or
  /// has changed something and is not over. Taking the environment and beginning the run are one
  /// commit. The run has it for ten seconds; then its driver must have it by [#take].
  ///
  /// @param document the text the plan was made from
  public Begun start(
      RunCommand.Start start,
      String document,
      Journal.Origin origin,
      String environment,
      String by) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    while (true) {
      Journal.Header header = header(start, origin, Optional.of(environment));
      Instant until = header.created().plus(GRACE);
      switch (look(environment, header.id())) {
        case Found.Taken(Occupant occupant) -> {
          return new Begun.Refused(occupant);
        }
        case Found.Free(Claim claim) -> {
          Event first = Decider.begin(start);
          Optional<Tip> tip = journal.create(header, bytes, first, by, claim, until);
          if (tip.isPresent()) {
            return new Begun.Started(begun(header, first, by, tip.get()));
          }
        }
      }
    }
  }

  private Journal.Header header(
      RunCommand.Start start, Journal.Origin origin, Optional<String> environment) {
    Instant now = now();
    RunId id;
    do {
      id = new RunId(STAMP.format(now) + "-" + letters());
      // Of a few hundred begun in one second, two may well draw the same letters.
    } while (journal.header(id).isPresent());
    return new Journal.Header(id, start.plan().title(), origin, environment, now);
  }

  private String letters() {
    return random
        .ints(4, 0, 24)
        .collect(
            StringBuilder::new,
            (letters, i) -> letters.append("abcdefghjkmnpqrstuvwxyz2".charAt(i)),
            StringBuilder::append)
        .toString();
  }

  /// Takes the right to drive a run, and its environment with it. Taken again before it ends, it is
  /// the same right; [Leases#renew] is the cheap way.
  ///
  /// @param owner who will drive: stays the same across renewals
  /// @param until when it ends by itself, to the millisecond
  public Right take(RunId id, String owner, Instant until) {
    Leases leases = journal.leases();
    return switch (leases.lease(Lease.ofRun(id), owner, now(), until)) {
      case Leases.Leased.Held(String other, Instant end) -> new Right.Driven(other, end);
      case Leases.Leased.Taken(Fence fence) -> {
        Optional<String> environment = journal.header(id).flatMap(Journal.Header::environment);
        yield environment.isEmpty()
            ? new Right.Granted(Set.of(fence))
            : withEnvironment(id, environment.get(), fence, until);
      }
    };
  }

  private Right withEnvironment(RunId id, String environment, Fence run, Instant until) {
    while (true) {
      switch (look(environment, id)) {
        case Found.Taken(Occupant occupant) -> {
          journal.leases().release(Set.of(run));
          return new Right.Refused(occupant);
        }
        case Found.Free(Claim claim) -> {
          Optional<Fence> taken = journal.leases().take(claim, id.value(), until);
          if (taken.isPresent()) {
            return new Right.Granted(Set.of(run, taken.get()));
          }
        }
      }
    }
  }

  /// Whether nobody else has any of the leases since.
  boolean areInForce(Set<Fence> fences) {
    return fences.stream()
        .allMatch(fence ->
            journal
                .leases()
                .find(fence.resource())
                .filter(lease -> lease.token() == fence.token())
                .isPresent());
  }

  /// Gives back the right to drive a run. An environment that the run has changed stays its own
  /// until it is over: nobody drives it then, but [#start] refuses others.
  public void release(Set<Fence> fences) {
    journal.leases().release(fences);
  }

  /// Whether an environment can be had.
  private sealed interface Found {
    record Free(Claim claim) implements Found {}

    record Taken(Occupant occupant) implements Found {}
  }

  /// Looks who had an environment last, and whether that one still has it.
  private Found look(String environment, RunId asker) {
    String resource = Lease.ofEnvironment(environment);
    Optional<Lease> seen = journal.leases().find(resource);
    if (seen.isEmpty() || seen.get().owner().equals(asker.value())) {
      return new Found.Free(new Claim(resource, seen, Optional.empty()));
    }
    RunId other = new RunId(seen.get().owner());
    View view = view(other);
    Instant now = now();
    Optional<String> driver = journal.leases().holder(Lease.ofRun(other), now);
    boolean alive = seen.get().isLive(now) || driver.isPresent();
    if (view.state().status() != Status.FINISHED && (alive || hasChanged(view.state()))) {
      return new Found.Taken(
          new Occupant(
              environment,
              other,
              view.events().getFirst().by(),
              view.events().getFirst().at(),
              driver));
    }
    return new Found.Free(
        new Claim(resource, seen, Optional.of(new Leases.Quiet(other, view.seq()))));
  }

  /// Whether a run has changed something that is not taken back. What has begun may have happened.
  static boolean hasChanged(RunState state) {
    return state.hasUndos()
        || state.plan().steps().stream()
            .filter(step -> step.action() instanceof Action.Act(_, var undo) && undo.isEmpty())
            .anyMatch(step -> state.step(step.id()).attempt() > 0);
  }

  /// The run as the journal has it now, others' entries included.
  public View view(RunId id) {
    Known run = known(id);
    synchronized (run) {
      return refreshed(run, id).view();
    }
  }

  /// Drops what is remembered of a run: it is read again when it is asked for.
  public void forget(RunId id) {
    known.remove(id);
  }

  private Known known(RunId id) {
    return known.computeIfAbsent(id, _ -> new Known());
  }

  private Read refreshed(Known run, RunId id) {
    long after = run.read.map(read -> read.tip().seq()).orElse(0L);
    journal
        .read(id, after)
        .ifPresent(news -> run.read = Optional.of(grown(run, id, news.events(), news.tip())));
    return run.read.orElseThrow(() -> {
      known.remove(id, run);
      return new JournalException("%s: there is no run %s".formatted(journal.name(), id));
    });
  }

  private static Read grown(Known run, RunId id, List<Recorded> news, Tip tip) {
    RunState state = run.read.map(read -> read.view().state()).orElse(null);
    for (Recorded recorded : news) {
      state = state == null ? RunState.start(recorded) : state.evolve(recorded);
    }
    Prefix<Recorded> before = run.read.map(Read::events).orElseGet(Prefix::empty);
    return read(id, Objects.requireNonNull(state), before.plus(news), tip);
  }

  private static Read read(RunId id, RunState state, Prefix<Recorded> events, Tip tip) {
    return new Read(new View(id, tip.seq(), state, events), events, tip);
  }

  /// Tells a run something. Everything that follows is in the journal when this returns, in one
  /// commit.
  ///
  /// @param by the person, or [Recorded#TMINUS]
  /// @param commands in order; if one is refused none has any effect
  public Answer tell(RunId id, String by, RunCommand... commands) {
    return tell(id, by, Set.of(), commands);
  }

  /// Tells a run something by the right of leases: those of its driver. People's words need none.
  ///
  /// @param fences what [#take] granted
  /// @throws FencedException when somebody else has one of the leases by now; nothing is written
  public Answer tell(RunId id, String by, Set<Fence> fences, RunCommand... commands) {
    Known run = known(id);
    synchronized (run) {
      // What is remembered is decided on first: most often nobody else has written meanwhile, and
      // if somebody has, nothing can be appended and it is decided again.
      boolean isFresh = run.read.isEmpty();
      Read read = run.read.orElseGet(() -> refreshed(run, id));
      while (true) {
        Decided decided = decide(read.view().state(), by, commands);
        boolean appends = decided.refusal().isEmpty() && !decided.events().isEmpty();
        if (appends) {
          Optional<Tip> tip = journal.append(id, read.tip(), decided.events(), fences);
          if (tip.isPresent()) {
            Read after = read(id, decided.state(), read.events().plus(decided.events()), tip.get());
            run.read = Optional.of(after);
            return new Answer.Accepted(after.view());
          }
        } else if (isFresh) {
          return decided
              .refusal()
              .<Answer>map(Answer.Refused::new)
              .orElse(new Answer.Accepted(read.view()));
        }
        Read newer = refreshed(run, id);
        if (appends && newer.tip().seq() == read.tip().seq()) {
          throw changed(id, read.tip());
        }
        read = newer;
        isFresh = true;
      }
    }
  }

  /// Nothing could be added after an entry, and nobody has added anything either: it is not there
  /// any more as it was read, and asking again would never end.
  private JournalException changed(RunId id, Tip last) {
    return new JournalException(
        "%s: entry %d of run %s is not what it was when it was read - was the journal changed by hand? look with tminus verify %s"
            .formatted(journal.name(), last.seq(), id, id));
  }

  /// What follows from commands.
  ///
  /// @param refusal why one of them is refused; then the rest means nothing
  private record Decided(RunState state, List<Recorded> events, Optional<String> refusal) {}

  private Decided decide(RunState before, String by, RunCommand... commands) {
    Instant now = now();
    RunState state = before;
    List<Recorded> events = new ArrayList<>();
    for (RunCommand command : commands) {
      boolean again = true;
      while (again) {
        switch (Decider.decide(state, command, by, now)) {
          case Decision.Refused(String reason) -> {
            return new Decided(before, List.of(), Optional.of(reason));
          }
          case Decision.Accepted(List<Event> decided) -> {
            for (Event event : decided) {
              Recorded recorded = new Recorded(now, by, event);
              state = state.evolve(recorded);
              events.add(recorded);
            }
            // What follows by itself from what has just followed belongs to the same commit.
            again = command instanceof RunCommand.Advance && !decided.isEmpty();
          }
        }
      }
    }
    return new Decided(state, events, Optional.empty());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
