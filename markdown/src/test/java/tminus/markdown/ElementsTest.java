package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Element;
import tminus.core.checklist.Element.Kind;
import tminus.core.checklist.Elements;

/// What a document's words are laid flat as, kind by kind.
class ElementsTest {

  private static Elements elements(String text) {
    Checklist checklist = MarkdownReader.read("case.md", text);
    return Elements.of(checklist, text);
  }

  /// The elements of a kind, each as `line facts`.
  private static List<String> of(Kind kind, String text) {
    return elements(text).elements().stream()
        .filter(element -> element.kind() == kind)
        .map(element -> element.span().line() + " " + element.facts())
        .toList();
  }

  @Test
  void aTriggerIsAsUrgentAsTheWordsThatIntroduceIt() {
    String text =
        """
        # Ship

        ## Rollback criteria

        **Immediate rollback (within 3 minutes):**
        - Error rate > 4%

        **Planned rollback (within 1 hour):**
        - Slow answers
        """;
    assertThat(of(Kind.TRIGGER, text))
        .containsExactly(
            "6 {text=Error rate > 4%, metric=error rate, op=>, value=4, unit=%,"
                + " urgency=immediate, within=PT3M}",
            "9 {text=Slow answers, urgency=planned, within=PT1H}");
  }

  @Test
  void aRollbackIsTheUndoOfThePhaseItStandsIn() {
    String text =
        """
        # Ship

        ## Phase 2: Migrate

        - [ ] Migrated

        **Rollback Trigger:** If it fails, restore:
        ```bash
        ./restore.sh
        ```

        ## Rollback

        - [ ] All back
        """;
    assertThat(of(Kind.UNDO, text)).containsExactly("7 {of=Phase 2: Migrate}", "12 {of=Ship}");
  }

  @Test
  void waysOfWhichOneIsChosenAreAlternatives() {
    String text =
        """
        # Ship

        ## Method 1: Blue-green

        ## Method 2: Canary

        ## Rollback

        ### Automatic rollback

        ### Manual rollback

        ```bash
        # Take the release back
        ./undo.sh
        # Alternative: by hand
        ./undo.sh --by-hand
        ```
        """;
    assertThat(of(Kind.ALTERNATIVE, text))
        .containsExactly(
            "3 {options=[Method 1: Blue-green, Method 2: Canary]}",
            "9 {options=[Automatic rollback, Manual rollback]}",
            "17 {options=[Take the release back, by hand]}");
  }

  @Test
  void messagesSayToWhomAndWhen() {
    String text =
        """
        ## During the deployment (every 20 minutes)

        **Status update:**
        ```
        We are at [STEP].
        ```

        **Distribution:**
        - War room

        ## Communication plan

        - [ ] T+10: Started
        - Email: 3 hours before

        **Success notification:**
        - [ ] **To:** Everyone
        """;
    assertThat(of(Kind.MESSAGE, text))
        .containsExactly(
            "4 {title=Status update, audience=War room, schedule=R/PT20M}",
            "9 {title=Status update, audience=War room}",
            "13 {title=Started, schedule=PT10M}",
            "14 {title=3 hours before, audience=Email, schedule=-PT3H}",
            "17 {title=Success notification, audience=Everyone}");
  }

  @Test
  void contactsAndTheLogAreTables() {
    String text =
        """
        ## Contacts

        | Role | Phone |
        |------|-------|
        | DBA | 12 |

        ## Deployment log

        | Time | Event | Status | Notes |
        |------|-------|--------|-------|
        | | Started | | |
        """;
    assertThat(of(Kind.CONTACT, text)).containsExactly("5 {role=DBA, reach=12}");
    assertThat(of(Kind.LOG_TABLE, text))
        .containsExactly("9 {columns=[Time, Event, Status, Notes]}");
    assertThat(elements(text).prose()).extracting("line").containsExactly(3);
  }

  @Test
  void documentsAndAddressesAreReferences() {
    String text =
        """
        - [Guide](./guide.md)
        - Board: https://example.com/board
        - [ ] RUNBOOK.md reviewed
        - Try `curl https://example.com`
        """;
    assertThat(of(Kind.REFERENCE, text))
        .containsExactly(
            "1 {title=Guide, target=./guide.md}",
            "2 {title=, target=https://example.com/board}",
            "3 {title=RUNBOOK.md, target=RUNBOOK.md}");
  }

  @Test
  void aLineOfAStepMayExpectWithoutACommand() {
    String text =
        """
        - [ ] Upload a file
          - Expected: HTTP 201
        - [ ] Expected volume: high
        """;
    assertThat(of(Kind.EXPECTATION, text))
        .containsExactly("2 {type=http-status, text=Expected: HTTP 201, value=201}");
  }

  @Test
  void aHeadingMayBeOptionalAndHoldBlanks() {
    String text = "## Migrate to [VERSION] (10 minutes, if applicable)\n";
    assertThat(of(Kind.OPTIONAL, text)).containsExactly("1 {}");
    assertThat(of(Kind.BLANK, text)).containsExactly("1 {role=parameter, name=VERSION}");
  }

  @Test
  void aDecisionWithoutAnAuthorityIsStillAGate() {
    assertThat(of(Kind.GATE, "## Ready?\n\n- [ ] Decision: [ ] GO [ ] NO-GO\n"))
        .containsExactly("3 {authority=}");
    assertThat(of(Kind.GATE, "## Gate 1: Go/No-Go\n\n**Authority:** Lead + DBA\n"))
        .containsExactly("3 {authority=Lead + DBA}");
  }

  @Test
  void anExpectationStandsWhereItsWordsStand() {
    String text = "```bash\n./health.sh\n# Expected: healthy\n./ready.sh # Should be empty\n```\n";
    Elements elements = elements(text);
    assertThat(elements.elements().stream().filter(e -> e.kind() == Kind.EXPECTATION))
        .extracting(e -> e.span().in(text))
        .containsExactly("Expected: healthy", "Should be empty");
    assertThat(elements.elements().stream().map(Element::said))
        .contains("expects \"healthy\"", "expects no output");
  }

  @Test
  void aTaskSaysWhichBoxItStandsUnderAndWhenItIsDue() {
    String text =
        """
        # Ship
        - [ ] Watch plan
          - Week 2: look daily

        ## Steps
        - Compare costs
        """;
    assertThat(of(Kind.TASK, text))
        .containsExactly(
            "3 {text=Week 2: look daily, of=2, window=PT168H/PT336H}", "6 {text=Compare costs}");
  }

  @Test
  void aConditionWithoutALimitHasNoValue() {
    String text = "- [ ] CPU > ____ %\n- [ ] Metrics stable for 15 minutes\n";
    assertThat(of(Kind.CONDITION, text))
        .containsExactly("1 {metric=cpu usage, op=>}", "2 {metric=metrics, sustained=PT15M}");
    assertThat(elements(text).elements().stream().map(Element::said))
        .contains("cpu usage > ?, a person judges", "metrics for 15 min, a person judges");
  }

  @Test
  void sharesOfTrafficThatMustBeThereAreExpected() {
    String text =
        """
        - [ ] Green: 100% traffic, Blue: 0% traffic
        - [ ] Weights written down
          - Blue weight: ____ (expected: 0)
        - [ ] Weights are right (canary: 10, stable: 90)
        - [ ] Blue: 3, green: 97 of them
        - [ ] Old: 20 %, new: 20 %
        """;
    assertThat(of(Kind.EXPECTATION, text))
        .containsExactly(
            "1 {type=weights, text=Green: 100% traffic, Blue: 0% traffic,"
                + " value=[Green = 100 %, Blue = 0 %]}",
            "3 {type=weights, text=Blue weight: ____ (expected: 0), value=[Blue = 0 %]}",
            "4 {type=weights, text=Weights are right (canary: 10, stable: 90),"
                + " value=[canary = 10 %, stable = 90 %]}");
  }

  @Test
  void aGateSaysHowSoonItMustBeDecided() {
    String text =
        """
        # Ship
        ## Rollback
        **Decision Authority:** Lead

        **Time to Decision:** Within 5 minutes of detection
        """;
    assertThat(of(Kind.GATE, text)).containsExactly("3 {authority=Lead, within=PT5M}");
    assertThat(of(Kind.CONDITION, text))
        .containsExactly("5 {metric=time to decision, op=≤, value=5, unit=min}");
  }

  @Test
  void aMessageMayPromiseTheNextOne() {
    String text = "```\nSubject: Started\n\nNext Update: [TIME + 30 minutes]\n```\n";
    assertThat(of(Kind.MESSAGE, text)).containsExactly("1 {title=Started, next=PT30M}");
  }

  @Test
  void severalExpectationsInALineAreOne() {
    String text = "```sh\ncurl -i a\n# Expected: HTTP 200, Time < 0.5s\n```\n";
    assertThat(of(Kind.EXPECTATION, text))
        .containsExactly(
            "3 {type=all, text=Expected: HTTP 200, Time < 0.5s, value=[HTTP 200, Time < 0.5s]}");
  }
}
