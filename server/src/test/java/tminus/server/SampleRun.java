package tminus.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Mark.Choice.Option;
import tminus.core.checklist.Span;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.Quantity;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Event;
import tminus.core.run.Event.Reading;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.RunId;
import tminus.engine.Runs;

/// Runs written by hand, event by event.
public final class SampleRun {

  public static final Instant START = Instant.parse("2026-11-20T23:58:30.000Z");
  public static final String DIGEST =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  public static final String HASH =
      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";
  private static final String TITLE = "Shop: production deployment";
  private static final Span SPAN = new Span(1, 0, 1);
  private static final Slot BLUE = new Slot("blue");
  private static final Slot GREEN = new Slot("green");

  private final List<Recorded> events = new ArrayList<>();
  private Instant now = START;

  private SampleRun(Plan plan) {
    add("Ada Byron", started(plan));
  }

  public static Event.RunStarted started(Plan plan) {
    boolean delivers = plan.delivers();
    return new Event.RunStarted(
        plan,
        HASH,
        Event.CommandPolicy.ASK,
        delivers ? Optional.of(new Event.Slots(BLUE, GREEN, "v2.0.3")) : Optional.empty());
  }

  // ---- plans -----------------------------------------------------------------------------------

  public static Plan plan(List<Step> steps, List<Step> rollback) {
    Condition errors =
        new Condition(
            "error rate",
            Optional.empty(),
            Comparison.GREATER,
            new Quantity(5, Quantity.Unit.PERCENT),
            Optional.of(Duration.ofSeconds(30)));
    Condition latency =
        new Condition(
            "latency",
            Optional.of(0.95),
            Comparison.GREATER,
            new Quantity(1, Quantity.Unit.SECONDS),
            Optional.of(Duration.ofMinutes(1)));
    return new Plan(
        TITLE,
        "docs/PRODUCTION_DEPLOYMENT.md",
        DIGEST,
        steps.size(),
        steps,
        rollback,
        List.of(
            new Trigger(180, "Error rate > 5 % for 30 seconds", Optional.of(errors)),
            new Trigger(181, "p95 latency > 1 s for 1 minute", Optional.of(latency)),
            new Trigger(182, "Customers are charged a wrong price", Optional.empty())),
        Map.of("VERSION", "v2.1.0", "PORT", "8080"),
        List.of(new Mark.Blank(SPAN, Mark.Blank.Role.PARAMETER, "VERSION")),
        List.of("SHOP"),
        1);
  }

  public static Step step(String id, String section, String title, Action action) {
    return step(id, section, title, action, Step.Form.NONE);
  }

  public static Step step(String id, String section, String title, Action action, Step.Form form) {
    boolean person = action instanceof Action.Attest || action instanceof Action.Gate;
    return new Step(
        new StepId(id),
        Math.abs(id.hashCode() % 200) + 1,
        Stream.concat(Stream.of(TITLE), Stream.of(section.split("\\|"))).toList(),
        Optional.empty(),
        title,
        action,
        person ? List.of("Release Manager") : List.of(),
        List.of(),
        form,
        person ? List.of("Verification: the ticket says so") : List.of());
  }

  private static Step.Form form(String blank, String good, String bad) {
    Mark.Choice choice =
        new Mark.Choice(
            SPAN,
            List.of(
                new Option(good, Optional.empty(), SPAN, true),
                new Option(bad, Optional.empty(), SPAN, false)));
    Mark.Blank field = new Mark.Blank(SPAN, Mark.Blank.Role.FIELD, blank);
    return new Step.Form(Optional.of(SPAN), List.of(choice), List.of(field), List.of());
  }

  private static Action check() {
    return new Action.Check(
        List.of(
            new ShellCommand(88, "", "curl -fsS http://shop/health", Optional.empty(), List.of())));
  }

  private static Plan shop() {
    String before = "1. Before the day (T-24 hours)";
    String checks = "2. Final checks (T-30 minutes)";
    String deploy = "4. Deployment (T+0 to T+30 minutes)";
    return plan(
        List.of(
            step("reviewed", before, "Everything in v2.1.0 was reviewed", new Action.Attest()),
            step(
                "backup",
                before,
                "Last night’s backup was restored on the spare server, and the order count matches",
                new Action.Attest(),
                form("Backup", "VERIFIED", "ISSUES FOUND")),
            step("staging", before, "v2.1.0 ran in staging for a night", new Action.Attest()),
            step("health", checks, "The shop is healthy and takes traffic", check()),
            step("quick", checks, "The shop is quick enough to notice if it gets slower", check()),
            step("numbers", checks, "The numbers we will decide by are there", check()),
            step(
                "announce", checks, "The deployment is announced", new Action.Notify("Start", "…")),
            step(
                "gate",
                "3. Go / No-Go (T-10 minutes)",
                "Go / No-Go",
                new Action.Gate(),
                form("Reason, if it is a no", "GO", "NO-GO")),
            step(
                "deploy",
                deploy,
                "Put v2.1.0 into the idle slot",
                new Action.Act(
                    new Work.Deploy(Work.Part.CANDIDATE, "v2.1.0"),
                    Optional.of(new Work.Retire(Work.Part.CANDIDATE)))),
            step(
                "shift-10",
                deploy + "|10 % of the traffic",
                "Shift 10 % of the traffic",
                shift(10)),
            step("bake-10", deploy + "|10 % of the traffic", "Watch for 1 minute", bake()),
            step(
                "shift-50",
                deploy + "|50 % of the traffic",
                "Shift 50 % of the traffic",
                shift(50)),
            step("bake-50", deploy + "|50 % of the traffic", "Watch for 1 minute", bake()),
            step(
                "shift-100",
                deploy + "|100 % of the traffic",
                "Shift 100 % of the traffic",
                shift(100)),
            step(
                "retire",
                "5. After the deployment",
                "Retire the old version",
                new Action.Act(new Work.Retire(Work.Part.STABLE), Optional.of(new Work.Revive())))),
        List.of(
            step("back-health", "Rollback", "The shop is healthy again", check()),
            step("incident", "Rollback", "An incident is open", new Action.Attest())));
  }

  private static Action shift(int percent) {
    return new Action.Shift(new Weight(percent));
  }

  private static Action bake() {
    return new Action.Bake(Duration.ofMinutes(1), List.of());
  }

  // ---- events ----------------------------------------------------------------------------------

  private SampleRun add(String by, Event event) {
    events.add(new Recorded(now, by, event));
    return this;
  }

  private SampleRun after(double seconds) {
    now = now.plusMillis((long) (seconds * 1000));
    return this;
  }

  private SampleRun tminus(Event event) {
    return add(Recorded.TMINUS, event);
  }

  private static StepId id(String id) {
    return new StepId(id);
  }

  private SampleRun signed(String by, String step) {
    tminus(new Event.StepAsked(id(step), "to be done"));
    return after(12).add(by, new Event.StepSigned(id(step))).after(0.4);
  }

  private SampleRun ran(String step, double seconds, Outcome outcome) {
    tminus(new Event.StepStarted(id(step), 1)).after(seconds);
    return tminus(new Event.StepEnded(id(step), 1, outcome)).after(0.1);
  }

  public static CommandResult result(int exit, String output) {
    Judgement judgement =
        exit == 0
            ? new Judgement.Met("as expected: {\"status\":\"healthy\"}")
            : new Judgement.NotMet("exit " + exit);
    return new CommandResult(
        88,
        "# Health, as the proxy sees it\ncurl -fsS http://shop.example:8080/health",
        Optional.of(exit),
        output,
        Duration.ofMillis(31),
        judgement);
  }

  private static Outcome done(String detail, CommandResult... results) {
    return new Outcome.Done(detail, List.of(results));
  }

  /// Readings a second, with so many errors in a hundred of the candidate's requests.
  private SampleRun traffic(int seconds, int percent, double errors) {
    for (int i = 0; i < seconds; i++) {
      after(1);
      long all = 200 + (i * 37L) % 40;
      long candidate = all * percent / 100;
      long failed = Math.round(candidate * errors / 100 + (i % 7 == 3 ? 0.6 : 0));
      tminus(
          new Event.TrafficMeasured(
              new Weight(percent),
              List.of(
                  new Reading(
                      BLUE,
                      1,
                      all - candidate,
                      i % 19 == 0 ? 1 : 0,
                      p95(all - candidate, 42 + i % 5)),
                  new Reading(
                      GREEN,
                      1,
                      candidate,
                      Math.min(candidate, failed),
                      p95(candidate, 47 + 2 * (i % 6))))));
    }
    return this;
  }

  private static Optional<Double> p95(long requests, double millis) {
    return requests == 0 ? Optional.empty() : Optional.of(millis);
  }

  private SampleRun untilDeployed() {
    return after(3)
        .signed("Ada Byron", "reviewed")
        .tminus(new Event.StepAsked(id("backup"), "to be signed"))
        .after(95)
        .add(
            "Grace Hopper",
            new Event.FormFilled(id("backup"), Map.of(0, "nightly-1120"), Map.of(0, 0)))
        .add("Grace Hopper", new Event.StepSigned(id("backup")))
        .after(2)
        .add(
            "Ada Byron",
            new Event.StepSkipped(
                id("staging"), "staging was down; agreed with the release manager", false))
        .after(1)
        .tminus(new Event.StepAsked(id("health"), "run its commands?"))
        .after(4)
        .add("Ada Byron", new Event.StepStarted(id("health"), 1))
        .after(0.03)
        .tminus(
            new Event.StepEnded(
                id("health"),
                1,
                done(
                    "2 commands, each as expected",
                    result(0, "{\"status\":\"healthy\"}\n"),
                    result(0, ""))))
        .ran(
            "quick",
            0.3,
            new Outcome.Failed("line 93: 0.31 is not < 0.25", List.of(result(1, "0.31\n"))))
        .after(20)
        .add("Ada Byron", new Event.NoteTaken("The proxy was still warming up; trying once more."))
        .add("Ada Byron", new Event.StepRetried(id("quick")))
        .tminus(new Event.StepStarted(id("quick"), 2))
        .after(0.2)
        .tminus(
            new Event.StepEnded(
                id("quick"),
                2,
                new Outcome.Failed("line 93: 0.28 is not < 0.25", List.of(result(1, "0.28\n")))))
        .after(31)
        .add(
            "Grace Hopper",
            new Event.StepSkipped(id("quick"), "0.28 s is good enough tonight", true))
        .ran(
            "numbers",
            0.1,
            new Outcome.NeedsPerson(
                "does it look like it should?", List.of(result(0, "shop_requests_total 4711\n"))))
        .after(9)
        .add("Grace Hopper", new Event.StepSigned(id("numbers")))
        .ran("announce", 0.4, done("delivered to the terminal"))
        .tminus(new Event.StepAsked(id("gate"), "go or no-go?"))
        .after(41);
  }

  private SampleRun untilTenPercent() {
    return untilDeployed()
        .add("Grace Hopper", new Event.FormFilled(id("gate"), Map.of(), Map.of(0, 0)))
        .add("Grace Hopper", new Event.GateSigned(id("gate"), "GO", 1))
        .add("Grace Hopper", new Event.GateDecided(id("gate"), true, "GO"))
        .after(0.1)
        .ran("deploy", 6.2, done("green runs v2.1.0 and is ready"))
        .ran("shift-10", 0.2, done("blue has 90 %, green has 10 %"))
        .tminus(new Event.StepStarted(id("bake-10"), 1))
        .traffic(60, 10, 0)
        .tminus(new Event.StepEnded(id("bake-10"), 1, done("every condition is met")))
        .after(0.1)
        .ran("shift-50", 0.2, done("blue has 50 %, green has 50 %"))
        .tminus(new Event.StepStarted(id("bake-50"), 1));
  }

  /// A run that a trigger took back at 50 %.
  public static SampleRun rolledBack() {
    String reading = "error rate is 8.1 %, and the limit is > 5 %";
    return new SampleRun(shop())
        .untilTenPercent()
        .traffic(14, 50, 0.4)
        .traffic(31, 50, 8.1)
        .after(0.2)
        .tminus(new Event.TriggerFired(0, reading))
        .tminus(new Event.RollbackStarted(reading))
        .tminus(new Event.UndoStarted(id("shift-10"), new Work.Restore(), 1))
        .after(0.3)
        .tminus(
            new Event.UndoEnded(
                id("shift-10"), new Work.Restore(), 1, done("blue has 100 %, green has 0 %")))
        .traffic(9, 0, 0)
        .tminus(new Event.UndoStarted(id("deploy"), new Work.Retire(Work.Part.CANDIDATE), 1))
        .after(1.8)
        .tminus(
            new Event.UndoEnded(
                id("deploy"),
                new Work.Retire(Work.Part.CANDIDATE),
                1,
                done("green is drained and gone")))
        .ran("back-health", 0.03, done("as expected", result(0, "{\"status\":\"healthy\"}\n")))
        .signed("Ada Byron", "incident")
        .tminus(new Event.RunFinished(Event.Result.ROLLED_BACK, reading));
  }

  /// A run that went through, with some steps left out.
  public static SampleRun succeeded() {
    return new SampleRun(shop())
        .untilTenPercent()
        .traffic(60, 50, 0.2)
        .tminus(new Event.StepEnded(id("bake-50"), 1, done("every condition is met")))
        .ran("shift-100", 0.2, done("blue has 0 %, green has 100 %"))
        .traffic(30, 100, 0.2)
        .ran("retire", 1, done("blue is drained and gone"))
        .tminus(new Event.RunFinished(Event.Result.SUCCEEDED, ""));
  }

  /// A run that waits at its gate.
  public static SampleRun waiting() {
    return new SampleRun(shop()).untilDeployed();
  }

  /// A run that a gate ended before anything was changed.
  public static SampleRun noGo() {
    return new SampleRun(shop())
        .untilDeployed()
        .add(
            "Grace Hopper",
            new Event.FormFilled(id("gate"), Map.of(0, "an incident is open"), Map.of(0, 1)))
        .add("Grace Hopper", new Event.GateDecided(id("gate"), false, "NO-GO"))
        .add("Grace Hopper", new Event.RunFinished(Event.Result.NO_GO, "no-go: Go / No-Go"));
  }

  /// A run in which a failed check was declared done.
  public static SampleRun overruled() {
    Step health = step("health", "Checks", "The shop is healthy", check());
    CommandResult failed = result(7, "curl: (7) Failed to connect\n");
    return new SampleRun(plan(List.of(health), List.of()))
        .ran("health", 1, new Outcome.Failed("line 88: exit 7", List.of(failed)))
        .add("Ada Byron", new Event.StepSigned(id("health")))
        .tminus(new Event.RunFinished(Event.Result.SUCCEEDED, ""));
  }

  /// A run during which nobody measured for a while.
  public static SampleRun interrupted() {
    return new SampleRun(shop()).untilTenPercent().traffic(5, 50, 0).after(40).traffic(5, 50, 0);
  }

  /// A run of a plan without steps, just begun.
  public static SampleRun empty() {
    return new SampleRun(plan(List.of(), List.of()));
  }

  /// A run of many steps, each with a page of output.
  public static SampleRun large(int steps) {
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      all.add(step("step-" + i, "Section " + i / 20, "Step number " + i, check()));
    }
    SampleRun run = new SampleRun(plan(all, List.of()));
    String output = "a line of what a command printed\n".repeat(60);
    for (Step step : all) {
      run.ran(step.id().value(), 0.5, done("exit 0", result(0, output)));
    }
    return run.tminus(new Event.RunFinished(Event.Result.SUCCEEDED, ""));
  }

  /// A run in which every text somebody else wrote is this one.
  public static SampleRun hostile(String text) {
    Step step =
        new Step(
            id("a"),
            1,
            List.of(text, text),
            Optional.empty(),
            text,
            check(),
            List.of(text),
            List.of(),
            form(text, text, text),
            List.of(text));
    Step shift = step("b", text, text, shift(10));
    SampleRun run = new SampleRun(plan(List.of(step, shift), List.of()));
    Judgement judgement = new Judgement.NotMet(text);
    CommandResult result =
        new CommandResult(1, text, Optional.of(1), text, Duration.ofMillis(1), judgement);
    return run.ran("a", 1, new Outcome.Failed(text, List.of(result)))
        .add(text, new Event.FormFilled(id("a"), Map.of(0, text), Map.of(0, 0)))
        .add(text, new Event.NoteTaken(text))
        .add(text, new Event.StepSkipped(id("a"), text, true))
        .ran("b", 1, done(text))
        .traffic(3, 10, 1)
        .tminus(new Event.TriggerFired(0, text))
        .add(text, new Event.RollbackStarted(text))
        .add(text, new Event.RunFinished(Event.Result.ABORTED, text));
  }

  public Runs.View view() {
    return new Runs.View(
        new RunId("20261120-235830-k3f9"), events.size(), RunState.of(events), List.copyOf(events));
  }
}
