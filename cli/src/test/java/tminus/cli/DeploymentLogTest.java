package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tminus.core.run.Outcome;
import tminus.core.run.RunCommand;

/// The document's deployment log, and the evidence as footnotes.
class DeploymentLogTest {

  private static final String TEXT =
      """
      # Shop

      ## Before (T-1 hour)

      - [ ] Announced

      ## Deployment

      ### Phase 1: Database migration

      - [ ] Migrate

        ```bash
        migrate up
        ```

      - [ ] Rows counted

      ### Traffic

      - [ ] Shift 50 % of the traffic

      ## Appendix: log

      | Time | Event | Status | Notes |
      |---|---|---|---|
      | [TIME] | Deployment started | IN PROGRESS | war room open |
      | [TIME] | Database migration started | IN PROGRESS | |
      | [TIME] | Database migration complete | COMPLETE | 2/2 items |
      | [TIME] | Database migration complete | COMPLETE | 3 migrations applied |
      | [TIME] | Traffic shift 50% complete | COMPLETE | |
      | [TIME] | Rollout 50% complete | COMPLETE | |
      | [TIME] | Deployment complete | SUCCESS | Total duration: ____ min |

      The end.
      """;

  @Test
  void timesTheRowsThatCertainlyHappenedAndGoesOnBelow() {
    String filled = ScriptedRun.moving(TEXT).toTheEnd().filled();
    assertThat(filled)
        .contains(
            """
            | 2026-11-20 18:01Z | Deployment started | IN PROGRESS | war room open |
            | 2026-11-20 18:01Z | Database migration started | IN PROGRESS | |
            | 2026-11-20 18:03Z | Database migration complete | COMPLETE | 2/2 items |
            | [TIME] | Database migration complete | COMPLETE | 3 migrations applied |
            | 2026-11-20 18:04Z | Traffic shift 50% complete | COMPLETE | |
            | [TIME] | Rollout 50% complete | COMPLETE | |
            | 2026-11-20 18:04Z | Deployment complete | SUCCESS | Total duration: 3 min |
            | 2026-11-20 18:00Z | Run started | IN PROGRESS | by Ada |
            | 2026-11-20 18:01Z | Migrate | IN PROGRESS |  |
            """)
        .contains("| Run finished | SUCCESS |  |\n\nThe end.\n");
  }

  @Test
  void aPreparedClaimThatIsNotTrueStaysUntimed() {
    String filled = ScriptedRun.moving(TEXT).skip("Rows counted").toTheEnd().filled();
    assertThat(filled)
        .contains("| [TIME] | Database migration complete | COMPLETE | 2/2 items |")
        .contains("| Rows counted | SKIPPED | not today, by Ada |");
  }

  @Test
  void nothingThatIsSaidBreaksTheTable() {
    ScriptedRun run = ScriptedRun.moving(TEXT).until("Rows counted");
    run.tell("Ada", new RunCommand.Note("a | b\n| [ ] c `d` ____ |"));
    assertThat(run.filled()).contains("a \\| b \\| \\[ \\] c \\`d\\` \\_\\_\\_\\_ \\|, by Ada |\n");
  }

  @Test
  void aLogAtTheVeryEndGetsALineOfItsOwn() {
    String text = "# A\r\n\r\n- [ ] b\r\n\r\n> | Time | Event |\r\n> |---|---|";
    String filled = ScriptedRun.of(text).toTheEnd().filled();
    assertThat(filled)
        .startsWith("# A\r\n\r\n- [x] b\r\n\r\n> | Time | Event |\r\n> |---|---|\r\n")
        .endsWith("\r\n> | 2026-11-20 18:01Z | Run finished |");
  }

  @Test
  void footnotesCarryTheEvidenceInFencesThatHold() {
    Outcome good =
        new Outcome.Done(
            "good",
            List.of(
                ScriptedRun.result(
                    "migrate up", "one\n```\n- [ ] no item\n\u001b[31mred\n```\n", 0, true)));
    ScriptedRun run = ScriptedRun.moving(TEXT).outcome("Migrate", good).skip("Rows counted");
    String noted = run.toTheEnd().document().withFootnotes();
    assertThat(noted)
        .contains("- [x] Migrate [^tminus-2]\n")
        .contains("- [ ] Rows counted [^tminus-3]\n")
        .contains(
            """
            [^tminus-2]: Line 11, done by tminus at 2026-11-20 18:02Z.

                ````text
                $ migrate up
                one
                ```
                - [ ] no item
                red
                ```
                # exit 0 after 12 ms: good, as expected
                ````
            """)
        .contains("[^tminus-3]: Line 17, skipped by Ada at 2026-11-20 18:03Z.\n");
    assertThat(run.filled()).doesNotContain("[^");
  }
}
