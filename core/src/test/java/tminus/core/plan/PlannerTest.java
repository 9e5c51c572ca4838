package tminus.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Command;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Section.Purpose;
import tminus.core.judge.Condition;
import tminus.core.plan.Binding.Bound;

class PlannerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Written w = new Written();

  private Plan plan(Node... content) {
    return plan(Binding.NONE, content);
  }

  private Plan plan(Binding binding, Node... content) {
    return Planner.plan(w.checklist(content), binding);
  }

  private static Binding traffic() {
    return new Binding(Map.of(), Map.of(), true, 1);
  }

  private static Binding bound(String words, Bound bound) {
    return new Binding(Map.of("VERSION", "v2"), Map.of(words, bound), true, 1);
  }

  private static Binding with(Map<String, String> parameters) {
    return new Binding(parameters, Map.of(), false, 1);
  }

  /// `kind id` of each step.
  private static List<String> words(List<Step> steps) {
    return steps.stream().map(step -> step.action().kind() + " " + step.id()).toList();
  }

  private static Step only(Plan plan) {
    assertThat(plan.steps()).hasSize(1);
    return plan.steps().getFirst();
  }

  @Test
  void partsComeBeforeTheirItemAndSettleIt() {
    Plan plan =
        plan(w.item("Backups", w.item("Database", w.item("Dump")), w.item("Files")), w.item("End"));
    assertThat(words(plan.steps()))
        .containsExactly(
            "attest dump", "parts database", "attest files", "parts backups", "attest end");
    assertThat(plan.steps().get(3).parts())
        .containsExactly(new StepId("database"), new StepId("files"));
    assertThat(plan.items()).isEqualTo(5);
  }

  @Test
  void anItemWithPartsThatAsksForMoreIsAskedForItself() {
    Plan plan = plan(w.item(w.line("Backups at ____", w.field("at")), w.item("Database")));
    assertThat(words(plan.steps())).containsExactly("attest database", "attest backups-at");
  }

  @Test
  void wordsBesideAStepAreItsContext() {
    Plan plan =
        plan(
            w.section(
                "Before",
                w.line("Read this first."),
                w.item("Freeze", w.line("Tell support.")),
                w.template("Subject", "Body"),
                w.item("Backups")));
    assertThat(plan.steps().getFirst().context())
        .containsExactly("Read this first.", "Tell support.");
    assertThat(plan.steps().getLast().context()).containsExactly("Message: Subject");
    assertThat(plan.steps().getFirst().section()).containsExactly("Before");
  }

  @Test
  void blanksThatFollowEachOtherAreFilledInTogether() {
    Plan plan =
        plan(
            w.line("Error rate: ____", w.field("Error rate")),
            w.line("p95: ____", w.field("p95")),
            w.line("Then look again."),
            w.line("Queue: ____", w.field("Queue")));
    assertThat(words(plan.steps())).containsExactly("attest error-rate-p95", "attest queue");
    assertThat(plan.steps().getFirst().form().fields()).hasSize(2);
    assertThat(plan.steps().getFirst().title()).isEqualTo("Error rate, p95");
    assertThat(plan.steps().getLast().context()).containsExactly("Then look again.");
  }

  @Test
  void aPlaceholderAloneAsksForNothing() {
    assertThat(plan(w.line("Version: [VERSION]", w.parameter("VERSION"))).steps()).isEmpty();
  }

  @Test
  void aLineToBeSignedOrChosenInIsAStepOfItsOwn() {
    Plan plan =
        plan(
            w.section(
                "Approval",
                w.line("DBA: ____ (Signature)", w.signOff("DBA"), w.field("DBA"), w.field("Date")),
                w.line("Health", w.unboxed("HEALTHY", "ISSUES"))));
    Step signature = plan.steps().getFirst();
    assertThat(signature.title()).isEqualTo("Approval: DBA, Date");
    assertThat(signature.roles()).containsExactly("DBA");
    assertThat(signature.form().signatures()).extracting(Mark.Blank::name).containsExactly("DBA");
    assertThat(signature.form().fields()).extracting(Mark.Blank::name).containsExactly("Date");
    assertThat(words(plan.steps()).getLast()).isEqualTo("attest health");
  }

  @Test
  void referenceSectionsAskForNothingButTheirBoxes() {
    Plan plan =
        plan(
            w.section(
                Purpose.REFERENCE,
                "Appendix",
                w.line("Name: ____", w.field("Name")),
                w.line("PASS / FAIL", w.unboxed("PASS", "FAIL")),
                w.script(w.command("rm -rf /")),
                w.item("Still a box")));
    assertThat(words(plan.steps())).containsExactly("attest still-a-box");
  }

  // ---- Names

  @Test
  void everyStepHasANameOfItsOwn() {
    Plan plan =
        plan(
            w.item("Backup"),
            w.item("Backup!"),
            w.item("Backup 2"),
            w.item("✓"),
            w.item("…"),
            w.section(Purpose.ROLLBACK, "Rollback", w.item("Backup")));
    assertThat(plan.steps())
        .extracting(step -> step.id().value())
        .containsExactly("backup", "backup-2", "backup-2-2", "step", "step-2");
    assertThat(plan.rollback()).extracting(step -> step.id().value()).containsExactly("backup-3");
  }

  @Test
  void longNamesEndWithAWord() {
    String title = "The order service answers within its limits in every region we serve";
    assertThat(only(plan(w.item(title))).id().value())
        .isEqualTo("the-order-service-answers-within-its-limits-in");
    assertThat(only(plan(w.item("x".repeat(99)))).id().value()).hasSize(48);
  }

  // ---- Roles

  @Test
  void whoIsNamedForAnItemGoesBeforeWhoIsNamedForItsSection() {
    Plan plan =
        plan(
            w.section(
                "Database",
                w.line("Responsible: DBA", w.responsible("DBA")),
                w.item("Backup"),
                w.item("Announce", w.line("Responsible: Lead", w.responsible("Lead"))),
                w.script(w.command("pg_isready")),
                w.section("Later", w.item("Clean up"))));
    assertThat(plan.steps())
        .extracting(Step::roles)
        .containsExactly(List.of("DBA"), List.of("Lead"), List.of("DBA"), List.of("DBA"));
  }

  @Test
  void aSignatureIsNotTheWholeSections() {
    Plan plan =
        plan(
            w.section(
                "Database",
                w.line("DBA: ____", w.signOff("DBA"), w.field("DBA")),
                w.item("Backup")));
    assertThat(plan.steps()).extracting(Step::roles).containsExactly(List.of("DBA"), List.of());
  }

  // ---- Gates

  @Test
  void goOrNoGoIsAGateWhereverItStands() {
    Mark.Choice choice = w.unboxed("GO", "NO-GO");
    Line decision = w.line("Decision: GO / NO GO", choice, w.authority("Release Manager"));
    Step gate = only(plan(w.section("Decision", decision)));
    assertThat(gate.action()).isEqualTo(new Action.Gate());
    assertThat(gate.roles()).containsExactly("Release Manager");
    assertThat(gate.isBarrier()).isTrue();
  }

  @Test
  void anyBoxedChoiceOfAGatesSectionDecides() {
    Line decision = w.line("Proceed?", w.boxed("YES", "NO"));
    assertThat(only(plan(w.section(Purpose.GATE, "Gate", decision))).action())
        .isEqualTo(new Action.Gate());
    Line found = w.line("Found", w.unboxed("NOTHING", "ISSUES"));
    assertThat(only(plan(w.section(Purpose.GATE, "Gate", found))).action())
        .isEqualTo(new Action.Attest());
    assertThat(only(plan(w.section("Work", w.line("Proceed?", w.boxed("YES", "NO"))))).action())
        .isEqualTo(new Action.Attest());
  }

  @Test
  void twoBoxesOfOneDecisionAreOneGate() {
    Mark.Choice choice = w.boxed("GO", "NO-GO");
    Plan plan = plan(w.section(Purpose.GATE, "Gate", w.option(choice, 0), w.option(choice, 1)));
    Step gate = only(plan);
    assertThat(gate.action()).isEqualTo(new Action.Gate());
    assertThat(gate.form().box()).as("the box is an option, not the item's").isEmpty();
    assertThat(gate.form().choices()).containsExactly(choice);
    assertThat(plan.items()).isEqualTo(2);
  }

  @Test
  void aGateItemKeepsItsOwnBox() {
    Item item = w.item("Decision", w.line("GO / NO-GO", w.boxed("GO", "NO-GO")));
    assertThat(only(plan(item)).form().box()).contains(item.box());
  }

  @Test
  void aDecisionWithoutAGoodOptionIsNoGate() {
    Mark.Choice never =
        new Mark.Choice(
            w.boxed("x").span(),
            w.unboxed("NO-GO", "ABORT").options().stream()
                .map(o -> new Mark.Choice.Option(o.label(), o.box(), o.span(), false))
                .toList());
    assertThat(only(plan(w.line("NO-GO / ABORT", never))).action()).isEqualTo(new Action.Attest());
  }

  // ---- Traffic, waits, pace

  @Test
  void trafficMovesOnlyWhereThereIsARouter() {
    Item shift = w.item(w.line("10 % of the traffic", w.shift(10)));
    assertThat(only(plan(shift)).action()).isEqualTo(new Action.Attest());
    Plan delivering = plan(traffic(), shift);
    assertThat(only(delivering).action().kind()).isEqualTo("shift");
    assertThat(delivering.delivers()).isTrue();
    assertThat(plan(shift).delivers()).isFalse();
  }

  @Test
  void anItemWithPartsDoesNotShiftItself() {
    Line words = w.line("Canary, 10 %", w.shift(10));
    Plan plan = plan(traffic(), w.item(words, w.item(w.line("Shift", w.shift(10)))));
    assertThat(words(plan.steps())).containsExactly("shift shift", "parts canary-10");
  }

  @Test
  void aWaitLetsTimePassAndABakeJudgesIt() {
    Item plain = w.item(w.line("Wait a minute", w.wait(MINUTE)));
    assertThat(only(plan(plain)).action()).isEqualTo(new Action.Wait(MINUTE));
    assertThat(only(plan(traffic(), plain)).action()).isEqualTo(new Action.Bake(MINUTE, List.of()));
    Condition errors = Written.errors(1);
    Item watched =
        w.item(
            w.line("Watch for a minute", w.wait(MINUTE)),
            w.line("Error rate < 1 %", w.threshold(errors)));
    assertThat(only(plan(watched)).action())
        .as("nobody measures, so a person looks")
        .isEqualTo(new Action.Attest());
    assertThat(only(plan(traffic(), watched)).action())
        .isEqualTo(new Action.Bake(MINUTE, List.of(errors)));
  }

  @Test
  void aWaitThatAsksForSomethingIsAPersons() {
    Item asks = w.item(w.line("Wait, then note ____", w.wait(MINUTE), w.field("note")));
    assertThat(only(plan(asks)).action()).isEqualTo(new Action.Attest());
  }

  @Test
  void thePaceShortensEveryTime() {
    Binding fast = new Binding(Map.of(), Map.of(), true, 60);
    Condition sustained = Written.errors(1, Duration.ofMinutes(5));
    Item bake =
        w.item(
            w.line("Watch", w.wait(Duration.ofMinutes(10))),
            w.line("Error rate < 1 % for 5 min", w.threshold(sustained)));
    Line trigger = w.line("Error rate", w.trigger("Error rate", sustained));
    Plan plan = plan(fast, bake, w.section(Purpose.ROLLBACK, "Rollback", trigger));
    Condition faster = Written.errors(1, Duration.ofSeconds(5));
    assertThat(only(plan).action())
        .isEqualTo(new Action.Bake(Duration.ofSeconds(10), List.of(faster)));
    assertThat(plan.triggers().getFirst().condition()).contains(faster);
    assertThat(plan.pace()).isEqualTo(60);
  }

  // ---- Commands

  @Test
  void commandsThatOnlyLookAreACheckAndOthersAct() {
    assertThat(only(plan(w.item("Up", w.script(w.command("curl http://shop"))))).action().kind())
        .isEqualTo("check");
    Plan acts =
        plan(w.item("Up", w.script(w.command("curl http://shop"), w.command("./deploy.sh"))));
    assertThat(only(acts).action())
        .isInstanceOfSatisfying(
            Action.Act.class,
            act -> {
              assertThat(act.undo()).isEmpty();
              assertThat(act.work())
                  .isInstanceOfSatisfying(
                      Work.Shell.class, shell -> assertThat(shell.commands()).hasSize(2));
            });
  }

  @Test
  void linesOfOneParagraphRunInOneShell() {
    Command first = w.command("Where", "cd shop");
    Command second = w.under(first, "ls \\\n  -l");
    Command third = w.under(second, "pwd");
    Command apart = w.command("ls");
    Action action = only(plan(w.script(first, second, third, apart))).action();
    assertThat(texts(action)).containsExactly("cd shop\nls \\\n  -l\npwd", "ls");
  }

  @Test
  void anExpectationEndsItsParagraph() {
    Expectation ok = new Expectation.Literal("`ok`", "ok");
    Command first = w.expecting(w.command("", "cat state"), ok);
    Command second = w.under(first, "ls");
    Action.Check check = (Action.Check) only(plan(w.script(first, second))).action();
    assertThat(texts(check)).containsExactly("cat state", "ls");
    assertThat(check.commands())
        .extracting(ShellCommand::expectation)
        .containsExactly(Optional.of(ok), Optional.empty());
  }

  @Test
  void aScriptIsCalledByItsOnlyCommandOrItsSection() {
    Node one = w.script(w.command("Health", "curl http://shop"));
    Node two = w.script(w.command("Health", "ls"), w.command("ls"));
    Plan plan = plan(w.section("Checks", one, two, w.script()));
    assertThat(plan.steps()).extracting(Step::title).containsExactly("Health", "Checks: commands");
  }

  private static List<String> texts(Action action) {
    return ((Action.Check) action).commands().stream().map(ShellCommand::text).toList();
  }

  // ---- Parameters

  @Test
  void valuesAreFilledInAndWhatHasNoneIsMissing() {
    Command get =
        w.command("", "curl http://[HOST]/[PATH]", w.parameter("HOST"), w.parameter("PATH"));
    Plan plan =
        plan(
            with(Map.of("HOST", "shop", "OTHER", "x")),
            w.item(
                w.line("Look at [HOST], [DAY]", w.parameter("HOST"), w.parameter("DAY")),
                w.script(get)));
    ShellCommand ready = ((Action.Check) only(plan).action()).commands().getFirst();
    assertThat(ready.text()).isEqualTo("curl http://shop/[PATH]");
    assertThat(ready.missing()).containsExactly("PATH");
    assertThat(only(plan).title()).isEqualTo("Look at shop, [DAY]");
    assertThat(plan.missing()).containsExactly("DAY", "PATH");
    assertThat(plan.placeholders()).extracting(Mark.Blank::name).containsExactly("HOST", "HOST");
  }

  @Test
  void aPlaceholderIsPartOfWhatACommandDoes() {
    Command logs = w.command("", "kubectl logs <pod> -n shop", w.parameter("pod"));
    assertThat(only(plan(w.script(logs))).action().kind())
        .as("not a redirection")
        .isEqualTo("check");
    Command any = w.command("", "kubectl [VERB] pods", w.parameter("VERB"));
    assertThat(only(plan(w.script(any))).action().kind()).isEqualTo("act");
    assertThat(only(plan(with(Map.of("VERB", "get")), w.script(any))).action().kind())
        .isEqualTo("check");
    assertThat(only(plan(with(Map.of("VERB", "delete")), w.script(any))).action().kind())
        .isEqualTo("act");
  }

  // ---- Rollback

  @Test
  void whatARollbackAsksForIsDoneOnlyThen() {
    Plan plan =
        plan(
            w.item("Deploy"),
            w.section(
                Purpose.ROLLBACK,
                "Rollback",
                w.line("Error rate over 5 %", w.trigger("Error rate over 5 %", Written.errors(5))),
                w.item(w.line("Data is lost", w.trigger("Data is lost"))),
                w.item("Tell everyone"),
                w.script(w.command("ls"))));
    assertThat(words(plan.steps())).containsExactly("attest deploy");
    assertThat(words(plan.rollback()))
        .containsExactly("attest tell-everyone", "check rollback-commands");
    assertThat(plan.triggers())
        .extracting(Trigger::text)
        .containsExactly("Error rate over 5 %", "Data is lost");
    assertThat(plan.triggers().getLast().condition()).isEmpty();
  }

  @Test
  void aTriggerIsHeardWhereverItStands() {
    Line in = w.line("Rollback trigger: data is lost", w.trigger("data is lost"));
    Line beside = w.line("If it breaks, roll back", w.trigger("it breaks"));
    Plan plan = plan(w.item("Shift", in), w.item(beside), w.line("So too", w.trigger("so too")));
    assertThat(words(plan.steps()))
        .containsExactly("attest shift", "attest if-it-breaks-roll-back");
    assertThat(plan.triggers())
        .extracting(Trigger::text)
        .containsExactly("data is lost", "it breaks", "so too");
  }

  @Test
  void theWayBackNeverShiftsToTheCandidate() {
    Plan plan =
        plan(
            traffic(),
            w.section(Purpose.ROLLBACK, "Rollback", w.item(w.line("Blue: 100 %", w.shift(100)))));
    assertThat(plan.rollback())
        .extracting(Step::action)
        .containsExactly(new Action.Act(new Work.Restore(), Optional.empty()));
  }

  // ---- Binding

  @Test
  void theBindingSaysWhatAnItemDoes() {
    Item item = w.item("Put it into the idle slot", w.script(w.command("./deploy.sh")));
    Stream.of(
            Map.entry(
                new Bound.Deploy("$VERSION"),
                new Action.Act(
                    new Work.Deploy(Work.Part.CANDIDATE, "v2"),
                    Optional.of(new Work.Retire(Work.Part.CANDIDATE)))),
            Map.entry(
                new Bound.Retire(Work.Part.STABLE),
                new Action.Act(new Work.Retire(Work.Part.STABLE), Optional.of(new Work.Revive()))),
            Map.entry(
                new Bound.Retire(Work.Part.CANDIDATE),
                new Action.Act(new Work.Retire(Work.Part.CANDIDATE), Optional.empty())),
            Map.entry(new Bound.Restore(), new Action.Act(new Work.Restore(), Optional.empty())),
            Map.entry(new Bound.Notify("[VERSION] goes out"), new Action.Notify("v2 goes out", "")),
            Map.entry(new Bound.Attest("DBA"), new Action.Attest()))
        .forEach(expected ->
            assertThat(only(plan(bound("idle SLOT", expected.getKey()), item)).action())
                .isEqualTo(expected.getValue()));
  }

  @Test
  void aBoundRoleComesFirst() {
    Item item = w.item("Review", w.line("Responsible: Dev", w.responsible("Dev")));
    assertThat(only(plan(bound("review", new Bound.Attest("DBA")), item)).roles())
        .containsExactly("DBA", "Dev");
  }

  @Test
  void aBoundMessageIsTheDocumentsTemplate() {
    Plan plan =
        plan(
            bound("announced", new Bound.Notify("Shop [VERSION]: start")),
            w.item("It is announced"),
            w.template("Shop [VERSION]: start", "Hello,\n[VERSION] comes."));
    assertThat(only(plan).action())
        .isEqualTo(new Action.Notify("Shop v2: start", "Hello,\nv2 comes."));
  }

  @Test
  void theLongestWordingWins() {
    Binding binding =
        new Binding(
            Map.of(),
            Map.of(
                "backup", new Bound.Attest("Ops"),
                "the backup is restored", new Bound.Attest("DBA")),
            false,
            1);
    Plan plan = plan(binding, w.item("The backup  is restored"), w.item("Backup"));
    assertThat(plan.steps())
        .extracting(Step::roles)
        .containsExactly(List.of("DBA"), List.of("Ops"));
  }
}
