package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.run.Decider;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;

/// What every store keeps of the journal's promises.
abstract class JournalSuite {

  static final RunId RUN = new RunId("20261120-181500-abcd");
  static final Instant NOW = Instant.parse("2026-11-20T18:15:00Z");

  /// A store of its own for each test.
  abstract TestStore store();

  static void begin(Journal journal, RunId run) {
    journal.create(
        new Journal.Header(run, "Shop", new Journal.Origin("/shop.md", "/", ""), NOW),
        "# Shop\n".getBytes(StandardCharsets.UTF_8),
        Decider.begin(Plans.start(Plans.plan(Plans.attest("a")))),
        "Zoë");
  }

  static Recorded note(String text) {
    return new Recorded(NOW, "Zoë", new Event.NoteTaken(text));
  }

  static List<String> notes(Journal journal, RunId run) {
    return journal.entries(run, 1).stream()
        .map(entry -> ((Event.NoteTaken) entry.recorded().event()).text())
        .toList();
  }

  /// A run with four notes.
  final void written() {
    try (Journal journal = store().open()) {
      begin(journal, RUN);
      for (int i = 1; i <= 4; i++) {
        append(journal, RUN, note("note " + i));
      }
    }
  }

  static boolean append(Journal journal, RunId run, Recorded... events) {
    return journal.append(run, journal.tip(run).orElseThrow(), List.of(events)).isPresent();
  }

  // ---- Adding

  @Test
  void anEntryIsAddedAfterTheLastOneOnly() {
    try (Journal journal = store().open()) {
      begin(journal, RUN);
      Journal.Tip first = journal.tip(RUN).orElseThrow();
      Journal.Tip third = journal.append(RUN, first, List.of(note("a"), note("b"))).orElseThrow();
      assertThat(third).isEqualTo(journal.tip(RUN).orElseThrow());
      assertThat(journal.append(RUN, first, List.of(note("late")))).isEmpty();
      assertThat(journal.append(RUN, first, List.of(note("a"), note("b"))))
          .as("the same again is somebody else's")
          .isEmpty();
      assertThat(journal.append(RUN, new Journal.Tip(4, third.hash()), List.of(note("early"))))
          .isEmpty();
      assertThat(journal.append(RUN, new Journal.Tip(3, first.hash()), List.of(note("of another"))))
          .as("chained to what is not there")
          .isEmpty();
      assertThat(journal.append(new RunId("nobody"), first, List.of(note("x")))).isEmpty();
      assertThat(journal.append(RUN, third, List.of())).contains(third);
      assertThat(notes(journal, RUN)).containsExactly("a", "b");
      assertThat(journal.entries(RUN, 2)).extracting(Journal.Entry::seq).containsExactly(3L);
      assertThat(journal.firstBroken(RUN)).isEmpty();
    }
  }

  @Test
  void allOfAnAppendIsWrittenOrNothing() throws SQLException {
    try (Journal journal = store().open()) {
      begin(journal, RUN);
      store().raw(store().failOn("bad"));
      assertThatThrownBy(() -> append(journal, RUN, note("good"), note("bad")))
          .isInstanceOf(JournalException.class)
          .hasMessageStartingWith(journal.name() + ": cannot be written")
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("nothing was changed");
      assertThat(notes(journal, RUN)).isEmpty();
      assertThat(append(journal, RUN, note("b"))).as("goes on afterwards").isTrue();
    }
  }

  /// Whatever a command printed is kept as it was.
  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000", "\n\r\t", "'; DROP TABLE run; --", "ключ ☕ 🚀", "\\u0000"})
  void anyTextIsKept(String text) {
    try (Journal journal = store().open()) {
      begin(journal, RUN);
      assertThat(append(journal, RUN, note(text))).isTrue();
      assertThat(notes(journal, RUN)).containsExactly(text);
      assertThat(journal.firstBroken(RUN)).isEmpty();
    }
  }

  @Test
  void severalWritersLoseAndDoubleNothing() throws Exception {
    int writers = 4;
    int each = 40;
    try (Journal first = store().open()) {
      begin(first, RUN);
    }
    CountDownLatch ready = new CountDownLatch(writers);
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String name = "writer " + writer + ", note ";
        ends.add(
            threads.submit(() -> {
              try (Journal journal = store().open()) {
                ready.countDown();
                ready.await();
                return write(journal, name, each);
              }
            }));
      }
      for (Future<Integer> end : ends) {
        assertThat(end.get()).isEqualTo(each);
      }
    }
    try (Journal journal = store().open()) {
      assertThat(journal.entries(RUN, 0))
          .extracting(Journal.Entry::seq)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, writers * each + 1).boxed().toList());
      assertThat(notes(journal, RUN)).doesNotHaveDuplicates().hasSize(writers * each);
      for (int writer = 0; writer < writers; writer++) {
        String name = "writer " + writer + ", note ";
        assertThat(notes(journal, RUN).stream().filter(note -> note.startsWith(name)))
            .as("in its own order")
            .containsExactlyElementsOf(
                IntStream.range(0, each).mapToObj(i -> name + i).collect(Collectors.toList()));
      }
      assertThat(journal.firstBroken(RUN)).isEmpty();
    }
  }

  private static int write(Journal journal, String name, int each) {
    int written = 0;
    while (written < each) {
      written += append(journal, RUN, note(name + written)) ? 1 : 0;
    }
    return written;
  }

  @Test
  void runsAreListedTheLatestFirst() {
    try (Journal journal = store().open()) {
      for (String name : List.of("b", "c", "a")) {
        begin(journal, new RunId(name));
      }
      assertThat(journal.runs())
          .extracting(header -> header.id().value())
          .containsExactly("a", "c", "b");
      assertThat(journal.header(new RunId("b"))).contains(journal.runs().getLast());
      assertThat(journal.header(new RunId("nobody"))).isEmpty();
      assertThat(journal.document(new RunId("b"))).isEqualTo("# Shop\n");
      assertThatThrownBy(() -> journal.document(new RunId("nobody")))
          .isInstanceOf(JournalException.class)
          .hasMessage(journal.name() + ": there is no run nobody");
      assertThatThrownBy(() -> begin(journal, new RunId("a")))
          .as("a name is given once")
          .isInstanceOf(JournalException.class);
    }
  }

  // ---- Tampering

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE event SET body = '{}'",
        "UPDATE event SET hash = '00' WHERE seq = 1",
        "DELETE FROM event WHERE seq = 3",
        "UPDATE run SET title = 'Other'",
        "DELETE FROM run",
      })
  void whatIsWrittenCannotBeChangedOrRemoved(String sql) {
    written();
    assertThatThrownBy(() -> store().raw(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("the journal is append-only");
  }

  /// The number of the entry that is found, and what is done to the journal.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "3: UPDATE event SET body = replace(body, 'note 2', 'note 9') WHERE seq = 3",
        "3: UPDATE event SET body = body || ' ' WHERE seq = 3",
        "2: UPDATE event SET body = 'no JSON' WHERE seq = 2",
        "4: UPDATE event SET hash = '00' WHERE seq = 4",
        "5: UPDATE event SET person = 'Eve' WHERE seq = 5",
        "2: UPDATE event SET at = '2026-11-20T18:16:00Z' WHERE seq = 2",
        "2: UPDATE event SET at = '2026-11-20T18:15:00.000Z' WHERE seq = 2",
        "2: UPDATE event SET at = 'yesterday' WHERE seq = 2",
        "3: DELETE FROM event WHERE seq = 3",
        "1: DELETE FROM event WHERE seq = 1",
        "1: DELETE FROM event",
        "5: UPDATE event SET seq = 9 WHERE seq = 5",
        "1: UPDATE run SET document = {other}",
      })
  void tamperingIsFoundWhereItIs(String row) throws SQLException {
    String[] cells = row.split(": ", 2);
    written();
    store().raw(store().unguard());
    store().raw(cells[1].replace("{other}", store().bytes("# Other")));
    try (Journal journal = store().open()) {
      assertThat(journal.firstBroken(RUN)).contains(Long.parseLong(cells[0]));
    }
  }

  /// Whoever has read it before would else try for ever to go on from what is not there.
  @Test
  void whoGoesOnFromAChangedEntryIsToldSo() throws SQLException {
    try (Journal journal = store().open()) {
      Runs runs = new Runs(journal, InstantSource.fixed(NOW), new SplittableRandom(1));
      RunCommand.Start start = Plans.start(Plans.plan(Plans.attest("a")));
      Runs.View view = runs.start(start, "# Test", new Journal.Origin("/test.md", "/", ""), "Zoë");
      store().raw(store().unguard());
      store().raw("UPDATE event SET hash = '00'");
      assertThatThrownBy(() -> runs.tell(view.id(), "Zoë", new RunCommand.Note("a")))
          .isInstanceOf(JournalException.class)
          .hasMessage(
              "%s: entry 1 of run %s is not what it was when it was read - was the journal changed by hand? look with tminus verify %s",
              journal.name(), view.id(), view.id());
    }
  }

  @Test
  void anEntryOfAnotherRunDoesNotFit() throws SQLException {
    written();
    RunId other = new RunId("other");
    try (Journal journal = store().open()) {
      begin(journal, other);
    }
    store()
        .raw(
            "INSERT INTO event SELECT 'other', seq, at, person, body, hash FROM event WHERE run = '%s' AND seq = 2"
                .formatted(RUN));
    try (Journal journal = store().open()) {
      assertThat(journal.firstBroken(other)).contains(2L);
      assertThat(journal.firstBroken(RUN)).isEmpty();
    }
  }

  @Test
  void anUnreadableEntryIsToldSo() throws SQLException {
    written();
    store().raw(store().unguard());
    store()
        .raw(
            "UPDATE event SET at = 'yesterday' WHERE seq = 2",
            "UPDATE event SET body = 'no JSON' WHERE seq = 3");
    try (Journal journal = store().open()) {
      assertThatThrownBy(() -> journal.entries(RUN, 0))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("entry 2 cannot be read");
      assertThatThrownBy(() -> journal.entries(RUN, 2).getFirst().recorded())
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("entry 3 cannot be read");
    }
  }

  // ---- Opening

  @Test
  void manyMayOpenANewJournalAtOnce() throws Exception {
    openAtOnce(store());
  }

  /// Each begins a run of its own, and finds it.
  static void openAtOnce(TestStore store) throws Exception {
    int openers = 6;
    CountDownLatch ready = new CountDownLatch(openers);
    try (ExecutorService threads = Executors.newFixedThreadPool(openers)) {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int i = 0; i < openers; i++) {
        RunId run = new RunId("run-" + i);
        ends.add(
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              try (Journal journal = store.open()) {
                begin(journal, run);
                return journal.entries(run, 0).size();
              }
            }));
      }
      for (Future<Integer> end : ends) {
        assertThat(end.get()).isEqualTo(1);
      }
    }
  }
}
