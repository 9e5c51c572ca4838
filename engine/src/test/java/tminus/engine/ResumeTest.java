package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Crashes: after every entry of a run's journal another driver takes over, with a world in which
/// what was under way has happened, and with one in which it has not.
@Timeout(90)
class ResumeTest {

  private static final Duration SHORT = Duration.ofMillis(1);

  private static final Plan PLAN =
      Plans.plan(
          List.of(
              Plans.attest("ready"),
              Plans.check("up", "echo up"),
              Plans.deploy("put", "v2"),
              Plans.shell("migrate", "echo ran >> ran"),
              Plans.shift("s10", 10),
              Plans.bake("watch", SHORT),
              Plans.gate("go"),
              Plans.shift("s100", 100),
              Plans.pause("pause", SHORT),
              Plans.retireStable("old"),
              Plans.tell("tell", "Done")),
          List.of(Plans.tell("back", "Back"), Plans.attest("explained")));

  @TempDir Path folder;

  @Test
  void aRunGoesOnAfterACrashAtAnyEntryAndRepeatsNothing() throws Exception {
    try (Journal journal = Journal.open(folder.resolve("store"))) {
      List<Recorded> whole = played(journal, "whole", _ -> false);
      assertThat(whole.getLast().event())
          .isEqualTo(new Event.RunFinished(Event.Result.SUCCEEDED, ""));
      crashAfterEachOf(journal, whole, 1);
    }
  }

  @Test
  void aRollbackGoesOnAfterACrashAtAnyEntry() throws Exception {
    try (Journal journal = Journal.open(folder.resolve("store"))) {
      List<Recorded> whole =
          played(
              journal,
              "whole",
              state -> state.step(Plans.id("tell")).attempt() == 1 && !state.undos().isEmpty());
      assertThat(whole.getLast().event())
          .isEqualTo(new Event.RunFinished(Event.Result.ROLLED_BACK, "it feels wrong"));
      int begun = 0;
      while (!(whole.get(begun).event() instanceof Event.RollbackStarted)) {
        begun++;
      }
      crashAfterEachOf(journal, whole, begun + 1);
    }
  }

  @FunctionalInterface
  private interface Doubt {
    boolean feelsWrong(RunState state);
  }

  /// The events of a run from its start to its end, with people who agree until they doubt.
  private List<Recorded> played(Journal journal, String name, Doubt doubt) throws Exception {
    Path place = Files.createDirectory(folder.resolve(name));
    SimpleWorld world = new SimpleWorld();
    world.fail("tell Done", 1);
    Runs runs = new Runs(journal, InstantSource.system(), new SplittableRandom(1));
    RunId run =
        runs.start(Plans.start(PLAN), "# Test", new Journal.Origin("/test.md", "/", ""), "Zoë")
            .id();
    drive(runs, run, world.world(place), doubt);
    return runs.view(run).events();
  }

  private static void drive(Runs runs, RunId run, World world, Doubt doubt)
      throws InterruptedException {
    int patience = 100;
    while (driver(runs, run, world).drive(false) != Driver.Stopped.FINISHED) {
      assertThat(patience--).as("the run ends: %s", runs.view(run).state()).isPositive();
      RunState state = runs.view(run).state();
      RunCommand word =
          doubt.feelsWrong(state)
              ? new RunCommand.RollBack("it feels wrong")
              : Driving.agree(state).orElseThrow();
      assertThat(runs.tell(run, "Zoë", word)).isInstanceOf(Runs.Answer.Accepted.class);
    }
  }

  private static Driver driver(Runs runs, RunId run, World world) {
    return new Driver(runs, run, world, RunListener.NONE, InstantSource.system(), "next");
  }

  /// @param from how many entries are written at least
  private void crashAfterEachOf(Journal journal, List<Recorded> whole, int from) throws Exception {
    for (int entries = from; entries < whole.size(); entries++) {
      List<Recorded> prefix = whole.subList(0, entries);
      Event last = prefix.getLast().event();
      resume(journal, new RunId("after-%d".formatted(entries)), prefix, false);
      if (last instanceof Event.StepStarted || last instanceof Event.UndoStarted) {
        resume(journal, new RunId("after-%d-happened".formatted(entries)), prefix, true);
      }
    }
  }

  private void resume(Journal journal, RunId run, List<Recorded> prefix, boolean happened)
      throws Exception {
    Path place = Files.createDirectory(folder.resolve(run.value()));
    journal.create(
        new Journal.Header(
            run, "Test", new Journal.Origin("/test.md", "/", ""), prefix.getFirst().at()),
        "# Test".getBytes(StandardCharsets.UTF_8),
        prefix.getFirst().event(),
        prefix.getFirst().by());
    if (prefix.size() > 1) {
      assertThat(
              journal.append(run, journal.tip(run).orElseThrow(), prefix.subList(1, prefix.size())))
          .isPresent();
    }
    SimpleWorld world = new SimpleWorld();
    for (Recorded recorded : prefix) {
      happened(recorded.event(), world, place);
    }
    Event last = prefix.getLast().event();
    if (happened) {
      begun(last, world, place);
    }
    Runs runs = new Runs(journal, InstantSource.system(), new SplittableRandom(1));
    drive(runs, run, world.world(place), _ -> false);

    RunState state = runs.view(run).state();
    boolean goesBack =
        prefix.stream().anyMatch(recorded -> recorded.event() instanceof Event.RollbackStarted);
    assertThat(state.result())
        .as("%s: %s", run, last)
        .contains(goesBack ? Event.Result.ROLLED_BACK : Event.Result.SUCCEEDED);
    assertThat(world.weights().get(Plans.GREEN))
        .as("%s: %s", run, last)
        .isEqualTo(goesBack ? Weight.NONE : Weight.ALL);
    assertThat(world.done()).as("%s: %s", run, last).doesNotHaveDuplicates();
    assertThat(ran(place)).as("%s: %s", run, last).isLessThanOrEqualTo(1);
    List<Event> after =
        runs.view(run).events().stream().skip(prefix.size()).map(Recorded::event).toList();
    if (mayNotBeRepeated(last)) {
      assertThat(after.getFirst()).as("%s: %s", run, last).matches(ResumeTest::isUnknown);
    } else {
      assertThat(after).as("%s: %s", run, last).noneMatch(ResumeTest::isUnknown);
    }
    assertThat(journal.firstBroken(run)).isEmpty();
  }

  private static long ran(Path place) throws IOException {
    Path file = place.resolve("ran");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private static boolean isUnknown(Event event) {
    return event instanceof Event.StepEnded(_, _, Outcome.Unknown _);
  }

  private static boolean mayNotBeRepeated(Event event) {
    return event instanceof Event.StepStarted started
        && switch (PLAN.step(started.step()).orElseThrow().action()) {
          case Action.Notify _ -> true;
          case Action.Act(Work work, _) -> work instanceof Work.Shell;
          case Action.Check _,
              Action.Shift _,
              Action.Bake _,
              Action.Wait _,
              Action.Attest _,
              Action.Parts _,
              Action.Gate _ ->
              false;
        };
  }

  // ---- The world as it was then

  private static void happened(Event event, SimpleWorld world, Path place) throws IOException {
    switch (event) {
      case Event.StepEnded(var id, _, Outcome.Done _) ->
          effect(PLAN.step(id).orElseThrow().action(), world, place);
      case Event.UndoEnded(_, Work work, _, Outcome.Done _) -> effect(work, world, place);
      default -> {}
    }
  }

  private static void begun(Event event, SimpleWorld world, Path place) throws IOException {
    switch (event) {
      case Event.StepStarted(var id, _) ->
          effect(PLAN.step(id).orElseThrow().action(), world, place);
      case Event.UndoStarted(_, Work work, _) -> effect(work, world, place);
      default -> {}
    }
  }

  private static void effect(Action action, SimpleWorld world, Path place) throws IOException {
    switch (action) {
      case Action.Act(Work work, _) -> effect(work, world, place);
      case Action.Shift(Weight weight) -> route(world, weight);
      case Action.Notify(String title, String body) -> world.deliver("key", title, body);
      case Action.Attest _,
          Action.Parts _,
          Action.Check _,
          Action.Bake _,
          Action.Gate _,
          Action.Wait _ -> {}
    }
  }

  private static void effect(Work work, SimpleWorld world, Path place) throws IOException {
    switch (work) {
      case Work.Shell _ ->
          Files.writeString(
              place.resolve("ran"), "ran\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      case Work.Deploy(Work.Part part, String version) ->
          world.deploy(Plans.SLOTS.of(part), version);
      case Work.Retire(Work.Part part) -> world.retire(Plans.SLOTS.of(part));
      case Work.Revive _ -> world.deploy(Plans.SLOTS.stable(), Plans.SLOTS.stableVersion());
      case Work.Restore _ -> route(world, Weight.NONE);
    }
  }

  private static void route(SimpleWorld world, Weight candidate) {
    Slot blue = Plans.BLUE;
    world.route(Map.of(blue, new Weight(100 - candidate.percent()), Plans.GREEN, candidate));
  }
}
