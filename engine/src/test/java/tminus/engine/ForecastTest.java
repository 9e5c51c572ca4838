package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tminus.core.plan.Plan;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.RunCommand;
import tminus.core.schedule.Ending;
import tminus.core.schedule.Past;
import tminus.core.schedule.Schedule;

class ForecastTest {

  private static final Plan PLAN =
      Plans.plan(Plans.attest("ready"), Plans.check("up", "echo up"), Plans.attest("told"));
  private static final StepId READY = new StepId("ready");
  private static final StepId UP = new StepId("up");
  private static final StepId TOLD = new StepId("told");

  @TempDir private Path folder;

  private Journal journal;
  private Runs runs;
  private Instant now = Instant.parse("2026-11-20T18:15:00Z");

  @BeforeEach
  void open() {
    journal = Journal.open(folder);
    runs = new Runs(journal, () -> now, new SplittableRandom(7));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private RunId start(String file, Plan plan, Optional<Instant> zero) {
    RunCommand.Start start =
        new RunCommand.Start(plan, "cafe", Event.CommandPolicy.RUN, Optional.empty(), zero);
    return runs.start(start, "# Test", new Journal.Origin(file, "/", ""), "Ada").id();
  }

  private void tell(RunId id, RunCommand command) {
    assertThat(runs.tell(id, "Ada", command)).isInstanceOf(Runs.Answer.Accepted.class);
  }

  private void minutes(int minutes) {
    now = now.plus(Duration.ofMinutes(minutes));
  }

  /// A whole run: the first step takes that long, the check a minute, the last one is signed before
  /// anybody is asked.
  private RunId run(String file, Plan plan, int readyTakes) {
    RunId id = start(file, plan, Optional.empty());
    tell(id, new RunCommand.Advance());
    tell(id, new RunCommand.Sign(TOLD, Map.of(), Map.of()));
    minutes(readyTakes);
    tell(id, new RunCommand.Sign(READY, Map.of(), Map.of()));
    tell(id, new RunCommand.Advance());
    minutes(1);
    tell(id, new RunCommand.Report(UP, 1, new Outcome.Done("up", List.of())));
    minutes(60);
    return id;
  }

  @Test
  void earlierRunsSayHowLongStepsTook() {
    run("/a.md", PLAN, 3);
    run("/a.md", PLAN, 20);
    RunId third = run("/a.md", PLAN, 5);
    Past past = Forecast.past(runs, PLAN, "/a.md", Optional.empty());
    assertThat(past.runs()).isEqualTo(3);
    assertThat(past.medians())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(READY, Duration.ofMinutes(5), UP, Duration.ofMinutes(1)));
    assertThat(Forecast.past(runs, PLAN, "/a.md", Optional.of(third)).medians().get(READY))
        .isEqualTo(Duration.ofSeconds(690));
  }

  @Test
  void otherDocumentsAndOtherPacesSayNothing() {
    run("/b.md", PLAN, 3);
    Plan fast =
        new Plan(
            PLAN.title(),
            PLAN.file(),
            PLAN.digest(),
            PLAN.items(),
            PLAN.steps(),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            60);
    run("/a.md", fast, 3);
    assertThat(Forecast.past(runs, PLAN, "/a.md", Optional.empty())).isEqualTo(Past.NONE);
    assertThat(Forecast.past(runs, fast, "/a.md", Optional.empty()).runs()).isEqualTo(1);
  }

  @Test
  void onlyTheLatestRunsCount() {
    for (int i = 0; i < 10; i++) {
      run("/a.md", PLAN, 90);
    }
    for (int i = 0; i < Forecast.RUNS_MAX; i++) {
      run("/a.md", PLAN, 4);
    }
    Past past = Forecast.past(runs, PLAN, "/a.md", Optional.empty());
    assertThat(past.runs()).isEqualTo(Forecast.RUNS_MAX);
    assertThat(past.medians().get(READY)).isEqualTo(Duration.ofMinutes(4));
  }

  @Test
  void aRunThatCannotBeReadSaysNothing() throws SQLException {
    run("/a.md", PLAN, 3);
    RunId broken = run("/a.md", PLAN, 50);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("DROP TRIGGER event_no_update");
      statement.executeUpdate(
          "UPDATE event SET body = '{}' WHERE seq = 2 AND run = '%s'".formatted(broken));
    }
    Runs others = new Runs(journal, () -> now, new SplittableRandom(8));
    Past past = Forecast.past(others, PLAN, "/a.md", Optional.empty());
    assertThat(past.runs()).isEqualTo(1);
    assertThat(past.medians().get(READY)).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void aRunKnowsWhereItStandsInTime() {
    run("/a.md", PLAN, 5);
    Instant zero = now;
    RunId id = start("/a.md", PLAN, Optional.of(zero));
    tell(id, new RunCommand.Advance());
    minutes(2);
    Past past = Forecast.past(runs, PLAN, "/a.md", Optional.of(id));
    Schedule schedule = Forecast.of(runs.view(id), past, now).orElseThrow();
    assertThat(runs.view(id).state().zero()).contains(zero);
    assertThat(schedule.criticalPath()).containsExactly(READY, TOLD);
    assertThat(schedule.ending())
        .contains(
            new Ending(
                zero.plus(Duration.ofMinutes(6)),
                zero.plus(Duration.ofMinutes(10)),
                Optional.of(zero.plus(Duration.ofMinutes(10))),
                2,
                0,
                1));
    tell(id, new RunCommand.Abort("enough"));
    assertThat(Forecast.of(runs.view(id), past, now)).isEmpty();
  }
}
