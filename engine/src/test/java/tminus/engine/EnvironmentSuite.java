package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tminus.core.plan.Plan;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.engine.Runs.Begun;
import tminus.engine.Runs.Right;

/// One environment, one run: over every store.
abstract class EnvironmentSuite {

  private static final Plan PLAN =
      Plans.plan(Plans.check("up", "echo up"), Plans.deploy("put", "v2"), Plans.attest("ready"));

  private static final Duration TEN = Duration.ofSeconds(10);

  private final List<Journal> opened = new ArrayList<>();
  private volatile Instant now = JournalSuite.NOW;
  private Runs here;
  private Runs there;

  /// A store of its own for each test.
  abstract TestStore store();

  @BeforeEach
  void open() {
    here = runs(1);
    there = runs(2);
  }

  /// As another process would have them.
  private Runs runs(long seed) {
    Journal journal = store().open();
    opened.add(journal);
    return new Runs(journal, () -> now, new SplittableRandom(seed));
  }

  @AfterEach
  void close() {
    opened.forEach(Journal::close);
  }

  private static Begun start(Runs runs, String environment, String by) {
    return runs.start(
        Plans.start(PLAN), "# Test", new Journal.Origin("/test.md", "/", ""), environment, by);
  }

  private static RunId started(Runs runs, String environment, String by) {
    return ((Begun.Started) start(runs, environment, by)).view().id();
  }

  private Right take(Runs runs, RunId run, String owner) {
    return runs.take(run, owner, now.plus(TEN));
  }

  private Set<Fence> granted(Runs runs, RunId run, String owner) {
    return ((Right.Granted) take(runs, run, owner)).fences();
  }

  private void later(int seconds) {
    now = now.plusSeconds(seconds);
  }

  /// Goes on until the change has begun.
  private static void change(Runs runs, RunId run, Set<Fence> fences) {
    runs.tell(run, Recorded.TMINUS, fences, new RunCommand.Advance());
    runs.tell(
        run,
        Recorded.TMINUS,
        fences,
        new RunCommand.Report(Plans.id("up"), 1, new Outcome.Done("up", List.of())),
        new RunCommand.Advance());
    assertThat(runs.view(run).state().hasUndos()).isTrue();
  }

  @Test
  void aRunRemembersItsEnvironment() {
    RunId run = started(here, "shop-production", "Zoë");
    assertThat(there.journal().header(run).orElseThrow().environment()).contains("shop-production");
    assertThat(there.journal().runs().getFirst().environment()).contains("shop-production");
    assertThat(granted(there, run, "one"))
        .extracting(Fence::resource)
        .containsExactlyInAnyOrder("run:" + run, "env:shop-production");
  }

  @Test
  void anEnvironmentThatIsDrivenIsRefused() {
    RunId first = started(here, "shop", "Zoë");
    Set<Fence> fences = granted(here, first, "one");
    later(9);
    here.journal().leases().renew(fences, now.plus(TEN));
    later(9);
    Begun.Refused refused = (Begun.Refused) start(there, "shop", "Ada");
    assertThat(refused.occupant())
        .isEqualTo(new Runs.Occupant("shop", first, "Zoë", JournalSuite.NOW, Optional.of("one")));
    assertThat(refused.occupant().message())
        .isEqualTo(
            "shop: run %s is there, started by Zoë at 2026-11-20T18:15:00Z, and driven by one"
                    .formatted(first)
                + " - wait for its end, or end it: tminus rollback --run %s, tminus abort WHY --run %s"
                    .formatted(first, first));
    assertThat(there.journal().runs()).as("nothing was written").hasSize(1);
    assertThat(start(there, "other shop", "Ada")).isInstanceOf(Begun.Started.class);
    here.release(fences);
    assertThat(start(there, "shop", "Ada"))
        .as("it changed nothing")
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void aChangedEnvironmentIsKeptWithoutADriver() {
    RunId first = started(here, "shop", "Zoë");
    Set<Fence> fences = granted(here, first, "one");
    change(here, first, fences);
    here.release(fences);
    later(1000);
    Begun.Refused refused = (Begun.Refused) start(there, "shop", "Ada");
    assertThat(refused.occupant().message())
        .isEqualTo(
            "shop: run %s is there, started by Zoë at 2026-11-20T18:15:00Z, and driven by nobody now"
                    .formatted(first)
                + " - bring it to its end: tminus resume %s, tminus rollback --run %s or tminus abort WHY --run %s"
                    .formatted(first, first, first));
    Set<Fence> again = granted(there, first, "two");
    there.tell(first, "Zoë", new RunCommand.RollBack("wrong day"));
    there.tell(first, Recorded.TMINUS, again, new RunCommand.Advance());
    var undo = there.view(first).state().undo().orElseThrow();
    there.tell(
        first,
        Recorded.TMINUS,
        again,
        new RunCommand.ReportUndo(
            undo.undo().step(),
            undo.undo().work(),
            undo.attempt(),
            new Outcome.Done("", List.of())),
        new RunCommand.Advance());
    there.release(again);
    assertThat(there.view(first).state().status()).isEqualTo(Status.FINISHED);
    assertThat(start(here, "shop", "Ada"))
        .as("all is taken back")
        .isInstanceOf(Begun.Started.class);
  }

  @Test
  void whoOnlyLookedLosesItAndActsNoMore() {
    RunId first = started(here, "shop", "Zoë");
    Set<Fence> paused = granted(here, first, "one");
    here.tell(first, Recorded.TMINUS, paused, new RunCommand.Advance());
    later(11);
    RunId second = started(there, "shop", "Ada");
    assertThatThrownBy(() -> change(here, first, paused))
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("env:shop: was taken over by " + second);
    assertThat(here.view(first).events()).hasSize(2);
    assertThat(here.tell(first, "Zoë", new RunCommand.Note("what a pity")))
        .as("people may still say something")
        .isInstanceOf(Runs.Answer.Accepted.class);
    Right.Refused refused = (Right.Refused) take(here, first, "one");
    assertThat(refused.occupant().run()).isEqualTo(second);
    assertThat(here.journal().leases().holder(Lease.ofRun(first), now))
        .as("the right to drive it was given back")
        .isEmpty();
    there.tell(second, "Ada", new RunCommand.Abort("it was nothing"));
    assertThat(take(here, first, "one")).as("free again").isInstanceOf(Right.Granted.class);
    change(here, first, granted(here, first, "one"));
  }

  @Test
  void aNewRunHasItsEnvironmentUntilItsDriverIsThere() {
    RunId first = started(here, "shop", "Zoë");
    later(9);
    assertThat(start(there, "shop", "Ada")).isInstanceOf(Begun.Refused.class);
    later(1);
    RunId second = started(there, "shop", "Ada");
    assertThat(((Right.Refused) take(here, first, "one")).occupant().run()).isEqualTo(second);
    assertThat(take(there, second, "two")).isInstanceOf(Right.Granted.class);
  }

  @Test
  void aRunIsDrivenByOne() {
    RunId run = started(here, "shop", "Zoë");
    Set<Fence> fences = granted(here, run, "one");
    assertThat(take(there, run, "two")).isEqualTo(new Right.Driven("one", now.plus(TEN)));
    later(5);
    assertThat(granted(here, run, "one")).extracting(Fence::resource).hasSize(2);
    later(11);
    Set<Fence> others = granted(there, run, "two");
    assertThat(others).doesNotContainAnyElementsOf(fences);
    assertThatThrownBy(() -> here.tell(run, Recorded.TMINUS, fences, new RunCommand.Advance()))
        .isInstanceOf(FencedException.class);
    assertThat(there.tell(run, Recorded.TMINUS, others, new RunCommand.Advance()))
        .isInstanceOf(Runs.Answer.Accepted.class);
  }

  /// A driver that seemed dead begins its change at the very moment when somebody else starts.
  @Test
  void ofAChangeAndAStartAtOnceOneIsRefused() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 15; round++) {
        String environment = "shop " + round;
        RunId first = started(here, environment, "Zoë");
        Set<Fence> fences = granted(here, first, "one");
        here.tell(first, Recorded.TMINUS, fences, new RunCommand.Advance());
        later(11);
        CountDownLatch ready = new CountDownLatch(2);
        Future<Boolean> changed =
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              try {
                change(here, first, fences);
                return true;
              } catch (FencedException _) {
                return false;
              }
            });
        Future<Begun> begun =
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              return start(there, environment, "Ada");
            });
        assertThat(changed.get()).isNotEqualTo(begun.get() instanceof Begun.Started);
      }
    }
  }

  @Test
  void ofManyWhoStartAtOnceOneGetsTheEnvironment() throws Exception {
    int starters = 4;
    List<Runs> all = IntStream.range(0, starters).mapToObj(i -> runs(10 + i)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(starters)) {
      for (int round = 0; round < 10; round++) {
        String environment = "shop " + round / 2;
        later(11);
        CountDownLatch ready = new CountDownLatch(starters);
        List<Future<Begun>> ends = new ArrayList<>();
        for (Runs runs : all) {
          ends.add(
              threads.submit(() -> {
                ready.countDown();
                ready.await();
                return start(runs, environment, "Zoë");
              }));
        }
        int got = 0;
        for (Future<Begun> end : ends) {
          got += end.get() instanceof Begun.Started ? 1 : 0;
        }
        assertThat(got).isEqualTo(1);
      }
    }
    assertThat(here.journal().runs()).hasSize(10);
  }
}
