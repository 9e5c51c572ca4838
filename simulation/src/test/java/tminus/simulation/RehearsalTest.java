package tminus.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tminus.core.calendar.Calendar;
import tminus.core.judge.ConditionGrammar;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.traffic.Weight;

/// What a rehearsal comes to, of a plan with a database in it.
class RehearsalTest {

  private static Work.Shell shell(String command) {
    return new Work.Shell(List.of(new ShellCommand(1, "", command, Optional.empty(), List.of())));
  }

  private static Step step(String name, Action action) {
    return new Step(
        new StepId(name),
        1,
        List.of("Deployment"),
        Optional.empty(),
        name,
        action,
        List.of(),
        List.of(),
        Step.Form.NONE,
        List.of());
  }

  private static final Plan PLAN =
      new Plan(
          "Shop",
          "shop.md",
          "00",
          5,
          List.of(
              step("backup", new Action.Act(shell("pg_dump shop > shop.sql"), Optional.empty())),
              step(
                  "migration",
                  new Action.Act(
                      shell("flyway migrate"), Optional.of(shell("psql shop < backup.sql")))),
              step(
                  "put",
                  new Action.Act(
                      new Work.Deploy(Work.Part.CANDIDATE, "v2"),
                      Optional.of(new Work.Retire(Work.Part.CANDIDATE)))),
              step("half", new Action.Shift(new Weight(50))),
              step("watch", new Action.Bake(Duration.ofMinutes(30), List.of()))),
          List.of(),
          List.of(
              new Trigger(9, "errors", ConditionGrammar.parse("error rate > 5% for 30 seconds"))),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          1,
          new Rules(
              Map.of(),
              Approval.USUAL,
              Map.of(),
              List.of(),
              Map.of(new StepId("migration"), "dba"),
              Map.of(),
              Map.of(),
              Map.of(),
              Set.of()),
          Calendar.ALWAYS);

  private static Rehearsed rehearse(String... faults) {
    List<Fault> read = List.of(faults).stream().map(FaultGrammar::parse).toList();
    return new Rehearsal(PLAN, Rehearsal.Setting.of(read)).run(1);
  }

  @Test
  void aGoodReleaseHurtsHardlyAnybody() {
    Rehearsed good = rehearse();
    assertThat(good.state().result()).contains(Event.Result.SUCCEEDED);
    assertThat(good.traffic().exposed()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
    assertThat(good.traffic().hurt()).isLessThan(good.traffic().asked() / 1_000);
    assertThat(good.loss()).isEmpty();
    assertThat(good.recovery().isFelt()).isFalse();
  }

  @Test
  void theWayBackPastTheMigrationLosesWhatWasWrittenSinceTheBackup() {
    Rehearsed bad = rehearse("errors 20% at 50% after 10 min");
    assertThat(bad.state().result()).contains(Event.Result.ROLLED_BACK);
    assertThat(bad.waits()).extracting(wait -> wait.whom()).contains(List.of("dba"));
    DataLoss loss = bad.loss().orElseThrow();
    // Five rows a second, from the backup to the restore, a little over ten minutes later.
    assertThat(Duration.between(loss.since(), loss.at()))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(40));
    assertThat(loss.rows())
        .isEqualTo(Math.round(5 * Duration.between(loss.since(), loss.at()).toMillis() / 1000.0));
  }

  @Test
  void theWatchNoticesAndTrafficIsBackAtOnce() {
    Rehearsed bad = rehearse("errors 20% at 50% after 1 min");
    assertThat(bad.recovery().detection().orElseThrow())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(bad.recovery().back().orElseThrow())
        .isLessThan(bad.recovery().detection().orElseThrow().plusSeconds(2));
  }

  @Test
  void aLyingSourceHidesWhatASilentOneOnlyDelays() {
    Rehearsed lied = rehearse("errors 20% at 50% after 1 min", "metrics lie");
    assertThat(lied.state().result()).contains(Event.Result.SUCCEEDED);
    assertThat(lied.recovery().detection()).isEmpty();
    Rehearsed silent =
        rehearse("errors 20% at 50% after 1 min", "metrics silent at 50% for 10 min");
    assertThat(silent.state().result()).contains(Event.Result.ROLLED_BACK);
    assertThat(silent.recovery().detection().orElseThrow())
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
  }

  @Test
  void aMigrationThatFailsIsNotGoneOnWith() {
    Rehearsed failed = rehearse("migration fails");
    assertThat(failed.traffic().exposed()).isZero();
    assertThat(failed.state().result()).isPresent().get().isNotEqualTo(Event.Result.SUCCEEDED);
  }

  @Test
  void aFaultAtAStepThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> rehearse("check fails at Mars"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no step of the plan has 'Mars' in its words");
  }
}
