package tminus.engine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import tminus.core.run.Decider;
import tminus.core.run.Decision;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;

/// The runs of a journal: what they are, and what people and the world tell them. Safe for
/// concurrent use.
public final class Runs {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Journal journal;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<RunId, View> views = new HashMap<>();

  /// A run as far as the journal goes.
  ///
  /// @param seq the last entry's number
  /// @param events all of them, in order
  public record View(RunId id, long seq, RunState state, List<Recorded> events) {}

  /// What came of telling a run something.
  public sealed interface Answer {

    /// The run after it.
    record Accepted(View view) implements Answer {}

    /// Nothing was changed.
    record Refused(String reason) implements Answer {}
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

  /// Begins a run of a plan.
  ///
  /// @param document the text the plan was made from
  public View start(RunCommand.Start start, String document, Journal.Origin origin, String by) {
    Instant now = now();
    RunId id = new RunId(STAMP.format(now) + "-" + letters());
    Journal.Header header = new Journal.Header(id, start.plan().title(), origin, now);
    journal.create(header, document.getBytes(StandardCharsets.UTF_8), Decider.begin(start), by);
    return view(id);
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

  /// The run as the journal has it now, others' entries included.
  public synchronized View view(RunId id) {
    View known = views.get(id);
    List<Journal.Entry> news = journal.entries(id, known == null ? 0 : known.seq());
    if (known != null && news.isEmpty()) {
      return known;
    }
    List<Recorded> events = new ArrayList<>(known == null ? List.of() : known.events());
    RunState state = known == null ? null : known.state();
    long seq = known == null ? 0 : known.seq();
    for (Journal.Entry entry : news) {
      Recorded recorded = read(id, entry);
      state = state == null ? RunState.start(recorded) : state.evolve(recorded);
      events.add(recorded);
      seq = entry.seq();
    }
    if (state == null) {
      throw new JournalException("%s: there is no run %s".formatted(journal.file(), id));
    }
    View view = new View(id, seq, state, List.copyOf(events));
    views.put(id, view);
    return view;
  }

  private Recorded read(RunId id, Journal.Entry entry) {
    try {
      return entry.recorded();
    } catch (JournalException e) {
      throw new JournalException("%s: run %s: %s".formatted(journal.file(), id, e.getMessage()), e);
    }
  }

  /// Tells a run something. Everything that follows is in the journal when this returns, in one
  /// commit.
  ///
  /// @param by the person, or [Recorded#TMINUS]
  /// @param commands in order; if one is refused none has any effect
  public synchronized Answer tell(RunId id, String by, RunCommand... commands) {
    while (true) {
      View view = view(id);
      Instant now = now();
      RunState state = view.state();
      List<Recorded> events = new ArrayList<>();
      for (RunCommand command : commands) {
        switch (Decider.decide(state, command, by, now)) {
          case Decision.Refused(String reason) -> {
            return new Answer.Refused(reason);
          }
          case Decision.Accepted(List<Event> decided) -> {
            for (Event event : decided) {
              Recorded recorded = new Recorded(now, by, event);
              state = state.evolve(recorded);
              events.add(recorded);
            }
          }
        }
      }
      if (events.isEmpty() || journal.append(id, view.seq(), events)) {
        return new Answer.Accepted(view(id));
      }
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
