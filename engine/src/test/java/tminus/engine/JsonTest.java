package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.calendar.Calendar;
import tminus.core.calendar.Freeze;
import tminus.core.calendar.Window;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.checklist.Timing;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.Quantity;
import tminus.core.plan.Action;
import tminus.core.plan.Approval;
import tminus.core.plan.Choice;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Event;
import tminus.core.run.Evidence;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

class JsonTest {

  private static final Calendar CALENDAR =
      new Calendar(
          List.of(
              new Window(
                  Set.of(DayOfWeek.THURSDAY, DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                  LocalTime.of(9, 0),
                  LocalTime.MIDNIGHT,
                  ZoneId.of("Europe/Berlin"))),
          List.of(
              new Freeze(
                  LocalDateTime.of(2026, 12, 19, 0, 0),
                  Optional.of(LocalDateTime.of(2027, 1, 3, 0, 0)),
                  "year end",
                  ZoneId.of("+01:00")),
              new Freeze(
                  LocalDateTime.of(2027, 2, 1, 8, 30), Optional.empty(), "audit", ZoneOffset.UTC)));

  private static final Span SPAN = new Span(3, 20, 27);
  private static final StepId ID = new StepId("health-check-passes");
  private static final Condition CONDITION =
      new Condition(
          "latency",
          Optional.of(0.95),
          Comparison.LESS,
          new Quantity(250, Quantity.Unit.MILLISECONDS),
          Optional.of(Duration.ofSeconds(30)));

  private static final List<Expectation> EXPECTATIONS =
      List.of(
          new Expectation.Empty("empty output"),
          new Expectation.Literal("`ok`", "ok"),
          new Expectation.Amount("< 0.25", Comparison.LESS, 0.25, "s"),
          new Expectation.HttpStatus("200", 200),
          new Expectation.Json(
              "{\"status\":\"ok\"}",
              List.of(new Expectation.Json.Field("status", Comparison.EQUAL, "ok"))),
          new Expectation.Count("At least one 429", 1, "429"),
          new Expectation.Lines("two lines", List.of("a [hash]", "b")),
          new Expectation.All(
              "200, < 0.25",
              List.of(
                  new Expectation.HttpStatus("200", 200),
                  new Expectation.Amount("< 0.25", Comparison.LESS, 0.25, "s"))),
          new Expectation.Prose("Normal traffic levels"));

  private static final List<ShellCommand> COMMANDS =
      EXPECTATIONS.stream()
          .map(expected ->
              new ShellCommand(7, "label", "curl x", Optional.of(expected), List.of("VERSION")))
          .toList();

  private static final List<Work> WORK =
      List.of(
          new Work.Shell(COMMANDS),
          new Work.Deploy(Work.Part.CANDIDATE, "v2"),
          new Work.Retire(Work.Part.STABLE),
          new Work.Revive(),
          new Work.Restore());

  private static final List<Action> ACTIONS =
      List.of(
          new Action.Attest(),
          new Action.Parts(),
          new Action.Check(COMMANDS),
          new Action.Act(WORK.getFirst(), Optional.empty()),
          new Action.Act(WORK.get(2), Optional.of(new Work.Revive())),
          new Action.Shift(new Weight(10)),
          new Action.Bake(Duration.ofMinutes(5), List.of(CONDITION)),
          new Action.Gate(),
          new Action.Wait(Duration.ofMillis(1500)),
          new Action.Notify("Start", "We begin.\n\tNow."));

  private static final List<Timing> TIMINGS =
      List.of(
          new Timing.At(Duration.ofDays(-7)),
          new Timing.Between(Duration.ofMinutes(5), Duration.ofMinutes(25)),
          new Timing.Takes(Duration.ofMinutes(15)));

  private static final List<CommandResult> RESULTS =
      List.of(
          result(Optional.of(0), new Judgement.Met("exit 0")),
          result(Optional.of(7), new Judgement.NotMet("exit 7")),
          result(Optional.empty(), new Judgement.NeedsPerson("is it normal?")));

  private static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Done("exit 0", RESULTS),
          new Outcome.Failed("exit 7", List.of()),
          new Outcome.NeedsPerson("is it normal?", RESULTS),
          new Outcome.Unknown("cut off"));

  private static CommandResult result(Optional<Integer> exit, Judgement judgement) {
    return new CommandResult(
        7,
        "curl 'x' \\\n  -v",
        exit,
        "\u001b[1mé\u0000\u2028😀</script>\n",
        Duration.ofMillis(12),
        judgement);
  }

  private static Plan plan() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < ACTIONS.size(); i++) {
      Mark.Choice choice =
          new Mark.Choice(
              SPAN,
              List.of(
                  new Mark.Choice.Option("GO", Optional.of(SPAN), SPAN, true),
                  new Mark.Choice.Option("NO-GO", Optional.empty(), SPAN, false)));
      Mark.Blank blank = new Mark.Blank(SPAN, Mark.Blank.Role.FIELD, "Backup");
      steps.add(
          new Step(
              new StepId("step-" + i),
              i + 1,
              List.of("Deployment", "10 %"),
              i == 0 ? Optional.empty() : Optional.of(TIMINGS.get(i % TIMINGS.size())),
              "Step “" + i + "”",
              ACTIONS.get(i),
              List.of("DBA"),
              i == 0 ? List.of() : List.of(new StepId("step-0")),
              new Step.Form(Optional.of(SPAN), List.of(choice), List.of(blank), List.of(blank)),
              List.of("Verification: a ticket")));
    }
    return new Plan(
        "Shop",
        "docs/shop.md",
        "00ff",
        12,
        steps.subList(0, steps.size() - 1),
        List.of(steps.getLast()),
        List.of(
            new Trigger(180, "p95 latency > 250 ms", Optional.of(CONDITION)),
            new Trigger(181, "orders go missing", Optional.empty(), Trigger.Mode.ADVISE)),
        Map.of("VERSION", "v2"),
        List.of(new Mark.Blank(SPAN, Mark.Blank.Role.PARAMETER, "VERSION")),
        List.of("SHOP"),
        List.of(
            new Choice(
                "Deployment",
                40,
                false,
                Choice.Decision.CHOSEN,
                "",
                List.of(
                    new Choice.Way("Method 1: Canary", "Canary", 40, true, true, List.of()),
                    new Choice.Way(
                        "Method 2: Rolling",
                        "Rolling",
                        50,
                        false,
                        false,
                        List.of(new Choice.Entry(51, "act", "Roll")))))),
        60,
        new Rules(
            Map.of("DBA", List.of("dba@example.com")),
            Approval.USUAL,
            Map.of(ID, new Approval(2, Duration.ofHours(4), Duration.ofMinutes(5), List.of("CTO"))),
            List.of("Deployment Lead"),
            Map.of(ID, "DBA"),
            Map.of(ID, new ShellCommand(1, "", "true", Optional.empty(), List.of())),
            Map.of(ID, Duration.ofHours(2)),
            Map.of(ID, List.of("Deployment", "Migrate")),
            Set.of(ID)),
        CALENDAR);
  }

  /// One event of every type, and of those with a sealed part one for each of its variants.
  static List<Event> events() {
    List<Event> events = new ArrayList<>();
    Optional<Event.Slots> slots =
        Optional.of(new Event.Slots(new Slot("blue"), new Slot("green"), "v1"));
    for (Event.CommandPolicy policy : Event.CommandPolicy.values()) {
      events.add(new Event.RunStarted(plan(), "cafe", policy, slots));
    }
    events.add(new Event.RunStarted(plan(), "cafe", Event.CommandPolicy.ASK, Optional.empty()));
    events.add(
        new Event.RunStarted(
            plan(),
            "cafe",
            Event.CommandPolicy.ASK,
            Optional.empty(),
            Optional.of(Instant.parse("2026-12-01T10:00:00Z"))));
    events.add(new Event.StepAsked(ID, "to be signed"));
    events.add(new Event.StepPostponed(ID, "due at noon"));
    events.add(new Event.StepNotApplicable(ID, "no such service"));
    events.add(new Event.EvidenceAttached(ID, new Evidence("scan.pdf", "0f".repeat(32), 7, "")));
    events.add(new Event.GateSigned(ID, "GO", 12));
    events.add(new Event.GlassBroken(ID, "the house burns"));
    events.add(new Event.PersonReminded(2, "go or no-go?", List.of("Ada", "CTO")));
    events.add(new Event.TriggerNoticed(1, "orders go missing"));
    events.add(new Event.RollbackCancelled("it was the network"));
    WORK.forEach(work -> events.add(new Event.UndoAsked(ID, work, "really?")));
    events.add(new Event.StepStarted(ID, 1));
    OUTCOMES.forEach(outcome -> events.add(new Event.StepEnded(ID, 2, outcome)));
    events.add(new Event.FormFilled(ID, Map.of(0, "nightly \"7\"", 11, ""), Map.of(0, 1)));
    events.add(new Event.StepSigned(ID));
    events.add(new Event.StepRejected(ID, "ISSUES FOUND"));
    events.add(new Event.StepFollowed(ID));
    events.add(new Event.StepSkipped(ID, "not applicable", false));
    events.add(new Event.StepSkipped(ID, "the rig is down", true));
    events.add(new Event.StepRetried(ID));
    events.add(new Event.GateDecided(ID, true, "GO"));
    events.add(new Event.GateDecided(ID, false, "NO-GO"));
    events.add(new Event.NoteTaken("two\nlines"));
    events.add(new Event.RunHeld("lunch"));
    events.add(new Event.RunResumed());
    events.add(
        new Event.TrafficMeasured(
            new Weight(25),
            List.of(
                new Event.Reading(new Slot("blue"), 1.004, 812, 0, Optional.of(23.4)),
                new Event.Reading(new Slot("green"), 1.004, 0, 0, Optional.empty()))));
    events.add(new Event.TriggerFired(0, "p95 latency is 400 ms, and the limit is > 250 ms"));
    events.add(new Event.RollbackStarted("orders go missing"));
    WORK.forEach(work -> events.add(new Event.UndoStarted(ID, work, 1)));
    OUTCOMES.forEach(outcome -> events.add(new Event.UndoEnded(ID, WORK.get(1), 3, outcome)));
    for (Event.Result result : Event.Result.values()) {
      events.add(new Event.RunFinished(result, ""));
    }
    return events;
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventSurvivesWritingAndReadingUnchanged(Event event) {
    assertThat(Json.read(Json.write(event), Event.class)).isEqualTo(event);
    assertThat(Json.read(Json.pretty(event), Event.class)).isEqualTo(event);
  }

  @Test
  void theEventsAboveHaveEveryVariantOfEverySealedType() {
    Set<Class<?>> seen = new HashSet<>();
    events().forEach(event -> collect(event, seen));
    List<Class<?>> sealed =
        List.of(
            Event.class,
            Action.class,
            Work.class,
            Outcome.class,
            Judgement.class,
            Expectation.class,
            Timing.class);
    assertThat(seen)
        .containsAll(
            sealed.stream().flatMap(type -> Stream.of(type.getPermittedSubclasses())).toList());
  }

  private static void collect(Object value, Set<Class<?>> seen) {
    switch (value) {
      case Collection<?> many -> many.forEach(one -> collect(one, seen));
      case Optional<?> maybe -> maybe.ifPresent(one -> collect(one, seen));
      case Record one -> {
        seen.add(one.getClass());
        for (RecordComponent component : one.getClass().getRecordComponents()) {
          try {
            collect(component.getAccessor().invoke(one), seen);
          } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record component cannot be read", e);
          }
        }
      }
      default -> {}
    }
  }

  @Test
  void theJournalGivesBackWhatItWasGiven(@TempDir Path folder) {
    List<Recorded> recorded =
        events().stream()
            .map(event -> new Recorded(Instant.parse("2026-11-20T18:15:00.123Z"), "Zoë", event))
            .toList();
    RunId id = new RunId("r");
    try (Journal journal = Journal.open(folder)) {
      Journal.Header header =
          new Journal.Header(
              id, "Shop", new Journal.Origin("/shop.md", "/", ""), recorded.getFirst().at());
      journal.create(
          header,
          "# Shop".getBytes(StandardCharsets.UTF_8),
          recorded.getFirst().event(),
          recorded.getFirst().by());
      journal.append(id, journal.tip(id).orElseThrow(), recorded.subList(1, recorded.size()));
    }
    try (Journal journal = Journal.open(folder)) {
      assertThat(journal.entries(id, 0)).extracting(Journal.Entry::recorded).isEqualTo(recorded);
      assertThat(journal.firstBroken(id)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"StepSigned\"}",
        "{\"type\":\"StepSigned\",\"step\":\"a\",\"more\":1}",
        "{\"type\":\"StepSung\",\"step\":\"a\"}",
        "{\"step\":\"a\"}"
      })
  void anEventWithMissingOrUnknownPartsIsRefused(String json) {
    assertThatThrownBy(() -> Json.read(json, Event.class)).isInstanceOf(RuntimeException.class);
  }
}
