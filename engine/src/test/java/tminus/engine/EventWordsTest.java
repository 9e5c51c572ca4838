package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Mark.Choice.Option;
import tminus.core.checklist.Span;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.EventWords.Tone;

class EventWordsTest {

  private static final Span SPAN = new Span(1, 0, 1);
  private static final StepId HEALTH = new StepId("health");
  private static final StepId BACKUP = new StepId("backup");
  private static final StepId GATE = new StepId("gate");
  private static final StepId SHIFT = new StepId("shift");
  private static final StepId BAKE = new StepId("bake");

  private static final Plan PLAN =
      new Plan(
          "Shop",
          "shop.md",
          "d1",
          3,
          List.of(
              step(HEALTH, "Health check passes", new Action.Check(List.of()), Step.Form.NONE),
              step(
                  BACKUP,
                  "The backup was restored",
                  new Action.Attest(),
                  new Step.Form(
                      Optional.empty(),
                      List.of(choice("HEALTHY", "ISSUES FOUND")),
                      List.of(new Mark.Blank(SPAN, Mark.Blank.Role.FIELD, "Backup")),
                      List.of(new Mark.Blank(SPAN, Mark.Blank.Role.FIELD, "Signature")))),
              step(
                  GATE,
                  "Go/No-Go",
                  new Action.Gate(),
                  new Step.Form(
                      Optional.empty(), List.of(choice("GO", "NO-GO")), List.of(), List.of())),
              step(SHIFT, "10 % to the new version", new Action.Shift(new Weight(10)), none()),
              step(BAKE, "Watch", new Action.Bake(Duration.ofMinutes(5), List.of()), none())),
          List.of(),
          List.of(new Trigger(180, "Error rate > 5 % for 30 s", Optional.empty())),
          Map.of(),
          List.of(),
          List.of(),
          1);

  private static Step.Form none() {
    return Step.Form.NONE;
  }

  private static Mark.Choice choice(String good, String bad) {
    return new Mark.Choice(
        SPAN,
        List.of(
            new Option(good, Optional.empty(), SPAN, true),
            new Option(bad, Optional.empty(), SPAN, false)));
  }

  private static Step step(StepId id, String title, Action action, Step.Form form) {
    return new Step(
        id,
        1,
        List.of("Deployment"),
        Optional.empty(),
        title,
        action,
        List.of("Release Manager"),
        List.of(),
        form,
        List.of());
  }

  private static String said(String by, Event event) {
    return words(by, event).map(EventWords::toString).orElse("");
  }

  private static Optional<EventWords> words(String by, Event event) {
    return EventWords.of(new Recorded(Instant.EPOCH, by, event), PLAN);
  }

  private static String said(Event event) {
    return said(Recorded.TMINUS, event);
  }

  @Test
  void stepsAreToldWhenTheyEndAndAlsoWhenTheyStartIfThatTakesOrChangesSomething() {
    assertThat(said(new Event.StepEnded(HEALTH, 1, new Outcome.Done("exit 0", List.of()))))
        .isEqualTo("Health check passes: done (exit 0)");
    assertThat(said(new Event.StepEnded(HEALTH, 1, new Outcome.Failed("exit 7", List.of()))))
        .isEqualTo("Health check passes: FAILED (exit 7)");
    assertThat(said(new Event.StepStarted(SHIFT, 1))).isEqualTo("10 % to the new version: started");
    assertThat(said(new Event.StepStarted(BAKE, 1))).isEqualTo("Watch: started (takes 5 min)");
    assertThat(said(new Event.StepStarted(HEALTH, 1))).isEmpty();
    assertThat(said(new Event.StepStarted(HEALTH, 2)))
        .isEqualTo("Health check passes: started again, attempt 2");
    assertThat(said("Ada", new Event.StepStarted(HEALTH, 1)))
        .isEqualTo("Health check passes: confirmed and started by Ada");
  }

  @Test
  void whatPeopleDoNamesThem() {
    assertThat(said(new Event.StepAsked(GATE, "go or no-go?")))
        .isEqualTo("Go/No-Go: waits for Release Manager (go or no-go?)");
    assertThat(said("Ada", new Event.GateDecided(GATE, true, "GO")))
        .isEqualTo("Go/No-Go: GO by Ada");
    assertThat(said("Ada", new Event.GateDecided(GATE, false, "Not yet")))
        .isEqualTo("Go/No-Go: NO-GO by Ada (Not yet)");
    assertThat(said("Ada", new Event.StepSigned(BACKUP)))
        .isEqualTo("The backup was restored: signed by Ada");
    assertThat(said("Ada", new Event.StepSigned(HEALTH)))
        .isEqualTo("Health check passes: declared done by Ada");
    assertThat(said("Ada", new Event.StepSkipped(HEALTH, "no network", true)))
        .isEqualTo("Health check passes: WAIVED by Ada (no network)");
    assertThat(said("Ada", new Event.NoteTaken("It\nis slow")))
        .isEqualTo("note by Ada: It is slow");
    assertThat(said("Ada", new Event.FormFilled(BACKUP, Map.of(0, "nightly-7"), Map.of(0, 1))))
        .isEqualTo("The backup was restored: filled in by Ada (Backup = nightly-7; ISSUES FOUND)");
  }

  @Test
  void aGatesChoiceIsToldByItsDecision() {
    assertThat(said("Ada", new Event.FormFilled(GATE, Map.of(), Map.of(0, 0)))).isEmpty();
  }

  @Test
  void theWayBackIsToldWithItsReasonOnce() {
    assertThat(said(new Event.TriggerFired(0, "error rate is 8.1 %, and the limit is > 5 %")))
        .isEqualTo(
            "TRIGGER error rate is 8.1 %, and the limit is > 5 %"
                + " (line 180: Error rate > 5 % for 30 s)");
    assertThat(said(new Event.RollbackStarted("error rate is 8.1 %")))
        .isEqualTo("ROLLBACK started");
    assertThat(said("Ada", new Event.RollbackStarted("orders go missing")))
        .isEqualTo("ROLLBACK started by Ada (orders go missing)");
    assertThat(
            said(
                new Event.UndoEnded(
                    SHIFT, new Work.Restore(), 1, new Outcome.Done("blue has 100 %", List.of()))))
        .isEqualTo("undo: all traffic back to the stable version: done (blue has 100 %)");
    assertThat(said(new Event.UndoStarted(SHIFT, new Work.Retire(Work.Part.CANDIDATE), 2)))
        .isEqualTo(
            "undo of “10 % to the new version”: retire the candidate slot: started again, attempt 2");
  }

  @Test
  void theRunIsToldWhenItStartsAndEnds() {
    assertThat(
            said(
                "Ada",
                new Event.RunStarted(
                    PLAN,
                    "h",
                    Event.CommandPolicy.ASK,
                    Optional.of(new Event.Slots(new Slot("blue"), new Slot("green"), "v1")),
                    Optional.of(Instant.parse("2026-12-01T09:00:00Z")))))
        .isEqualTo(
            "run: started by Ada (5 steps; T-0 is 2026-12-01T09:00:00Z; commands run after a"
                + " person's yes; blue is stable with v1, green is the candidate)");
    assertThat(said(new Event.RunFinished(Event.Result.SUCCEEDED, ""))).isEqualTo("run: SUCCEEDED");
    assertThat(said("Ada", new Event.RunFinished(Event.Result.ABORTED, "aborted: too late")))
        .isEqualTo("run: ABORTED by Ada (too late)");
    assertThat(said(new Event.TrafficMeasured(Weight.NONE, List.of()))).isEmpty();
  }

  @Test
  void failuresAreNeverSaidNeutrally() {
    assertThat(words("Ada", new Event.StepRejected(HEALTH, "ISSUES FOUND")).orElseThrow().tone())
        .isEqualTo(Tone.BAD);
    assertThat(
            words(
                    Recorded.TMINUS,
                    new Event.UndoEnded(
                        SHIFT, new Work.Restore(), 3, new Outcome.Unknown("cut off")))
                .orElseThrow()
                .tone())
        .isEqualTo(Tone.BAD);
  }

  @Test
  void whatCouldMoveATerminalsCursorIsReplaced() {
    assertThat(
            said(
                new Event.StepEnded(
                    HEALTH, 1, new Outcome.Failed("\u001b[2J\u0007\n\u202eok", List.of()))))
        .isEqualTo("Health check passes: FAILED (\ufffd[2J\ufffd \ufffdok)");
  }

  @Test
  void aStepThePlanDoesNotHaveIsNamedByItsId() {
    assertThat(said("Ada", new Event.StepSigned(new StepId("gone"))))
        .isEqualTo("gone: declared done by Ada");
    assertThat(said("Ada", new Event.FormFilled(new StepId("gone"), Map.of(3, "x"), Map.of(1, 2))))
        .isEqualTo("gone: filled in by Ada (blank 4 = x; option 3)");
  }

  @ParameterizedTest
  @CsvSource({
    "PT-1S,0 ms",
    "PT0.04S,40 ms",
    "PT1.5S,1.5 s",
    "PT9.99S,10 s",
    "PT1M30S,1 min 30 s",
    "PT59M59.9S,1 h",
    "PT2H5M,2 h 5 min",
    "PT23H59M50S,1 d",
    "PT76H,3 d 4 h"
  })
  void durationsInTheirTwoLargestUnits(Duration duration, String words) {
    assertThat(EventWords.words(duration)).isEqualTo(words);
  }
}
