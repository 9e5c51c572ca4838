package tminus.markdown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tminus.core.calendar.Calendar;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Policy;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;

/// Who may decide what, and what may lose data: from a document and what its team says of it.
class PlannedRulesTest {

  private static final String DOCUMENT =
      """
      # Ship the shop

      ## Prepare

      - [ ] Warm the cache (optional)
      - [ ] Tell the partners

      ### Search (if applicable)

      - [ ] Rebuild the index

      ## Deploy

      ### Migrate

      - [ ] Run the migrations

        ```bash
        ./migrate up
        ```

      #### Rollback

      ```bash
      pg_restore --clean -d shop last.dump
      ```

      ### Decide

      **Decision Authority:** Release Manager

      **Decision: [ ] GO  [ ] NO-GO**

      ## Rollback

      **Decision Authority:** Deployment Lead

      Roll back if:

      - Error rate > 5% for 5 minutes
      - Customers complain

      ```bash
      kubectl rollout undo deployment/shop
      ```
      """;

  private static final Policy POLICY =
      new Policy(
          new Approval(1, Duration.ofHours(8), Duration.ofMinutes(20), List.of()),
          Map.of(
              "Decide",
              new Approval(2, Duration.ofHours(2), Duration.ofMinutes(10), List.of("CTO"))),
          List.of(),
          Map.of("error rate", Trigger.Mode.ADVISE),
          Map.of(
              "Run the migrations",
              new Policy.Safety(
                  Optional.of("./migrate down $STEP"),
                  Optional.of("./migrate is-up"),
                  Optional.of("DBA"),
                  Optional.of(Duration.ofHours(2)))));

  private static Plan plan(Policy policy, double pace) {
    Binding binding =
        new Binding(
            Map.of("STEP", "7"),
            Map.of("dba", List.of("zoe@example.com")),
            Map.of(),
            Map.of(),
            List.of(),
            false,
            pace,
            policy,
            Calendar.ALWAYS);
    return Planner.plan(MarkdownReader.read("ship.md", DOCUMENT.getBytes(UTF_8)), binding);
  }

  private static StepId id(String id) {
    return new StepId(id);
  }

  @Test
  void whatTheDocumentCallsOptionalMayNotApply() {
    assertThat(plan(Policy.NONE, 1).rules().optional())
        .containsExactlyInAnyOrder(id("warm-the-cache-optional"), id("rebuild-the-index"));
  }

  @Test
  void theRollbacksAuthorityIsTheDocumentsUnlessTheTeamSaysOtherwise() {
    assertThat(plan(Policy.NONE, 1).rules().rollbackAuthority()).containsExactly("Deployment Lead");
    Policy other = new Policy(Approval.USUAL, Map.of(), List.of("CTO"), Map.of(), Map.of());
    assertThat(plan(other, 1).rules().rollbackAuthority()).containsExactly("CTO");
  }

  @Test
  void aPhasesOwnRollbackKnowsItsPhase() {
    Plan plan = plan(Policy.NONE, 1);
    assertThat(plan.rules().phases())
        .containsExactly(
            Map.entry(
                plan.rollback().getFirst().id(), List.of("Ship the shop", "Deploy", "Migrate")));
  }

  @Test
  void whatPutsOlderDataInPlaceOfNewerNeedsAWord() {
    Plan plan = plan(Policy.NONE, 1);
    assertThat(plan.rules().noReturn())
        .containsExactly(Map.entry(plan.rollback().getFirst().id(), "Database Administrator"));
  }

  @Test
  void theTeamSaysWhatTakesAStepBackAndWhetherItHappened() {
    Plan plan = plan(POLICY, 1);
    StepId migrations = id("run-the-migrations");
    assertThat(plan.step(migrations).orElseThrow().action())
        .isInstanceOfSatisfying(
            Action.Act.class,
            act ->
                assertThat(act.undo().orElseThrow())
                    .isInstanceOfSatisfying(
                        Work.Shell.class,
                        undo ->
                            assertThat(undo.commands())
                                .extracting(ShellCommand::text)
                                .containsExactly("./migrate down 7")));
    assertThat(plan.rules().probes())
        .hasEntrySatisfying(
            migrations, probe -> assertThat(probe.text()).isEqualTo("./migrate is-up"));
    assertThat(plan.rules().noReturn()).containsEntry(migrations, "DBA");
    assertThat(plan.rules().timeouts()).containsOnly(Map.entry(migrations, Duration.ofHours(2)));
  }

  @Test
  void gatesAndRemindersTakeTheRunsPace() {
    Plan plan = plan(POLICY, 60);
    StepId gate =
        plan.steps().stream()
            .filter(step -> step.action() instanceof Action.Gate)
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(plan.rules().approval(gate))
        .isEqualTo(new Approval(2, Duration.ofMinutes(2), Duration.ofSeconds(10), List.of("CTO")));
    assertThat(plan.rules().usual().deadline()).isEqualTo(Duration.ofMinutes(8));
  }

  @Test
  void aTriggerActsAsTheTeamSays() {
    assertThat(plan(POLICY, 1).triggers())
        .extracting(Trigger::mode)
        .containsExactly(Trigger.Mode.ADVISE, Trigger.Mode.ACT);
  }
}
