package tminus.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Family;
import tminus.core.checklist.Node;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.plan.Binding.Bound;
import tminus.core.plan.Choice.Decision;

/// Of several ways, a plan takes the one that is chosen, and says which it leaves out.
class ChoosingTest {

  private final Written w = new Written();

  private static Binding choosing(String... ways) {
    return Binding.NONE.choosing(Arrays.stream(ways).map(Selection::parse).toList());
  }

  private static Binding traffic(String... ways) {
    return new Binding(Map.of(), Map.of(), true, 1)
        .choosing(Arrays.stream(ways).map(Selection::parse).toList());
  }

  private static List<String> steps(Plan plan) {
    return Stream.concat(plan.steps().stream(), plan.rollback().stream()).map(Step::title).toList();
  }

  private static List<String> decisions(Plan plan) {
    return plan.choices().stream()
        .map(choice ->
            "%s %s %s"
                .formatted(
                    choice.decision(),
                    choice.heading(),
                    choice.taken().map(Choice.Way::name).orElse("-")))
        .toList();
  }

  private static List<String> left(Plan plan) {
    return plan.choices().stream()
        .flatMap(choice -> choice.left().stream())
        .flatMap(way -> way.content().stream())
        .map(entry -> entry.kind() + " " + entry.title())
        .toList();
  }

  private Section ways(Purpose purpose, String heading, String... titles) {
    List<Node> sections = new ArrayList<>();
    for (String title : titles) {
      sections.add(w.section(purpose, title, w.item("Do " + title)));
    }
    return w.section(purpose, heading, sections.toArray(Node[]::new));
  }

  private Checklist shop() {
    return w.checklist(
        w.item("Before"),
        ways(
            Purpose.PROCEDURE,
            "Deployment",
            "Method 1: Blue-Green Deployment",
            "Method 2: Rolling Update",
            "Method 3: Canary"),
        w.item("After"),
        ways(Purpose.ROLLBACK, "Rollback", "Way back (Blue/green)", "Way back (Rolling)"));
  }

  @Test
  void aPlanHasAllWaysWhileNobodyHasChosen() {
    Plan plan = Planner.plan(shop(), Binding.NONE);
    assertThat(decisions(plan)).containsExactly("OPEN Deployment -", "OPEN Rollback -");
    assertThat(plan.steps()).hasSize(5);
    assertThat(plan.rollback()).hasSize(2);
    assertThat(left(plan)).isEmpty();
    assertThat(plan.open()).extracting(Choice::heading).containsExactly("Deployment");
  }

  @Test
  void theWayBackFollowsTheWayThere() {
    Plan plan = Planner.plan(shop(), choosing("rolling"));
    assertThat(steps(plan))
        .containsExactly("Before", "Do Method 2: Rolling Update", "After", "Do Way back (Rolling)");
    assertThat(decisions(plan))
        .containsExactly("CHOSEN Deployment Rolling Update", "FOLLOWED Rollback Rolling");
    assertThat(plan.choices().getLast().why()).matches("as Rolling Update in line \\d+");
    assertThat(left(plan))
        .containsExactly(
            "attest Do Method 1: Blue-Green Deployment",
            "attest Do Method 3: Canary",
            "attest Do Way back (Blue/green)");
    assertThat(plan.open()).isEmpty();
  }

  @Test
  void anExplicitWayBackWins() {
    Plan plan = Planner.plan(shop(), choosing("rolling", "Rollback=blue green"));
    assertThat(decisions(plan))
        .containsExactly("CHOSEN Deployment Rolling Update", "CHOSEN Rollback Blue/green");
  }

  @Test
  void aWayWithoutAWayBackLeavesThatOpenUntilNoneIsChosen() {
    Plan plan = Planner.plan(shop(), choosing("canary"));
    assertThat(plan.open()).extracting(Choice::heading).containsExactly("Rollback");
    Plan none = Planner.plan(shop(), choosing("canary", "rollback=none"));
    assertThat(none.open()).isEmpty();
    assertThat(none.rollback()).isEmpty();
    assertThat(left(none))
        .contains("attest Do Way back (Blue/green)", "attest Do Way back (Rolling)");
  }

  @Test
  void aWayBackChosenSaysNothingOfTheWayThere() {
    Plan plan = Planner.plan(shop(), choosing("rollback=rolling"));
    assertThat(decisions(plan)).containsExactly("OPEN Deployment -", "CHOSEN Rollback Rolling");
  }

  @Test
  void whatIsSaidFirstCounts() {
    assertThat(decisions(Planner.plan(shop(), choosing("canary", "rolling"))))
        .contains("CHOSEN Deployment Canary");
  }

  @Test
  void triggersAndNamesOfAWayLeftOutAreLeftOut() {
    Checklist checklist =
        w.checklist(
            w.section(
                "Deployment",
                w.section("Method 1: Canary", w.item(w.line("Go", w.parameter("SHARE")))),
                w.section(
                    "Method 2: Rolling",
                    w.line("If [LIMIT]", w.trigger("it breaks"), w.parameter("LIMIT")),
                    w.item("Go"))));
    Plan canary = Planner.plan(checklist, choosing("canary"));
    assertThat(canary.triggers()).isEmpty();
    assertThat(canary.missing()).containsExactly("SHARE");
    assertThat(left(canary)).containsExactly("trigger it breaks", "attest Go");
    assertThat(steps(canary)).containsExactly("Go");
    assertThat(canary.steps().getFirst().id()).isEqualTo(new StepId("go"));
    Plan rolling = Planner.plan(checklist, choosing("rolling"));
    assertThat(rolling.triggers()).hasSize(1);
    assertThat(rolling.missing()).containsExactly("LIMIT");
  }

  @Test
  void whatStandsInAWayLeftOutNeedsNoChoice() {
    Checklist checklist =
        w.checklist(
            w.section(
                "Deployment",
                ways(Purpose.PROCEDURE, "Method 1: Canary", "Option A: fast", "Option B: slow"),
                w.section("Method 2: Rolling", w.item("Roll"))));
    assertThat(decisions(Planner.plan(checklist, choosing("rolling"))))
        .containsExactly("CHOSEN Deployment Rolling");
    assertThat(decisions(Planner.plan(checklist, choosing("canary"))))
        .containsExactly("CHOSEN Deployment Canary", "OPEN Method 1: Canary -");
    assertThat(steps(Planner.plan(checklist, choosing("canary", "slow"))))
        .containsExactly("Do Option B: slow");
  }

  @Test
  void anAutomaticRollbackIsTakenWhereTminusMeasures() {
    Checklist checklist =
        w.checklist(
            w.section(
                Purpose.ROLLBACK,
                "Rollback",
                w.section(
                    Purpose.ROLLBACK,
                    "Automatic rollback",
                    w.line("If it breaks", w.trigger("it breaks")),
                    w.item("Switch")),
                w.section(Purpose.ROLLBACK, "Manual rollback", w.item("Think, and switch"))));
    Plan people = Planner.plan(checklist, Binding.NONE);
    assertThat(decisions(people)).containsExactly("DEFAULT Rollback Manual rollback");
    assertThat(steps(people)).containsExactly("Think, and switch");
    assertThat(people.triggers()).as("a reason to go back counts whoever goes").hasSize(1);
    assertThat(left(people)).containsExactly("attest Switch");
    Plan measured = Planner.plan(checklist, traffic());
    assertThat(decisions(measured)).containsExactly("DEFAULT Rollback Automatic rollback");
    assertThat(steps(Planner.plan(checklist, traffic("manual"))))
        .containsExactly("Think, and switch");
  }

  @Test
  void aScriptsAlternativeIsLeftOutUnlessChosen() {
    Checklist checklist =
        w.checklist(
            w.section(
                "Restore",
                w.script(
                    w.command("Stop it", "./stop.sh"),
                    w.command("From the snapshot", "./restore.sh"),
                    w.command("Alternative: by hand", "./by-hand.sh"),
                    w.command("Start it", "./start.sh"))));
    Plan plan = Planner.plan(checklist, Binding.NONE);
    assertThat(commands(plan)).containsExactly("./stop.sh", "./restore.sh", "./start.sh");
    assertThat(decisions(plan)).containsExactly("DEFAULT Restore From the snapshot");
    assertThat(left(plan)).containsExactly("command Alternative: by hand");
    assertThat(plan.open()).isEmpty();
    assertThat(commands(Planner.plan(checklist, choosing("by hand"))))
        .containsExactly("./stop.sh", "./by-hand.sh", "./start.sh");
  }

  @Test
  void aScriptAfterALineThatSaysAlternativeIsOne() {
    Checklist checklist =
        w.checklist(
            w.section(
                "Restore",
                w.script(w.command("./restore.sh")),
                w.line("Alternatively, by hand:"),
                w.script(w.command("./by-hand.sh"))));
    assertThat(commands(Planner.plan(checklist, Binding.NONE))).containsExactly("./restore.sh");
    assertThat(commands(Planner.plan(checklist, choosing("by hand"))))
        .containsExactly("./by-hand.sh");
  }

  private static List<String> commands(Plan plan) {
    return plan.steps().stream()
        .flatMap(step ->
            switch (step.action()) {
              case Action.Act(Work.Shell(List<ShellCommand> commands), _) -> commands.stream();
              case Action.Check(List<ShellCommand> commands) -> commands.stream();
              default -> Stream.empty();
            })
        .flatMap(command -> command.text().lines())
        .toList();
  }

  @Test
  void sectionsThatOnlyLookAlikeAreAllDone() {
    Checklist checklist =
        w.checklist(
            ways(Purpose.PROCEDURE, "Tests", "Manual tests", "Automated tests"),
            ways(Purpose.PROCEDURE, "Deploy", "Deploy (staging)", "Deploy (production)"),
            ways(Purpose.PROCEDURE, "Steps", "Step 1", "Step 2"));
    Plan plan = Planner.plan(checklist, choosing("manual"));
    assertThat(plan.choices()).isEmpty();
    assertThat(plan.steps()).hasSize(6);
  }

  @Test
  void aChoiceOfWaysInWhichNothingIsDoneIsNone() {
    Checklist checklist =
        w.checklist(
            w.item("Go"),
            w.section(
                Purpose.REFERENCE,
                "Appendix",
                w.section(Purpose.REFERENCE, "Method 1: Canary", w.line("Slow")),
                w.section(Purpose.REFERENCE, "Method 2: Rolling", w.line("Fast"))));
    assertThat(Planner.plan(checklist, Binding.NONE).choices()).isEmpty();
  }

  @Test
  void whatTheDocumentRecommendsIsKnownAndNotTaken() {
    Section deployment =
        ways(Purpose.PROCEDURE, "Deployment", "Method 1: Blue-Green", "Method 2: Canary");
    Plan said =
        Planner.plan(
            w.checklist(deployment, w.line("Recommendation: Use canary for it")), Binding.NONE);
    assertThat(said.open().getFirst().recommended().orElseThrow().name()).isEqualTo("Canary");
    Plan both =
        Planner.plan(
            w.checklist(deployment, w.line("Recommendation: blue-green, or canary")), Binding.NONE);
    assertThat(both.open().getFirst().recommended()).isEmpty();
    Plan not =
        Planner.plan(
            w.checklist(deployment, w.line("Recommendation: do not use canary")), Binding.NONE);
    assertThat(not.open().getFirst().recommended()).isEmpty();
    Plan praised =
        Planner.plan(
            w.checklist(
                ways(
                    Purpose.PROCEDURE,
                    "Deployment",
                    "Method 1: Canary (not recommended)",
                    "Method 2: Rolling Update (Recommended)")),
            Binding.NONE);
    assertThat(praised.open().getFirst().recommended().orElseThrow().name())
        .isEqualTo("Rolling Update");
  }

  @Test
  void aBindingOfAnItemInAWayLeftOutDoesNothing() {
    Plan plan =
        Planner.plan(
            shop(),
            new Binding(Map.of(), Map.of("Do Method 3", new Bound.Restore()), false, 1)
                .choosing(List.of(Selection.parse("rolling"))));
    assertThat(plan.steps()).extracting(step -> step.action().kind()).containsOnly("attest");
  }

  @Test
  void aPartAsksOnlyForWhatItNeeds() {
    Plan plan = Planner.plan(shop(), Binding.NONE);
    Plan before = plan.with(plan.steps().subList(0, 1));
    assertThat(before.open()).isEmpty();
    assertThat(before.rollback()).isEmpty();
    assertThat(decisions(before)).containsExactly("UNNEEDED Rollback -");
    assertThat(left(before)).hasSize(2);
    Plan deployment = plan.with(plan.steps().subList(1, 4));
    assertThat(deployment.open()).extracting(Choice::heading).containsExactly("Deployment");
  }

  @Test
  void aPartThatChangesSomethingNeedsItsWayBack() {
    Checklist checklist =
        w.checklist(
            w.section("Deploy", w.script(w.command("kubectl apply -f shop.yaml"))),
            ways(Purpose.ROLLBACK, "Rollback", "Way back (canary)", "Way back (rolling)"));
    Plan plan = Planner.plan(checklist, Binding.NONE);
    assertThat(plan.with(plan.steps()).open()).hasSize(1);
  }

  @Test
  void selectionsAreMatchedLooselyAndNeverGuessed() {
    Checklist shop = shop();
    List<Family> families = Planner.families(shop, Planner.whole(shop, Binding.NONE));
    assertThat(found(families, "Deployment Methods=Blue-Green"))
        .isEqualTo("Method 1: Blue-Green Deployment");
    assertThat(found(families, "BLUE GREEN")).isEqualTo("Method 1: Blue-Green Deployment");
    assertThat(found(families, "method 3")).isEqualTo("Method 3: Canary");
    assertThat(found(families, "Way back=rolling")).isEqualTo("Way back (Rolling)");
    int line = families.getLast().line();
    assertThat(found(families, "line %d=rolling".formatted(line))).isEqualTo("Way back (Rolling)");
    assertThat(found(families, "method")).isEqualTo("Several");
    assertThat(found(families, "purple")).isEqualTo("NoWay");
    assertThat(found(families, "")).isEqualTo("NoWay");
    assertThat(found(families, "Weather=sun")).isEqualTo("NoFamily");
    assertThat(found(families, "none")).as("of which?").isEqualTo("NoWay");
    assertThat(found(families, "Deployment=none")).isEqualTo("none");
  }

  private static String found(List<Family> families, String selection) {
    return switch (Selector.find(families, Selection.parse(selection))) {
      case Selector.Found.One(_, var option) -> option.map(Family.Option::title).orElse("none");
      case Selector.Found other -> other.getClass().getSimpleName();
    };
  }

  @Test
  void anOpenChoiceTakesNothing() {
    List<Choice.Way> ways =
        List.of(
            new Choice.Way("A", "A", 1, false, true, List.of()),
            new Choice.Way("B", "B", 2, false, false, List.of()));
    assertThatThrownBy(() -> new Choice("X", 1, false, Decision.OPEN, "", ways))
        .hasMessageContaining("choice of X: 1 ways are taken, OPEN");
  }
}
