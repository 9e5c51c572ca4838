package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.plan.Action;
import tminus.core.run.Outcome;
import tminus.core.run.RunCommand;
import tminus.core.run.StepState.Phase;

/// What the run itself fills in, and what it leaves to people.
class ComputedValuesTest {

  private static final String COUNTED =
      """
      # Release

      ## Code (2 items)

      - [ ] Reviewed
        - [ ] by two people
      - [ ] Tested

      ## Network Readiness (3 items)

      - [ ] Certificates
      - [ ] Addresses
      - [ ] Firewall

      ## Decision

      - Code: ____/2 items complete
      - Network: ____/3 items complete

      **TOTAL: ____/5 items complete** (Target: 4/5)

      **Decision: [ ] GO  [ ] NO-GO**
      """;

  @Test
  void countsTheItemsOfTheSectionsItNames() {
    ScriptedRun run = ScriptedRun.of(COUNTED).skip("Firewall").toTheEnd();
    assertThat(run.filled())
        .contains("- Code: 2/2 items complete\n")
        .contains("- Network: 2/3 items complete\n")
        .contains("**TOTAL: 4/5 items complete** (Target: 4/5)\n");
  }

  @Test
  void asksNobodyForACount() {
    ScriptedRun run = ScriptedRun.of(COUNTED);
    assertThat(run.step("Code, Network").action()).isInstanceOf(Action.Parts.class);
    assertThat(run.step("Code, Network").form().asked()).isEmpty();
  }

  @Test
  void aRunOfSomeStepsAsksForWhatItCannotCount() {
    ScriptedRun run = ScriptedRun.of(COUNTED);
    var some = run.plan.with(List.of(run.step("Code, Network"), run.step("Decision")));
    assertThat(some.steps().getFirst().action()).isInstanceOf(Action.Attest.class);
    assertThat(some.steps().getFirst().form().asked()).containsExactly(0, 1, 2);
  }

  @Test
  void aCountBelowItsTargetIsNotTakenForGood() {
    ScriptedRun run = ScriptedRun.of(COUNTED).skip("Firewall").skip("Tested").until("Decision");
    var at = run.state().step(run.step("Code, Network").id());
    assertThat(at.phase()).isEqualTo(Phase.FAILED);
    assertThat(at.detail()).isEqualTo("TOTAL: 3 is not ≥ 4");
    run.tell("Ada", new RunCommand.Skip(run.step("Code, Network").id(), "agreed"));
    run.toTheEnd();
    assertThat(run.filled()).contains("**TOTAL: 3/5 items complete**").contains("[x] GO");
  }

  @Test
  void aCountSaysWhenTheDocumentCountsOtherwise() {
    String text = COUNTED.replace("Network: ____/3", "Network Readiness: ____/4");
    assertThat(ScriptedRun.of(text).toTheEnd().filled())
        .contains("- Network Readiness: 3 (of 3 there)/4 items complete\n");
  }

  @Test
  void aPersonMaySayOtherwise() {
    ScriptedRun run = ScriptedRun.of(COUNTED).until("Decision");
    run.tell("Bob", new RunCommand.Sign(run.step("Code, N").id(), Map.of(0, "1"), Map.of()));
    assertThat(run.filled()).contains("- Code: 1/2 items complete\n");
    run.tell("Bob", new RunCommand.Sign(run.step("Code, N").id(), Map.of(2, "1"), Map.of()));
    assertThat(run.refused().orElseThrow()).contains("TOTAL: 1 is not ≥ 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- Replicas ready: ____/3",
        "- Scenarios passed (____/15 scenarios)",
        "- Somewhere else: ____/3 items complete",
        "- All targets: ____/____ complete"
      })
  void leavesToPeopleWhatOnlyTheyKnow(String line) {
    ScriptedRun run =
        ScriptedRun.of("# A\n\n## Code\n\n- [ ] Reviewed\n\n## Then\n\n" + line + "\n");
    assertThat(run.plan.steps().getLast().form().computed()).isEmpty();
    assertThat(run.plan.steps().getLast().action()).isInstanceOf(Action.Attest.class);
  }

  @Test
  void sumsUpTheTestsOfASummary() {
    String text =
        """
        # A

        ## Smoke Testing (3 tests)

        - [ ] Home page

          ```bash
          curl -fsS http://127.0.0.1/
          # Expected: 200
          ```

          **Result:** ____ **Time:** ____
        - [ ] Orders
        - [ ] Search

        ## Smoke Test Summary

        **Passed:** ____ (**Target:** ≥1/3)
        **Failed:** ____
        **Blocked:** ____
        """;
    Outcome bad = new Outcome.Failed("no", List.of(ScriptedRun.result("curl", "500", 0, false)));
    ScriptedRun run = ScriptedRun.moving(text).outcome("Home page", bad).skip("Search");
    run.until("Home page").tell("Ada", new RunCommand.Skip(run.step("Home page").id(), "known"));
    assertThat(run.toTheEnd().filled())
        .contains("**Result:** FAIL **Time:** ____\n")
        .contains("**Passed:** 1 (**Target:** ≥1/3)\n**Failed:** 1\n**Blocked:** 1\n");
  }

  @Test
  void tellsWhoDidAStepAndWhen() {
    String text =
        """
        # A

        ## Step 1: Switch

        - [ ] One
        - [ ] Two
        - **Time:** ____ **Completed by:** ____

        ## Step 2: Look

        - [ ] Three
          **Verified by:** ____ **Time:** ____
        """;
    assertThat(ScriptedRun.of(text).toTheEnd().filled())
        .contains("- **Time:** 2026-11-20 18:02Z **Completed by:** Ada\n")
        .contains("**Verified by:** Ada **Time:** 2026-11-20 18:03Z\n");
  }

  @Test
  void tellsNothingOfAStepThatWasGoneOnWithout() {
    String text = "# A\n\n- [ ] Three\n  **Verified by:** ____ **Time:** ____\n";
    assertThat(ScriptedRun.of(text).skip("Three").toTheEnd().filled()).isEqualTo(text);
  }

  @Test
  void datesWhatIsSignedAndDecided() {
    String text =
        """
        # A

        ## Go/No-Go

        **Decision: [ ] GO  [ ] NO-GO**

        **Decided By:** ____ **Date/Time:** ____

        ## Sign-off

        Release Manager: ____ Date: ____
        """;
    assertThat(ScriptedRun.of(text).toTheEnd().filled())
        .contains("**Decided By:** Ada **Date/Time:** 2026-11-20 18:01Z\n")
        .contains("Release Manager: Ada Date: 2026-11-20\n");
  }

  @Test
  void measuresTheDeploymentByTheDocumentsOwnTimes() {
    String text =
        """
        # A

        ## Before (T-1 hour)

        - [ ] Announced

        ## Go (T+0 to T+10 min)

        **Current Time: ____ | Expected End Time: ____**

        - [ ] One
        - [ ] Two

        ## After

        - Start time of the deployment: ____

        **Deployment Duration:** ____ minutes (Target: <60 minutes)
        """;
    assertThat(ScriptedRun.of(text).toTheEnd().filled())
        .contains("**Current Time: 2026-11-20 18:01Z | Expected End Time: 2026-11-20 18:11Z**")
        .contains("- Start time of the deployment: ____\n")
        .contains("**Deployment Duration:** 2 minutes");
  }

  @Test
  void tellsOfARollback() {
    String text =
        """
        # A

        - [ ] Deploy

        - [ ] Look at it

        ## Rollback

        **Rollback Reason:** ____

        **Rollback Initiated By:** ____

        **Rollback Start Time:** ____

        - [ ] Told everyone

        **Rollback Completion Time:** ____
        """;
    ScriptedRun run = ScriptedRun.of(text).until("Look at it");
    run.tell("Bob", new RunCommand.RollBack("too | slow"));
    assertThat(run.toTheEnd().filled())
        .contains("**Rollback Reason:** too | slow\n")
        .contains("**Rollback Initiated By:** Bob\n")
        .contains("**Rollback Start Time:** 2026-11-20 18:02Z\n")
        .contains("**Rollback Completion Time:** 2026-11-20 18:03Z\n");
  }

  @Test
  void aValueThatBreaksItsConditionIsNotTakenForGood() {
    String text = "# A\n\n- [ ] Latency\n  - p95: ____ ms (target: <500ms)\n\n- [ ] Next\n";
    ScriptedRun run = ScriptedRun.of(text).field("Latency", 0, "812").until("Latency");
    run.tell("Ada", new RunCommand.Sign(run.step("Latency").id(), Map.of(0, "812"), Map.of()));
    assertThat(run.state().step(run.step("Latency").id()).phase()).isEqualTo(Phase.FAILED);
    assertThat(run.filled()).contains("- [ ] Latency\n  - p95: 812 ms");
    run.tell("Ada", new RunCommand.Sign(run.step("Latency").id(), Map.of(), Map.of()));
    assertThat(run.state().step(run.step("Latency").id()).phase()).isEqualTo(Phase.FAILED);
    run.tell("Ada", new RunCommand.Sign(run.step("Latency").id(), Map.of(0, "81"), Map.of()));
    assertThat(run.state().step(run.step("Latency").id()).phase()).isEqualTo(Phase.DONE);
    assertThat(run.filled()).contains("- [x] Latency\n  - p95: 81 ms");
  }
}
