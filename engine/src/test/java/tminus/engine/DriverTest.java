package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.Quantity;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Weight;
import tminus.engine.port.Commands;

/// Runs real plans in a world in memory, with a real journal and a real shell.
@Timeout(90)
class DriverTest {

  private static final Duration SHORT = Duration.ofMillis(1);

  private static final Condition FEW_ERRORS =
      new Condition(
          "error rate",
          Optional.empty(),
          Comparison.LESS,
          new Quantity(1, Quantity.Unit.PERCENT),
          Optional.empty());

  @TempDir Path folder;

  private final SimpleWorld world = new SimpleWorld();
  private Journal journal;
  private Runs runs;

  @BeforeEach
  void open() {
    journal = Journal.open(folder.resolve("store"));
    runs = new Runs(journal, InstantSource.system(), new SplittableRandom(1));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private RunId start(Plan plan) {
    return runs.start(Plans.start(plan), "# Test", new Journal.Origin("/test.md", "/", ""), "Zoë")
        .id();
  }

  private Driving drive(RunId run) {
    return new Driving(runs, run, world.world(folder), "one");
  }

  private Driver.Stopped driveUntilAsked(RunId run) throws InterruptedException {
    return new Driver(
            runs, run, world.world(folder), RunListener.NONE, InstantSource.system(), "one")
        .drive(false);
  }

  private RunState state(RunId run) {
    return runs.view(run).state();
  }

  private void say(RunId run, RunCommand command) {
    assertThat(runs.tell(run, "Zoë", command)).isInstanceOf(Runs.Answer.Accepted.class);
  }

  private void agree(RunId run) {
    say(run, Driving.agree(state(run)).orElseThrow());
  }

  /// The state is the same when the journal is read anew, and the chain holds.
  private void assertEnded(RunId run, Event.Result result) {
    RunState state = state(run);
    assertThat(state.result()).contains(result);
    List<Recorded> read = journal.entries(run, 0).stream().map(Journal.Entry::recorded).toList();
    assertThat(RunState.of(read)).isEqualTo(state);
    assertThat(journal.firstBroken(run)).isEmpty();
    assertThat(journal.leases().holder(Lease.ofRun(run), InstantSource.system().instant()))
        .isEmpty();
  }

  // ---- Forward

  @Test
  void aDeliveryIsCarriedThrough() throws InterruptedException {
    RunId run =
        start(
            Plans.plan(
                Plans.attest("ready"),
                Plans.check("up", "echo up"),
                Plans.deploy("put", "v2"),
                Plans.shift("s10", 10),
                Plans.bake("watch", SHORT, FEW_ERRORS),
                Plans.gate("go"),
                Plans.shift("s100", 100),
                Plans.pause("pause", SHORT),
                Plans.shell("migrate", "echo migrated >> ran"),
                Plans.retireStable("old"),
                Plans.tell("tell", "Done")));
    try (Driving driving = drive(run)) {
      driving.awaitAsked("ready");
      agree(run);
      driving.awaitAsked("go");
      agree(run);
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
      assertThat(driving.heard()).isEqualTo(runs.view(run).events());
    }
    assertEnded(run, Event.Result.SUCCEEDED);
    assertThat(world.done())
        .containsExactly(
            "deploy green v2", "green 10 %", "green 100 %", "retire blue", "tell Done");
    assertThat(folder.resolve("ran")).content().isEqualTo("migrated\n");
    assertThat(world.versions()).isEqualTo(Map.of(Plans.GREEN, "v2"));
  }

  @Test
  void anImpatientDriverStopsWhereOnlyAPersonGoesOn() throws InterruptedException {
    RunId run = start(Plans.plan(Plans.check("up", "true"), Plans.attest("ready")));
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.WAITING);
    assertThat(Driver.whatPersonsMustDo(state(run))).contains("ready: to be done");
    agree(run);
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.FINISHED);
    assertEnded(run, Event.Result.SUCCEEDED);
  }

  @Test
  void aFailedCommandWaitsForAPersonAndIsTriedAgain() throws InterruptedException {
    RunId run = start(Plans.plan(Plans.check("up", "test -e up")));
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.WAITING);
    assertThat(Driver.whatPersonsMustDo(state(run))).contains("up: line 1: exit 1");
    assertThat(folder.resolve("up").toFile().mkdir()).isTrue();
    say(run, new RunCommand.Retry(Optional.of(Plans.id("up"))));
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.FINISHED);
    assertEnded(run, Event.Result.SUCCEEDED);
  }

  @Test
  void whatCannotBeDoneHereFailsAndHangsNothing() throws InterruptedException {
    World broken =
        new World(
            world.world(folder).commands(),
            (_, _, _) -> {
              throw new NoClassDefFoundError("mail/Session");
            },
            Optional.empty());
    RunId run = start(Plans.plan(Plans.tell("tell", "Hello"), Plans.deploy("put", "v2")));
    try (Driving driving = new Driving(runs, run, broken, "one")) {
      Event.StepEnded told = driving.await(Event.StepEnded.class);
      assertThat(told.outcome()).isInstanceOf(Outcome.Failed.class);
      assertThat(told.outcome().detail()).contains("mail/Session");
      say(run, new RunCommand.Skip(Plans.id("tell"), "told by phone"));
      Event.StepEnded put = driving.await(Event.StepEnded.class);
      assertThat(put.outcome().detail())
          .isEqualTo(
              "nothing is bound that could do this - bind a target and a router in tminus.yaml");
    }
  }

  /// There and back, and only where the plan says so.
  @Test
  void commandsHaveTheTimeTheirStepHas() throws InterruptedException {
    Work.Shell backUp = new Work.Shell(List.of(Plans.command("back up")));
    Work.Shell remove = new Work.Shell(List.of(Plans.command("remove it")));
    Plan plan =
        Plans.limited(
            Map.of(Plans.id("backup"), Duration.ofHours(4)),
            Plans.step("backup", new Action.Act(backUp, Optional.of(remove))),
            Plans.check("up", "look"),
            Plans.attest("go"));
    List<String> limits = new CopyOnWriteArrayList<>();
    Commands commands =
        (run, limit, _) -> {
          limits.add(run.getFirst().text() + limit.map(time -> " " + time).orElse(""));
          return new Outcome.Done("done", List.of());
        };
    RunId run = start(plan);
    try (Driving driving =
        new Driving(runs, run, new World(commands, (_, _, _) -> "told", Optional.empty()), "one")) {
      driving.awaitAsked("go");
      say(run, new RunCommand.RollBack("changed my mind"));
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertThat(limits).containsExactly("back up PT4H", "look", "remove it PT4H");
  }

  // ---- Back

  @Test
  void aTriggerRollsBackWhileAGateWaits() throws InterruptedException {
    RunId run =
        start(
            Plans.plan(
                List.of(Plans.deploy("put", "v2"), Plans.shift("s10", 10), Plans.gate("go")),
                List.of(Plans.tell("tell", "Rolled back")),
                Plans.errorsOver(1)));
    try (Driving driving = drive(run)) {
      driving.awaitAsked("go");
      world.errorRate(0.5);
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertEnded(run, Event.Result.ROLLED_BACK);
    assertThat(state(run).reason()).startsWith("error rate is 50 %").endsWith("limit is > 1 %");
    assertThat(world.done())
        .containsExactly(
            "deploy green v2", "green 10 %", "green 0 %", "retire green", "tell Rolled back");
  }

  @Test
  void aTriggerRollsBackWhileTheRunIsHeld() throws InterruptedException {
    RunId run =
        start(
            Plans.plan(
                List.of(Plans.deploy("put", "v2"), Plans.shift("s10", 10), Plans.attest("look")),
                List.of(),
                Plans.errorsOver(1)));
    try (Driving driving = drive(run)) {
      driving.awaitAsked("look");
      say(run, new RunCommand.Hold("lunch"));
      driving.await(Event.RunHeld.class);
      world.errorRate(0.5);
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertEnded(run, Event.Result.ROLLED_BACK);
    assertThat(world.weights().get(Plans.GREEN)).isEqualTo(Weight.NONE);
  }

  @Test
  void aTriggerRollsBackAfterAllTrafficHasMovedAndTheOldVersionIsGone()
      throws InterruptedException {
    RunId run =
        start(
            Plans.plan(
                List.of(
                    Plans.deploy("put", "v2"),
                    Plans.shift("s100", 100),
                    Plans.retireStable("old"),
                    Plans.attest("hypercare")),
                List.of(),
                Plans.errorsOver(1)));
    try (Driving driving = drive(run)) {
      driving.awaitAsked("hypercare");
      world.errorRate(0.02);
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertEnded(run, Event.Result.ROLLED_BACK);
    assertThat(world.done())
        .containsExactly(
            "deploy green v2",
            "green 100 %",
            "retire blue",
            "deploy blue v1",
            "green 0 %",
            "retire green");
  }

  @Test
  void aWatchThatCannotSeeSaysSoAndGoesOn() throws InterruptedException {
    RunId run =
        start(
            Plans.plan(
                List.of(Plans.deploy("put", "v2"), Plans.shift("s10", 10), Plans.attest("look")),
                List.of(),
                Plans.errorsOver(1)));
    try (Driving driving = drive(run)) {
      driving.awaitAsked("look");
      world.blind(Optional.of("no answer"));
      assertThat(driving.await(Event.NoteTaken.class).text())
          .isEqualTo("the watch has no numbers (no answer); no trigger can fire");
      assertThat(state(run).status()).isEqualTo(RunState.Status.RUNNING);
      world.errorRate(0.5);
      world.blind(Optional.empty());
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertEnded(run, Event.Result.ROLLED_BACK);
  }

  @Test
  void whatIsUnderWayStopsBeforeAnythingIsTakenBack() throws InterruptedException {
    RunId run =
        start(
            Plans.plan(Plans.deploy("put", "v2"), Plans.shift("s10", 10), Plans.shift("s50", 50)));
    SimpleWorld.Obstacle shift = world.obstruct("route 50 %");
    try (Driving driving = drive(run)) {
      assertThat(shift.reached().await(30, TimeUnit.SECONDS)).isTrue();
      say(run, new RunCommand.RollBack("it feels wrong"));
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertEnded(run, Event.Result.ROLLED_BACK);
    assertThat(world.done())
        .containsExactly(
            "deploy green v2",
            "green 10 %",
            "interrupted: route 50 %",
            "green 0 %",
            "retire green");
    assertThat(state(run).step(Plans.id("s50")).phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void aCommandUnderWayIsEndedBeforeAnythingIsTakenBack() throws InterruptedException {
    RunId run =
        start(
            Plans.plan(
                Plans.deploy("put", "v2"),
                Plans.shell("load", "trap 'touch ended' EXIT; echo begun; sleep 300")));
    try (Driving driving = drive(run)) {
      assertThat(driving.awaitLine()).isEqualTo("begun");
      say(run, new RunCommand.Abort("wrong day"));
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertEnded(run, Event.Result.ROLLED_BACK);
    assertThat(folder.resolve("ended")).exists();
    assertThat(world.done()).containsExactly("deploy green v2", "retire green");
  }

  @Test
  void aFailingUndoIsTriedThreeTimesAndThenByAPerson() throws InterruptedException {
    RunId run =
        start(Plans.plan(Plans.deploy("put", "v2"), Plans.shift("s10", 10), Plans.attest("look")));
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.WAITING);
    world.fail("route 0 %", 4);
    say(run, new RunCommand.RollBack("it feels wrong"));
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.WAITING);
    assertThat(Driver.whatPersonsMustDo(state(run)))
        .contains("an undo failed (s10): route 0 % failed");
    say(run, new RunCommand.Retry(Optional.empty()));
    assertThat(driveUntilAsked(run)).as("failed again").isEqualTo(Driver.Stopped.WAITING);
    say(run, new RunCommand.Retry(Optional.empty()));
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.FINISHED);
    assertEnded(run, Event.Result.ROLLED_BACK);
    assertThat(world.done())
        .containsExactly(
            "deploy green v2",
            "green 10 %",
            "failed: route 0 %",
            "failed: route 0 %",
            "failed: route 0 %",
            "failed: route 0 %",
            "green 0 %",
            "retire green");
  }

  @Test
  void aRollbackIsWatchedWhereTheTrafficIs() throws InterruptedException {
    world.errorRate(0.5);
    RunId run =
        start(
            Plans.plan(
                List.of(Plans.deploy("put", "v2"), Plans.shift("s10", 10), Plans.attest("look")),
                List.of(Plans.bake("calm", SHORT, FEW_ERRORS)),
                Plans.errorsOver(1)));
    try (Driving driving = drive(run)) {
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
    assertThat(state(run).step(Plans.id("calm")).detail()).isEqualTo("every condition is met");
  }

  // ---- Stopping

  @Test
  void aSecondDriverIsRefused() throws InterruptedException {
    RunId run = start(Plans.plan(Plans.attest("ready")));
    try (Driving driving = drive(run)) {
      driving.awaitAsked("ready");
      Driver second =
          new Driver(
              runs, run, world.world(folder), RunListener.NONE, InstantSource.system(), "two");
      assertThatThrownBy(() -> second.drive(true))
          .isInstanceOf(JournalException.class)
          .hasMessage("run %s is driven by one - end that one first".formatted(run));
      second.close();
      assertThat(journal.leases().holder(Lease.ofRun(run), InstantSource.system().instant()))
          .as("the first one goes on")
          .contains("one");
    }
    try (Driving second = new Driving(runs, run, world.world(folder), "two")) {
      agree(run);
      assertThat(second.stopped()).isEqualTo(Driver.Stopped.FINISHED);
    }
  }

  @Test
  void aStoppedDriverLetsWhatIsUnderWayEnd() throws InterruptedException {
    RunId run = start(Plans.plan(Plans.deploy("put", "v2"), Plans.attest("ready")));
    SimpleWorld.Obstacle deploy = world.obstruct("deploy green");
    try (Driving driving = drive(run)) {
      assertThat(deploy.reached().await(30, TimeUnit.SECONDS)).isTrue();
      driving.driver().stop();
      deploy.away().countDown();
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.CLOSED);
    }
    assertThat(state(run).step(Plans.id("put")).phase()).isEqualTo(Phase.DONE);
    assertThat(state(run).step(Plans.id("ready")).phase())
        .as("nothing new starts")
        .isEqualTo(Phase.PENDING);
  }

  @Test
  void aStoppedDriverBreaksOffWaitingWhichGoesOnLater() throws InterruptedException {
    Duration forEver = Duration.ofHours(1);
    RunId run = start(Plans.plan(Plans.pause("pause", forEver)));
    try (Driving driving = drive(run)) {
      driving.await(Event.StepStarted.class);
      driving.driver().stop();
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.CLOSED);
    }
    assertThat(state(run).step(Plans.id("pause")).phase()).isEqualTo(Phase.RUNNING);
    Runs anHourLater =
        new Runs(
            journal,
            InstantSource.offset(InstantSource.system(), forEver),
            new SplittableRandom(1));
    new Driver(
            anHourLater,
            run,
            world.world(folder),
            RunListener.NONE,
            InstantSource.offset(InstantSource.system(), forEver),
            "two")
        .drive(true);
    assertThat(state(run).result()).contains(Event.Result.SUCCEEDED);
    assertThat(state(run).step(Plans.id("pause")).attempt()).isEqualTo(1);
  }

  @Test
  void anAbandonedCommandIsUnknownAndNotRepeated() throws InterruptedException {
    RunId run = start(Plans.plan(Plans.shell("load", "echo begun; sleep 300")));
    try (Driving driving = drive(run)) {
      assertThat(driving.awaitLine()).isEqualTo("begun");
      driving.driver().abandon();
      assertThat(driving.stopped()).isEqualTo(Driver.Stopped.CLOSED);
    }
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.WAITING);
    assertThat(state(run).step(Plans.id("load")).phase()).isEqualTo(Phase.UNKNOWN);
    assertThat(Driver.whatPersonsMustDo(state(run)))
        .contains("load: it was under way when Tminus ended; look whether it happened");
    agree(run);
    assertThat(driveUntilAsked(run)).isEqualTo(Driver.Stopped.FINISHED);
  }

  @Test
  void whatPeopleMustDoIsToldForEachStatus() {
    RunId run = start(Plans.plan(Plans.attest("ready")));
    assertThat(Driver.whatPersonsMustDo(state(run))).as("it goes on by itself").isEmpty();
    say(run, new RunCommand.Hold("lunch"));
    assertThat(Driver.whatPersonsMustDo(state(run)))
        .contains("the run is held (lunch): tminus resume");
    say(run, new RunCommand.Abort("wrong day"));
    assertThat(Driver.whatPersonsMustDo(state(run))).isEmpty();
  }
}
