package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.run.Recorded;
import tminus.engine.Leases.Leased;

/// What every store keeps of the leases' promises.
abstract class LeasesSuite {

  private static final RunId RUN = JournalSuite.RUN;
  private static final Instant NOW = JournalSuite.NOW;
  private static final String RESOURCE = Lease.ofRun(RUN);
  private static final Duration TEN = Duration.ofSeconds(10);

  private final List<Journal> opened = new ArrayList<>();
  private Leases here;
  private Leases there;

  /// A store of its own for each test.
  abstract TestStore store();

  @BeforeEach
  void open() {
    here = leases();
    there = leases();
  }

  /// As another process would have them.
  private Leases leases() {
    return journal().leases();
  }

  private Journal journal() {
    Journal journal = store().open();
    opened.add(journal);
    return journal;
  }

  @AfterEach
  void close() {
    opened.forEach(Journal::close);
  }

  private static Instant at(int seconds) {
    return NOW.plusSeconds(seconds);
  }

  private static Leased lease(Leases leases, String owner, int now) {
    return leases.lease(RESOURCE, owner, at(now), at(now).plus(TEN));
  }

  private static Leased taken(long token) {
    return new Leased.Taken(new Fence(RESOURCE, token));
  }

  @Test
  void aLeaseIsHeldByOneUntilItEnds() {
    assertThat(here.holder(RESOURCE, NOW)).isEmpty();
    assertThat(here.find(RESOURCE)).isEmpty();
    assertThat(lease(here, "one", 0)).as("taken").isEqualTo(taken(1));
    assertThat(there.holder(RESOURCE, NOW)).contains("one");
    assertThat(lease(there, "two", 9))
        .as("refused while held")
        .isEqualTo(new Leased.Held("one", at(10)));
    assertThat(lease(here, "one", 9)).as("renewed").isEqualTo(taken(1));
    assertThat(lease(there, "two", 18)).isEqualTo(new Leased.Held("one", at(19)));
    assertThat(lease(there, "two", 19)).as("taken over when it has ended").isEqualTo(taken(2));
    assertThat(lease(here, "one", 20)).as("lost").isEqualTo(new Leased.Held("two", at(29)));
    here.release(Set.of(new Fence(RESOURCE, 1)));
    assertThat(there.holder(RESOURCE, at(20))).as("not his to give back").contains("two");
    there.release(Set.of(new Fence(RESOURCE, 2)));
    assertThat(there.holder(RESOURCE, at(20))).isEmpty();
    assertThat(here.lease(Lease.ofRun(new RunId("other")), "two", NOW, at(10)))
        .as("another run's")
        .isInstanceOf(Leased.Taken.class);
  }

  @Test
  void aTokenIsNeverUsedAgain() {
    assertThat(lease(here, "one", 0)).isEqualTo(taken(1));
    assertThat(lease(here, "one", 10)).as("ended, and taken by the same").isEqualTo(taken(2));
    here.release(Set.of(new Fence(RESOURCE, 2)));
    assertThat(lease(here, "one", 11)).as("given back, and taken by the same").isEqualTo(taken(4));
    here.release(Set.of(new Fence(RESOURCE, 4)));
    assertThat(lease(there, "two", 11)).isEqualTo(taken(6));
    assertThat(there.find(RESOURCE)).contains(new Lease(RESOURCE, "two", 6, at(21)));
  }

  @Test
  void leasesAreRenewedTogetherOrNot() {
    Fence run = new Fence(RESOURCE, 1);
    Fence shop = new Fence(Lease.ofEnvironment("shop"), 1);
    lease(here, "one", 0);
    here.lease(shop.resource(), "one", NOW, at(5));
    assertThat(here.renew(Set.of(run, shop), at(20))).isTrue();
    assertThat(there.find(shop.resource()).orElseThrow().until()).isEqualTo(at(20));
    there.lease(shop.resource(), "two", at(20), at(30));
    assertThat(here.renew(Set.of(run, shop), at(40))).isFalse();
    assertThat(there.find(RESOURCE).orElseThrow().until()).as("as it was").isEqualTo(at(20));
    assertThat(here.renew(Set.of(run), at(40))).as("nobody else took it meanwhile").isTrue();
  }

  /// Written out, `10:00:00Z` comes after `10:00:00.500Z`.
  @ParameterizedTest
  @CsvSource({
    "0, 500, true",
    "500, 1000, true",
    "499, 500, true",
    "500, 500, false",
    "1, 0, false"
  })
  void aLeaseEndsToTheMillisecond(long now, long until, boolean held) {
    here.lease(RESOURCE, "one", NOW, NOW.plusMillis(until));
    assertThat(here.holder(RESOURCE, NOW.plusMillis(now)).isPresent()).isEqualTo(held);
    assertThat(there.lease(RESOURCE, "two", NOW.plusMillis(now), at(10)) instanceof Leased.Held)
        .isEqualTo(held);
  }

  @Test
  void ofManyWhoFindItFreeOneGetsIt() throws Exception {
    int takers = 4;
    List<Leases> all = IntStream.range(0, takers).mapToObj(_ -> leases()).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(takers)) {
      for (int round = 0; round < 20; round++) {
        // Half of the rounds: nobody ever had it; the others: it has just ended.
        String resource = Lease.ofRun(new RunId("run-" + round / 2));
        Instant now = at(20 * (round % 2));
        CountDownLatch ready = new CountDownLatch(takers);
        List<Future<Leased>> answers = new ArrayList<>();
        for (int taker = 0; taker < takers; taker++) {
          Leases leases = all.get(taker);
          String owner = "taker " + taker + " in " + round;
          answers.add(
              threads.submit(() -> {
                ready.countDown();
                ready.await();
                return leases.lease(resource, owner, now, now.plus(TEN));
              }));
        }
        int got = 0;
        for (Future<Leased> answer : answers) {
          got += answer.get() instanceof Leased.Taken ? 1 : 0;
        }
        assertThat(got).isEqualTo(1);
      }
    }
  }

  // ---- Fencing

  @Test
  void whoWasTakenOverFromWritesNothingMore() {
    Journal paused = journal();
    Journal other = journal();
    JournalSuite.begin(paused, RUN);
    Fence first = ((Leased.Taken) lease(paused.leases(), "one", 0)).fence();
    Journal.Tip tip = paused.tip(RUN).orElseThrow();
    tip = paused.append(RUN, tip, note("before"), Set.of(first)).orElseThrow();
    Journal.Tip last = tip;
    assertThat(paused.append(RUN, tip, note("late, and not lost"), Set.of(first)))
        .as("a lease that has ended and is nobody else's")
        .isPresent();
    Journal.Tip after = paused.tip(RUN).orElseThrow();
    Fence second = ((Leased.Taken) lease(other.leases(), "two", 11)).fence();
    assertThatThrownBy(() -> paused.append(RUN, after, note("too late"), Set.of(first)))
        .isInstanceOf(FencedException.class)
        .hasMessage(
            "%s: run:%s: was taken over by two, so nothing more is written from here - go on there"
                .formatted(paused.name(), RUN))
        .extracting(e -> ((FencedException) e).fence())
        .isEqualTo(first);
    assertThat(other.append(RUN, last, note("not the last"), Set.of(second))).isEmpty();
    assertThat(other.append(RUN, after, note("after"), Set.of(second))).isPresent();
    assertThat(JournalSuite.notes(other, RUN))
        .containsExactly("before", "late, and not lost", "after");
  }

  @Test
  void eachOfSeveralFencesMustHold() {
    Journal journal = journal();
    JournalSuite.begin(journal, RUN);
    Fence run = ((Leased.Taken) lease(here, "one", 0)).fence();
    Fence shop =
        ((Leased.Taken) here.lease(Lease.ofEnvironment("shop"), "one", NOW, at(10))).fence();
    Journal.Tip first = journal.tip(RUN).orElseThrow();
    Journal.Tip second = journal.append(RUN, first, note("a"), Set.of(run, shop)).orElseThrow();
    here.release(Set.of(shop));
    assertThatThrownBy(() -> journal.append(RUN, second, note("b"), Set.of(run, shop)))
        .as("given back is given back")
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("env:shop");
    assertThat(journal.append(RUN, second, note("b"), Set.of(run))).isPresent();
  }

  /// One writes by a lease that the other takes over: whatever the order, nothing of the first
  /// comes after the takeover.
  @Test
  void aWriteAndATakeoverAtOnceHaveAnOrder() throws Exception {
    Journal one = journal();
    Journal two = journal();
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      for (int round = 0; round < 20; round++) {
        RunId run = new RunId("run-" + round);
        JournalSuite.begin(one, run);
        Fence fence =
            ((Leased.Taken) one.leases().lease(Lease.ofRun(run), "one", NOW, at(1))).fence();
        CountDownLatch ready = new CountDownLatch(2);
        AtomicBoolean over = new AtomicBoolean();
        Future<Boolean> writer =
            threads.submit(() -> {
              Journal.Tip tip = one.tip(run).orElseThrow();
              ready.countDown();
              ready.await();
              try {
                boolean isLast;
                do {
                  isLast = over.get();
                  tip = one.append(run, tip, note("one's"), Set.of(fence)).orElseThrow();
                  // As any run does between its writes, it lets others come to theirs.
                  one.read(run, 0);
                } while (!isLast);
                return false;
              } catch (FencedException _) {
                return true;
              }
            });
        ready.countDown();
        ready.await();
        long seen;
        try {
          two.leases().lease(Lease.ofRun(run), "two", at(1), at(10));
          seen = two.tip(run).orElseThrow().seq();
        } finally {
          over.set(true);
        }
        assertThat(writer.get()).isTrue();
        assertThat(two.tip(run).orElseThrow().seq()).isEqualTo(seen);
      }
    }
  }

  /// What is written at once stays together and in order, and nothing is lost, whoever is first.
  @Test
  void twoThreadsOfOneDriverWriteOneAfterTheOther() throws Exception {
    Journal one = journal();
    RunId run = new RunId("run-of-two");
    Set<Fence> right = driven(one, run);
    int each = 40;
    CountDownLatch ready = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (String name : List.of("a", "b")) {
        Journal mine = journal();
        ends.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              for (int i = 0; i < each; ) {
                List<Recorded> pair =
                    List.of(JournalSuite.note(name + i), JournalSuite.note(name + i + "'"));
                i += mine.append(run, mine.tip(run).orElseThrow(), pair, right).isPresent() ? 1 : 0;
              }
              return true;
            }));
      }
      for (Future<Boolean> end : ends) {
        assertThat(end.get()).isTrue();
      }
    }
    List<String> notes = JournalSuite.notes(one, run);
    assertThat(notes).hasSize(4 * each).doesNotHaveDuplicates();
    for (int i = 0; i < notes.size(); i += 2) {
      assertThat(notes.get(i + 1)).isEqualTo(notes.get(i) + "'");
    }
    assertThat(one.firstBroken(run)).isEmpty();
  }

  /// More than fit into one statement.
  @Test
  void manyEntriesAreWrittenAtOnce() {
    Journal one = journal();
    RunId run = new RunId("run-of-many");
    Set<Fence> right = driven(one, run);
    for (int count : new int[] {1, 7, 8, 9, 100}) {
      List<Recorded> notes =
          IntStream.range(0, count).mapToObj(i -> JournalSuite.note(count + " " + i)).toList();
      assertThat(one.append(run, one.tip(run).orElseThrow(), notes, right)).isPresent();
    }
    assertThat(JournalSuite.notes(one, run)).hasSize(125).endsWith("100 99");
    assertThat(one.firstBroken(run)).isEmpty();
  }

  private static Set<Fence> driven(Journal journal, RunId run) {
    JournalSuite.begin(journal, run);
    return Set.of(
        ((Leased.Taken) journal.leases().lease(Lease.ofRun(run), "one", NOW, at(1))).fence());
  }

  private static List<Recorded> note(String text) {
    return List.of(JournalSuite.note(text));
  }
}
