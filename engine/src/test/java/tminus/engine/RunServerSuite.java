package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tminus.core.plan.Plan;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.core.traffic.Weight;

/// What servers do with a store's runs; real ones, with connections of their own.
@Timeout(120)
abstract class RunServerSuite {

  private static final Journal.Origin HERE = new Journal.Origin("/test.md", "/", "");

  @TempDir Path folder;

  private final SimpleWorld world = new SimpleWorld();
  private Journal journal;
  private Runs runs;

  abstract TestStore store();

  @BeforeEach
  void open() {
    journal = store().open();
    runs = new Runs(journal, InstantSource.system(), new SplittableRandom(1));
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private Serving serve(String owner) {
    return new Serving(store(), owner, _ -> world.world(folder));
  }

  private RunId start(Plan plan) {
    return start(plan, HERE);
  }

  private RunId start(Plan plan, Journal.Origin origin) {
    return runs.start(Plans.start(plan), "# Test", origin, "Zoë").id();
  }

  private void say(RunId run, RunCommand command) {
    assertThat(runs.tell(run, "Zoë", command)).isInstanceOf(Runs.Answer.Accepted.class);
  }

  private void agree(RunId run) {
    say(run, Driving.agree(runs.view(run).state()).orElseThrow());
  }

  private int agenda() {
    return ((JdbcJournal) journal).agenda().size();
  }

  /// Waits for something that nothing tells of.
  private static void await(java.util.function.BooleanSupplier holds) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + Driving.LONG.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void aRunIsCarriedThroughAndPutDownWhilePeopleAreWaitedFor() throws Exception {
    RunId run = start(Plans.plan(Plans.attest("ready"), Plans.shell("act", "echo once >> acted")));
    try (Serving serving = serve("one")) {
      serving.await(run, Event.RunStarted.class);
      serving.await(run, Event.StepAsked.class);
      await(() -> serving.server().inHand().isEmpty());
      assertThat(journal.leases().holder(Lease.ofRun(run), InstantSource.system().instant()))
          .isEmpty();
      agree(run);
      serving.await(run, Event.StepSigned.class);
      serving.await(run, Event.RunFinished.class);
      await(() -> agenda() == 0);
    }
    assertThat(folder.resolve("acted")).hasContent("once");
    assertThat(journal.firstBroken(run)).isEmpty();
  }

  @Test
  void whatIsOverIsStruckOffByWhoeverEndsIt() {
    RunId run = start(Plans.plan(Plans.attest("ready")));
    assertThat(agenda()).isEqualTo(1);
    say(run, new RunCommand.Abort("no more"));
    assertThat(agenda()).isZero();
  }

  @Test
  void aWaitTakesNothingAndSurvivesTheServer() throws Exception {
    RunId run = start(Plans.plan(Plans.pause("pause", Duration.ofSeconds(3)), Plans.attest("b")));
    try (Serving first = serve("one")) {
      first.await(run, Event.StepStarted.class);
      await(() -> first.server().inHand().isEmpty());
    }
    assertThat(runs.view(run).state().running()).containsExactly(Plans.id("pause"));
    try (Serving second = serve("two")) {
      second.await(run, Event.StepEnded.class);
      second.await(run, Event.StepAsked.class);
    }
    Recorded ended =
        runs.view(run).events().stream()
            .filter(it -> it.event() instanceof Event.StepEnded)
            .findFirst()
            .orElseThrow();
    assertThat(ended.at()).isAfter(runs.view(run).state().started().plusSeconds(3));
  }

  @Test
  void aRunWhoseTrafficIsWatchedStaysInHand() throws Exception {
    RunId run =
        start(
            Plans.plan(
                List.of(
                    Plans.deploy("put", "v2"),
                    Plans.shift("s10", 10),
                    Plans.gate("go"),
                    Plans.shift("s100", 100)),
                List.of(),
                Plans.errorsOver(5)));
    try (Serving serving = serve("one")) {
      serving.await(run, Event.StepAsked.class);
      assertThat(serving.server().inHand()).containsExactly(run);
      world.errorRate(0.5);
      serving.await(run, Event.TriggerFired.class);
      serving.await(run, Event.RunFinished.class);
    }
    assertThat(world.weights()).containsEntry(Plans.BLUE, Weight.ALL);
    assertThat(runs.view(run).state().result()).contains(Event.Result.ROLLED_BACK);
  }

  @Test
  void whatATerminalDrivesIsLeftToItAndTakenOnAfterwards() throws Exception {
    RunId run = start(Plans.plan(Plans.attest("ready"), Plans.shell("act", "echo x >> acted")));
    Driving terminal = new Driving(runs, run, world.world(folder), "terminal");
    terminal.awaitAsked("ready");
    try (Serving serving = serve("one")) {
      agree(run);
      terminal.await(Event.RunFinished.class);
      await(() -> agenda() == 0);
      assertThat(serving.heardOf(run)).isEmpty();
    }
    assertThat(folder.resolve("acted")).hasContent("x");
  }

  @Test
  void aTerminalLooksOnWhileAServerDrives() throws Exception {
    SimpleWorld.Obstacle obstacle = world.obstruct("deploy green");
    RunId run = start(Plans.plan(Plans.deploy("put", "v2")));
    try (Serving _ = serve("one")) {
      assertThat(obstacle.reached().await(30, TimeUnit.SECONDS)).isTrue();
      List<Event> seen = new CopyOnWriteArrayList<>();
      RunListener listener =
          new RunListener() {
            @Override
            public void recorded(Runs.View view, Recorded recorded) {
              seen.add(recorded.event());
            }
          };
      Driver terminal =
          new Driver(runs, run, world.world(folder), listener, InstantSource.system(), "terminal");
      assertThat(terminal.other()).contains("one");
      try (ExecutorService server = Executors.newVirtualThreadPerTaskExecutor()) {
        // The run may end only once the terminal looks on.
        Future<?> end =
            server.submit(() -> {
              await(() -> {
                runs.tell(run, "Zoë", new RunCommand.Note("look"));
                return !seen.isEmpty();
              });
              obstacle.away().countDown();
              return null;
            });
        assertThat(terminal.awaitTurn(Driver.Patience.ALWAYS)).contains(Driver.Stopped.FINISHED);
        end.get();
      }
      assertThat(seen).last().isInstanceOf(Event.RunFinished.class);
    }
    assertThat(world.done()).containsExactly("deploy green v2");
  }

  @Test
  void aRunThatCannotBeDrivenHereKeepsNobodyFromTheOthers() throws Exception {
    RunId away =
        start(Plans.plan(Plans.attest("a")), new Journal.Origin("/test.md", "/elsewhere", ""));
    RunId here = start(Plans.plan(Plans.attest("a")));
    RunServer.Worlds worlds =
        view -> {
          if (view.id().equals(away)) {
            throw new ElsewhereException("/elsewhere is no folder of this machine");
          }
          return world.world(folder);
        };
    try (Serving serving = new Serving(store(), "one", worlds)) {
      serving.await(here, Event.StepAsked.class);
      await(() -> runs.view(away).events().size() > 1);
      assertThat(runs.view(away).events().getLast().event())
          .isEqualTo(
              new Event.NoteTaken(
                  "one: cannot be driven here: /elsewhere is no folder of this machine"));
      assertThat(serving.heardOf(away))
          .containsExactly("cannot be driven here: /elsewhere is no folder of this machine");
    }
  }

  @Test
  void aRunThatCannotBeDrivenHereIsTakenByAServerThatCan() throws Exception {
    RunServer.Worlds nowhere =
        _ -> {
          throw new ElsewhereException("/elsewhere is no folder of this machine");
        };
    RunId run = start(Plans.plan(Plans.attest("a")));
    try (Serving one = new Serving(store(), "one", nowhere)) {
      assertThat(one.awaitWords(run)).startsWith("cannot be driven here");
      try (Serving two = serve("two")) {
        two.await(run, Event.StepAsked.class);
      }
    }
  }

  /// Whenever it is due: what no server could drive so far, this one may.
  @Test
  void aServerThatStartsLooksAtEveryRunNobodyHas() throws Exception {
    InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
    RunId run =
        new Runs(journal, later, new SplittableRandom(2))
            .start(Plans.start(Plans.plan(Plans.attest("a"))), "# Test", HERE, "Zoë")
            .id();
    try (Serving serving = serve("one")) {
      serving.await(run, Event.StepAsked.class);
    }
  }

  @Test
  void aServerWhoseLeaseIsTakenLetsGoAndEndsWhatItDid() throws Exception {
    SimpleWorld.Obstacle obstacle = world.obstruct("deploy green");
    RunId run = start(Plans.plan(Plans.deploy("put", "v2")));
    try (Serving serving = serve("one")) {
      assertThat(obstacle.reached().await(30, TimeUnit.SECONDS)).isTrue();
      long until = InstantSource.system().instant().plusSeconds(3).toEpochMilli();
      store()
          .raw(
              "UPDATE lease SET owner = 'two', token = token + 1, until = %d WHERE resource = '%s'"
                  .formatted(until, Lease.ofRun(run)));
      assertThat(serving.awaitWords(run)).startsWith("let go: ").contains("taken over by two");
      assertThat(world.done()).containsExactly("interrupted: deploy green");
      obstacle.away().countDown();
      serving.await(run, Event.RunFinished.class);
    }
    assertThat(world.done()).containsExactly("interrupted: deploy green", "deploy green v2");
  }

  @Test
  void closingLetsWhatIsUnderWayEndAndHandsTheRunOn() throws Exception {
    RunId run =
        start(
            Plans.plan(
                Plans.shell("one", "echo 1 >> acted; sleep 2; echo 2 >> acted"),
                Plans.shell("two", "echo 3 >> acted")));
    try (Serving first = serve("one")) {
      await(() -> Files.exists(folder.resolve("acted")));
      first.server().close(Duration.ofSeconds(20));
    }
    assertThat(folder.resolve("acted")).hasContent("1\n2");
    try (Serving second = serve("two")) {
      second.await(run, Event.RunFinished.class);
    }
    assertThat(folder.resolve("acted")).hasContent("1\n2\n3");
  }

  @Test
  void aServerIsKnownToBeThere() throws Exception {
    assertThat(Presence.isThere(journal, InstantSource.system().instant())).isFalse();
    try (Serving _ = serve("one")) {
      assertThat(Presence.isThere(journal, InstantSource.system().instant())).isTrue();
    }
  }

  /// Waiting takes neither a thread nor a place in memory, however many wait.
  @Test
  void aThousandWaitingRunsTakeNoThread() throws Exception {
    int before = 0;
    try (Serving serving = serve("one")) {
      for (int i = 0; i < waiting(); i++) {
        start(Plans.plan(Plans.attest("ready")));
        if (i == 10) {
          await(() -> asked() == 11 && serving.server().inHand().isEmpty());
          before = threads();
        }
      }
      await(() -> asked() == waiting() && serving.server().inHand().isEmpty());
      // Carriers of virtual threads come and go with the load; those of runs would be hundreds.
      assertThat(threads()).isLessThan(before + 20);
      RunId some = journal.runs().get(waiting() / 2).id();
      agree(some);
      await(() -> runs.view(some).state().status() == Status.FINISHED);
    }
  }

  /// How many runs wait in the test of a thousand: on a store where that takes long, fewer.
  int waiting() {
    return 1000;
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /// How many runs have been asked something: that is their second event.
  private int asked() {
    try {
      return store().count("SELECT count(*) FROM event WHERE seq = 2");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
