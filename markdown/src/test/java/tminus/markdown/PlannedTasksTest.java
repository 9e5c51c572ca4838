package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.Work;

/// What becomes of tasks that have no box: which steps they are, and between which others.
class PlannedTasksTest {

  private static final Binding DELIVERS = new Binding(Map.of(), Map.of(), true, 1);

  private static Plan plan(String text, Binding binding) {
    return Planner.plan(MarkdownReader.read("case.md", text), binding);
  }

  /// Each step as `line kind title: what it does`.
  private static List<String> shown(List<Step> steps) {
    return steps.stream()
        .map(step -> step.line() + " " + step.action().kind() + " " + step.title() + does(step))
        .toList();
  }

  private static String does(Step step) {
    return switch (step.action()) {
      case Action.Wait wait -> ": " + wait.duration();
      case Action.Bake bake -> ": " + bake.duration() + " " + bake.conditions();
      case Action.Shift shift -> ": " + shift.weight();
      case Action.Check check -> commands(check.commands());
      case Action.Act(Work.Shell(List<ShellCommand> commands), _) -> commands(commands);
      case Action.Act _, Action.Attest _, Action.Parts _, Action.Gate _, Action.Notify _ -> "";
    };
  }

  private static String commands(List<ShellCommand> commands) {
    return ": " + String.join("; ", commands.stream().map(ShellCommand::text).toList());
  }

  private static List<String> steps(String text, Binding binding) {
    Plan plan = plan(text, binding);
    return Stream.concat(shown(plan.steps()).stream(), shown(plan.rollback()).stream()).toList();
  }

  private static final String SCRIPT =
      """
      # Ship
      ## Switch
      ```sh
      # Give it a share
      make shift

      # Wait and watch for 15 minutes
      # Check the board:
      # - Error rate < 1%
      # - No new errors

      # Give it the rest
      make rest

      # After another 24 hours
      make clean
      ```
      """;

  @Test
  void aWaitBetweenCommandsIsAStepBetweenThem() {
    assertThat(steps(SCRIPT, Binding.NONE))
        .containsExactly(
            "3 act Give it a share: make shift",
            "7 wait Wait and watch for 15 minutes: PT15M",
            "8 attest Check the board:",
            "13 act Give it the rest: make rest",
            "15 wait After another 24 hours: PT24H",
            "16 act Switch: commands: make clean");
    Step look = plan(SCRIPT, Binding.NONE).steps().get(2);
    assertThat(look.context()).containsExactly("Error rate < 1%", "No new errors");
  }

  @Test
  void withNumbersToLookAtItIsABakeWithItsConditions() {
    assertThat(steps(SCRIPT, DELIVERS))
        .contains(
            "7 bake Wait and watch for 15 minutes: PT15M [error rate < 1 %]",
            "8 attest Check the board:");
    String measured = SCRIPT.replace("# - No new errors\n", "");
    assertThat(steps(measured, DELIVERS))
        .as("the bake judges all there is to check")
        .doesNotContain("8 attest Check the board:");
  }

  @Test
  void withoutAnyAPersonSaysWhetherTheConditionsHold() {
    String text =
        """
        # Ship
        ## Watch
        ```sh
        # Wait for 5 minutes
        # Error rate < 1%
        make a

        # Wait for 5 minutes
        # Error rate < 1%
        ```
        """;
    assertThat(steps(text, Binding.NONE))
        .containsExactly(
            "4 wait Wait for 5 minutes Error rate < 1%: PT5M",
            "4 attest error rate < 1 %",
            "6 act Watch: commands: make a",
            "8 wait Wait for 5 minutes: PT5M",
            "8 attest error rate < 1 %");
  }

  @Test
  void aCommandThatWaitsByItselfIsNotWaitedForTwice() {
    String text =
        """
        # Ship
        ## Start
        ```sh
        # Wait for the rollout (5 minutes)
        kubectl rollout status deployment/a
        ```
        """;
    assertThat(steps(text, Binding.NONE))
        .containsExactly(
            "3 check Wait for the rollout (5 minutes): kubectl rollout status deployment/a");
  }

  @Test
  void aScriptOfCommentsAsksAPersonForEach() {
    String text =
        """
        # Ship
        ## Announce
        ```sh
        # Join the room
        # Address: [URL]

        # 2. Call the lead
        # Ticket: ____
        ```
        """;
    assertThat(steps(text, Binding.NONE))
        .containsExactly("4 attest Join the room", "7 attest Call the lead", "8 attest Ticket");
    assertThat(plan(text, Binding.NONE).missing()).containsExactly("URL");
    assertThat(plan(text, Binding.NONE).steps().getLast().form().fields()).hasSize(1);
  }

  @Test
  void anAlternativeInAScriptIsLeftOutAndListed() {
    String text =
        """
        # Ship
        ## Rollback
        ```sh
        # Restore the copy
        make restore

        # Alternative: by hand
        make undo
        make redo

        # Tell everyone
        make tell
        ```
        """;
    assertThat(steps(text, Binding.NONE))
        .containsExactly("3 act Rollback: commands: make restore; make tell");
    assertThat(plan(text, Binding.NONE).choices())
        .singleElement()
        .satisfies(choice ->
            assertThat(choice.left())
                .singleElement()
                .satisfies(way -> assertThat(way.title()).isEqualTo("Alternative: by hand")));
  }

  @Test
  void aCommandWithDotsInItIsNeverRunAsItIs() {
    String text = "# Ship\n## Go\n```sh\nmodify --rule-arn ... --to \"...blue...\"\n```\n";
    assertThat(plan(text, Binding.NONE).missing()).containsExactly("rule-arn", "to blue");
    Action.Act act = (Action.Act) plan(text, Binding.NONE).steps().getFirst().action();
    assertThat(((Work.Shell) act.work()).commands().getFirst().missing())
        .containsExactly("rule-arn", "to blue");
    Binding given = new Binding(Map.of("rule-arn", "r1", "to blue", "g1"), Map.of(), false, 1);
    assertThat(steps(text, given))
        .containsExactly("3 act Go: commands: modify --rule-arn r1 --to \"g1\"");
  }

  @Test
  void entriesUnderABoxArePartsOfItInTheirOrder() {
    String text =
        """
        # Ship
        - [ ] Alerts work
          - Open the board
          ```sh
          # Send one
          make alert
          # Look for it on the phone
          ```
          - Close the alert
          **Result:** PASS/FAIL
        """;
    assertThat(steps(text, Binding.NONE))
        .containsExactly(
            "3 attest Open the board",
            "4 act Send one: make alert",
            "7 attest Look for it on the phone",
            "9 attest Close the alert",
            "2 attest Alerts work");
    Plan plan = plan(text, Binding.NONE);
    assertThat(plan.items()).isEqualTo(1);
    assertThat(plan.steps().getLast().parts()).hasSize(4);
    assertThat(plan.steps().getLast().form().choices()).hasSize(1);
  }

  @Test
  void sharesInARowAreTakenOneByOneAndAPersonSaysWhenToGoOn() {
    String text = "# Ship\n## Gradual rollout\n- 10% → 100%\n- Monitor at each stage\n";
    assertThat(steps(text, Binding.NONE))
        .containsExactly("3 attest 10% → 100%", "4 attest Monitor at each stage");
    assertThat(steps(text, DELIVERS))
        .containsExactly(
            "3 shift 10% → 100%: 10 %: 10 %",
            "3 attest 10% → 100%: on to 100 %",
            "3 shift 10% → 100%: 100 %: 100 %",
            "4 attest Monitor at each stage");
  }

  @Test
  void whenGoingBackNothingIsMeasuredAndTrafficOnlyGoesBack() {
    String text = "# Ship\n## Rollback steps\n- Wait for 2 minutes\n- Shift 50% of traffic\n";
    assertThat(steps(text, DELIVERS))
        .containsExactly("3 wait Wait for 2 minutes: PT2M", "4 act Shift 50% of traffic");
  }

  @Test
  void whatStandsUnderATaskIsItsContext() {
    String text = "# Ship\n## Process\n1. **Monitor it**\n   - CPU usage < 70%\n   - Costs\n";
    Plan plan = plan(text, Binding.NONE);
    assertThat(shown(plan.steps())).containsExactly("3 attest Monitor it");
    assertThat(plan.steps().getFirst().context()).containsExactly("CPU usage < 70%", "Costs");
  }

  @Test
  void aDecisionAndWhoTookItAreOneGate() {
    String text =
        """
        # Ship
        ## Gate 1: Go/No-Go
        **Decision Authority:** Lead

        **Decision:** [ ] GO [ ] NO-GO

        **Decided By:** ____ **Date/Time:** ____
        """;
    Plan plan = plan(text, Binding.NONE);
    assertThat(shown(plan.steps())).containsExactly("5 gate Gate 1: Go/No-Go: Decision");
    Step gate = plan.steps().getFirst();
    assertThat(gate.roles()).containsExactly("Lead");
    assertThat(gate.form().signatures()).hasSize(1);
    assertThat(gate.form().fields()).hasSize(1);
  }

  @Test
  void aTriggerOnAShareOfTestsIsForPeople() {
    String text = "# Ship\n## Rollback criteria\n- Tests < 19/20 passed\n- Error rate > 5%\n";
    assertThat(plan(text, DELIVERS).triggers())
        .extracting(trigger -> trigger.condition().isPresent())
        .containsExactly(false, true);
  }
}
