package tminus.simulation.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tminus.core.plan.Trigger;
import tminus.core.run.Decider;
import tminus.core.run.Decision;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.traffic.Slot;

/// Random plans and random words, people's and the world's, against the promises.
///
/// The seeds are the same in every build. `-Dtminus.seed=N` runs one of them, `-Dtminus.runs=N`
/// more of them.
class RunPropertiesTest {

  private static final int RUNS = Integer.getInteger("tminus.runs", 2_000);
  private static final int COMMANDS = 150;

  static final List<String> PEOPLE = List.of("someone", "Ada", "Zoë");

  /// What passes between two words: mostly little, now and then a night.
  private static final List<Duration> PAUSES =
      Stream.of(
              "PT0S", "PT0.1S", "PT2S", "PT0S", "PT1M", "PT0S", "PT0.4S", "PT40M", "PT1S", "PT0S",
              "PT9H")
          .map(Duration::parse)
          .toList();

  private static final Optional<Event.Slots> SLOTS =
      Optional.of(new Event.Slots(new Slot("blue"), new Slot("green"), "v1"));

  @Test
  void everyPromiseIsKeptWhateverIsSaidAndEveryRunCanEnd() {
    Long only = Long.getLong("tminus.seed");
    if (only != null) {
      play(only);
      return;
    }
    Set<Object> seen = new HashSet<>();
    for (long seed = 1; seed <= RUNS; seed++) {
      for (Recorded recorded : play(seed)) {
        seen.add(recorded.event().getClass());
        if (recorded.event() instanceof Event.RunFinished(Event.Result result, _)) {
          seen.add(result);
        }
      }
    }
    assertThat(seen).as("what happened").contains((Object[]) Event.class.getPermittedSubclasses());
    assertThat(seen).as("how runs ended").contains((Object[]) Event.Result.values());
  }

  /// One run; returns its events.
  private static List<Recorded> play(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Event.CommandPolicy[] policies = Event.CommandPolicy.values();
    RunCommand.Start start =
        new RunCommand.Start(
            new RandomPlans(random).plan(),
            "cafe",
            policies[random.nextInt(policies.length)],
            SLOTS,
            random.nextInt(3) == 0
                ? Optional.of(Instant.EPOCH.plus(Duration.ofHours(1)))
                : Optional.empty());
    RandomCommands people = new RandomCommands(random);
    List<RunCommand> said = new ArrayList<>();
    Play play = new Play(start);
    try {
      while (said.size() < COMMANDS) {
        RunCommand command = people.next(play.state);
        said.add(command);
        play.tell(command);
      }
      play.end();
      replays(play, random.nextInt(play.events.size()));
    } catch (RuntimeException e) {
      List<RunCommand> less = shrunk(start, said, e);
      fail(
          "seed %d: %s\nrerun it with -Dtminus.seed=%d; these commands do it:\n%s\nplan:\n%s"
              .formatted(
                  seed,
                  e,
                  seed,
                  lines(less),
                  lines(start.plan().steps()) + "\nrollback:\n" + lines(start.plan().rollback())),
          e);
    }
    return play.events;
  }

  private static String lines(List<?> things) {
    return things.stream().map(thing -> "  " + thing).collect(Collectors.joining("\n"));
  }

  /// The state comes out the same however the events are read.
  private static void replays(Play play, int split) {
    RunState state = RunState.of(play.events.subList(0, split + 1));
    for (Recorded recorded : play.events.subList(split + 1, play.events.size())) {
      state = state.evolve(recorded);
    }
    assertThat(state).isEqualTo(play.state).isEqualTo(RunState.of(play.events));
  }

  /// Leaves out what is not needed to break the same promise.
  private static List<RunCommand> shrunk(
      RunCommand.Start start, List<RunCommand> said, RuntimeException failure) {
    List<RunCommand> needed = new ArrayList<>(said);
    for (int chunk = said.size() / 2; chunk >= 1; chunk /= 2) {
      for (int from = needed.size() - chunk; from >= 0; from -= chunk) {
        List<RunCommand> without = new ArrayList<>(needed);
        without.subList(from, from + chunk).clear();
        if (breaks(start, without, failure)) {
          needed = without;
        }
      }
    }
    return needed;
  }

  private static boolean breaks(
      RunCommand.Start start, List<RunCommand> said, RuntimeException failure) {
    Play play = new Play(start);
    try {
      said.forEach(play::tell);
      play.end();
      return false;
    } catch (RuntimeException e) {
      return kind(e).equals(kind(failure));
    }
  }

  private static String kind(RuntimeException e) {
    return e.getClass() + String.valueOf(e.getMessage()).split(":", -1)[0];
  }

  /// One run, watched.
  private static final class Play {

    private final Promises promises = new Promises();
    private final List<Recorded> events = new ArrayList<>();
    private RunState state;
    private String by = PEOPLE.getFirst();
    private Instant now = Instant.EPOCH;
    private int told;

    Play(RunCommand.Start start) {
      events.add(recorded(Decider.begin(start)));
      state = RunState.start(events.getFirst());
    }

    private Recorded recorded(Event event) {
      return new Recorded(now, by, event);
    }

    /// Whether anything followed from it.
    boolean tell(RunCommand command) {
      return tell(command, PEOPLE.get(told % PEOPLE.size()));
    }

    private boolean tell(RunCommand command, String person) {
      by = person;
      now = now.plus(PAUSES.get(told++ % PAUSES.size()));
      if (!(Decider.decide(state, command, by, now)
          instanceof Decision.Accepted(List<Event> decided))) {
        return false;
      }
      for (Event event : decided) {
        Recorded recorded = recorded(event);
        RunState before = state;
        state = state.evolve(recorded);
        events.add(recorded);
        promises.keep(before, command, recorded, state);
      }
      boolean fires =
          command instanceof RunCommand.RollBack
              || (command instanceof RunCommand.Fire(int trigger, _)
                  && trigger >= 0
                  && trigger < state.plan().triggers().size()
                  && state.plan().triggers().get(trigger).mode() == Trigger.Mode.ACT);
      if (fires && state.status() != Status.FINISHED && state.status() != Status.ROLLING_BACK) {
        throw new Promises.Broken("the way back can begin at any moment: " + command);
      }
      return !decided.isEmpty();
    }

    /// When everybody helps, the run comes to its end, in a few words for each step. Where nobody
    /// can help, time does.
    void end() {
      int patience = 20 + 8 * state.steps().size();
      while (state.status() != Status.FINISHED) {
        RunCommand command = RandomCommands.helpful(state);
        boolean followed = false;
        for (int i = 0; i < PEOPLE.size() && !followed; i++) {
          followed = tell(command, PEOPLE.get(i));
        }
        if (!followed) {
          now = now.plus(Duration.ofDays(2));
          followed = tell(new RunCommand.Advance());
        }
        if (patience-- == 0 || !followed) {
          throw new Promises.Broken("every run can end: stuck at " + command);
        }
      }
    }
  }
}
