package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;

/// What [Runs] promises over every store.
abstract class RunsSuite {

  private static final Instant NOW = Instant.parse("2026-11-20T18:15:00.123456Z");

  private static final Plan PLAN =
      Plans.plan(
          List.of(
              Plans.attest("ready"),
              Plans.check("up", "echo up"),
              Plans.deploy("put", "v2"),
              Plans.shift("s10", 10),
              Plans.gate("go"),
              Plans.shift("s100", 100),
              Plans.retireStable("old"),
              Plans.tell("tell", "Done")),
          List.of(Plans.attest("explained")),
          Plans.errorsOver(1));

  private Journal journal;
  private Runs runs;

  /// A store of its own for each test.
  abstract TestStore store();

  @BeforeEach
  void open() {
    journal = store().open();
    runs = runs(journal);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private static Runs runs(Journal journal) {
    return new Runs(journal, InstantSource.fixed(NOW), new SplittableRandom(1));
  }

  private Runs.View start() {
    return runs.start(Plans.start(PLAN), "# Test", new Journal.Origin("/test.md", "/", ""), "Zoë");
  }

  @Test
  void aRunIsNamedAfterItsMomentAndBeginsWithItsStart() {
    Runs.View view = start();
    assertThat(view.id().value()).matches("20261120-181500-[a-z2]{4}");
    assertThat(view.events()).hasSize(1);
    assertThat(view.events().getFirst().by()).isEqualTo("Zoë");
    assertThat(view.state().started()).isEqualTo(Instant.parse("2026-11-20T18:15:00.123Z"));
    assertThatThrownBy(() -> runs.view(new RunId("nobody")))
        .isInstanceOf(JournalException.class)
        .hasMessage(journal.name() + ": there is no run nobody");
  }

  @Test
  void whoBeganARunKnowsItAsThoseWhoReadItDo() {
    Runs.View begun = start();
    assertThat(begun).isEqualTo(runs(journal).view(begun.id()));
  }

  @Test
  void whatFollowsByItselfFromWhatFollowsIsTheSameCommit() {
    Plan plan =
        Plans.plan(
            Plans.pause("first", Duration.ZERO),
            Plans.step("followed", new Action.Parts()),
            Plans.pause("second", Duration.ZERO));
    Journal.Origin origin = new Journal.Origin("/test.md", "/", "");
    RunId run = runs.start(Plans.start(plan), "# Test", origin, "Zoë").id();
    runs.tell(run, Recorded.TMINUS, new RunCommand.Advance());
    Outcome over = new Outcome.Done("the time is over", List.of());
    runs.tell(
        run,
        Recorded.TMINUS,
        new RunCommand.Report(Plans.id("first"), 1, over),
        new RunCommand.Advance());
    assertThat(runs.view(run).events())
        .extracting(Recorded::event)
        .endsWith(
            new Event.StepEnded(Plans.id("first"), 1, over),
            new Event.StepFollowed(Plans.id("followed")),
            new Event.StepStarted(Plans.id("second"), 1));
  }

  @Test
  void ofSeveralCommandsAllHaveTheirEffectOrNone() {
    RunId run = start().id();
    RunCommand sign = new RunCommand.Sign(Plans.id("ready"), Map.of(), Map.of());
    assertThat(runs.tell(run, "Zoë", new RunCommand.Note("first"), sign, sign))
        .isEqualTo(new Runs.Answer.Refused("step ready: it is settled already"));
    assertThat(runs.view(run).events()).hasSize(1);
    assertThat(runs.tell(run, "Zoë", new RunCommand.Note("first"), sign))
        .isEqualTo(new Runs.Answer.Accepted(runs.view(run)));
    assertThat(runs.view(run).events()).hasSize(3);
    assertThat(runs.view(run).events())
        .extracting(Recorded::by)
        .containsExactly("Zoë", "Zoë", "Zoë");
  }

  @Test
  void severalProcessesTellOneRunAndLoseNothing() throws Exception {
    RunId run = start().id();
    int each = 30;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> ends = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        ends.add(
            threads.submit(() -> {
              try (Journal own = store().open()) {
                Runs elsewhere = runs(own);
                for (int i = 0; i < each; i++) {
                  elsewhere.tell(run, name, new RunCommand.Note(name + i));
                }
              }
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    assertThat(runs.view(run).events()).hasSize(1 + 3 * each).doesNotHaveDuplicates();
    assertThat(journal.firstBroken(run)).isEmpty();
  }

  /// Whatever happens in a run, its state is the same read at once, in two parts, and from JSON.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
  void theStateIsTheSameHoweverTheJournalIsRead(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RunId run = start().id();
    List<RunState> states = new ArrayList<>(List.of(runs.view(run).state()));
    for (int i = 0; i < 80 && runs.view(run).state().result().isEmpty(); i++) {
      runs.tell(run, "Zoë", word(runs.view(run).state(), random));
      states.add(runs.view(run).state());
    }
    List<Recorded> read = journal.entries(run, 0).stream().map(Journal.Entry::recorded).toList();
    assertThat(read).isEqualTo(runs.view(run).events());
    RunState state = RunState.start(read.getFirst());
    List<RunState> reached = new ArrayList<>(List.of(state));
    for (Recorded recorded : read.subList(1, read.size())) {
      state = state.evolve(recorded);
      reached.add(state);
      assertThat(RunState.of(read.subList(0, reached.size()))).isEqualTo(state);
    }
    assertThat(reached).as("seed %d", seed).containsAll(states);
    assertThat(runs(journal).view(run).state()).isEqualTo(state);
  }

  private static RunCommand word(RunState state, SplittableRandom random) {
    Optional<UndoState> undo = state.undo().filter(one -> one.phase() == Phase.RUNNING);
    for (Map.Entry<tminus.core.plan.StepId, StepState> entry : state.steps().entrySet()) {
      if (entry.getValue().phase() == Phase.RUNNING && random.nextInt(3) != 0) {
        return new RunCommand.Report(entry.getKey(), entry.getValue().attempt(), outcome(random));
      }
    }
    if (undo.isPresent()) {
      return new RunCommand.ReportUndo(
          undo.get().undo().step(),
          undo.get().undo().work(),
          undo.get().attempt(),
          outcome(random));
    }
    return switch (random.nextInt(12)) {
      case 0 -> new RunCommand.Hold("lunch");
      case 1, 2 -> new RunCommand.Resume();
      case 3 -> new RunCommand.Note("the coffee is cold\n\"again\" ☕");
      case 4 -> random.nextInt(8) == 0 ? new RunCommand.Fire(0, "5 %") : new RunCommand.Advance();
      case 5 ->
          state
              .next()
              .<RunCommand>map(step -> new RunCommand.Skip(step.id(), "why not"))
              .orElseGet(RunCommand.Advance::new);
      case 6, 7, 8 -> Driving.agree(state).orElseGet(RunCommand.Advance::new);
      default -> new RunCommand.Advance();
    };
  }

  private static Outcome outcome(SplittableRandom random) {
    List<CommandResult> results =
        List.of(
            new CommandResult(
                1,
                "echo 'up'",
                Optional.of(0),
                "up\n\u0000\ud83d\ude80",
                java.time.Duration.ofMillis(12),
                new Judgement.Met("exit 0")));
    return switch (random.nextInt(6)) {
      case 0 -> new Outcome.Failed("broken", results);
      case 1 -> new Outcome.NeedsPerson("who knows", results);
      case 2 -> new Outcome.Unknown("cut off");
      default -> new Outcome.Done("fine", results);
    };
  }

  @Test
  void aRunThatIsOverIsSo() {
    RunId run = start().id();
    runs.tell(run, "Zoë", new RunCommand.Abort("wrong day"));
    assertThat(runs.view(run).state().result()).contains(Event.Result.ABORTED);
    assertThat(runs.tell(run, "Zoë", new RunCommand.Resume()))
        .isInstanceOf(Runs.Answer.Refused.class);
  }
}
