package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.run.Decider;
import tminus.core.run.Event;
import tminus.core.run.Recorded;

class JournalTest {

  private static final RunId RUN = new RunId("20261120-181500-abcd");
  private static final Instant NOW = Instant.parse("2026-11-20T18:15:00Z");

  @TempDir Path folder;

  private static void begin(Journal journal, RunId run) {
    journal.create(
        new Journal.Header(run, "Shop", new Journal.Origin("/shop.md", "/", ""), NOW),
        "# Shop\n".getBytes(StandardCharsets.UTF_8),
        Decider.begin(Plans.start(Plans.plan(Plans.attest("a")))),
        "Zoë");
  }

  private static Recorded note(String text) {
    return new Recorded(NOW, "Zoë", new Event.NoteTaken(text));
  }

  private static List<String> notes(Journal journal, RunId run) {
    return journal.entries(run, 1).stream()
        .map(entry -> ((Event.NoteTaken) entry.recorded().event()).text())
        .toList();
  }

  /// A run with four notes.
  private void written() {
    try (Journal journal = Journal.open(folder)) {
      begin(journal, RUN);
      for (int i = 1; i <= 4; i++) {
        journal.append(RUN, i, List.of(note("note " + i)));
      }
    }
  }

  private void raw(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  // ---- Adding

  @Test
  void anEntryIsAddedAfterTheLastOneOnly() {
    try (Journal journal = Journal.open(folder)) {
      begin(journal, RUN);
      assertThat(journal.append(RUN, 1, List.of(note("a"), note("b")))).isTrue();
      assertThat(journal.append(RUN, 1, List.of(note("late")))).isFalse();
      assertThat(journal.append(RUN, 4, List.of(note("early")))).isFalse();
      assertThat(journal.append(new RunId("nobody"), 1, List.of(note("x")))).isFalse();
      assertThat(notes(journal, RUN)).containsExactly("a", "b");
      assertThat(journal.entries(RUN, 2)).extracting(Journal.Entry::seq).containsExactly(3L);
      assertThat(journal.firstBroken(RUN)).isEmpty();
    }
  }

  @Test
  void allOfAnAppendIsWrittenOrNothing() throws SQLException {
    try (Journal journal = Journal.open(folder)) {
      begin(journal, RUN);
      raw(
          "CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.body LIKE '%bad%'"
              + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
      assertThatThrownBy(() -> journal.append(RUN, 1, List.of(note("good"), note("bad"))))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("nothing was changed");
      assertThat(notes(journal, RUN)).isEmpty();
      assertThat(journal.append(RUN, 1, List.of(note("b")))).as("goes on afterwards").isTrue();
    }
  }

  @Test
  void severalWritersLoseAndDoubleNothing() throws Exception {
    int writers = 4;
    int each = 40;
    try (Journal first = Journal.open(folder)) {
      begin(first, RUN);
    }
    CountDownLatch ready = new CountDownLatch(writers);
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String name = "writer " + writer + ", note ";
        ends.add(
            threads.submit(() -> {
              try (Journal journal = Journal.open(folder)) {
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
    try (Journal journal = Journal.open(folder)) {
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
      long last = journal.entries(RUN, 0).getLast().seq();
      written += journal.append(RUN, last, List.of(note(name + written))) ? 1 : 0;
    }
    return written;
  }

  @Test
  void runsAreListedTheLatestFirst() {
    try (Journal journal = Journal.open(folder)) {
      for (String name : List.of("b", "c", "a")) {
        begin(journal, new RunId(name));
      }
      assertThat(journal.runs())
          .extracting(header -> header.id().value())
          .containsExactly("a", "c", "b");
      assertThat(journal.document(new RunId("b"))).isEqualTo("# Shop\n");
      assertThatThrownBy(() -> journal.document(new RunId("nobody")))
          .isInstanceOf(JournalException.class)
          .hasMessage(journal.file() + ": there is no run nobody");
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
    assertThatThrownBy(() -> raw(sql))
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
        "1: UPDATE run SET document = CAST('# Other' AS BLOB)",
      })
  void tamperingIsFoundWhereItIs(String row) throws SQLException {
    String[] cells = row.split(": ", 2);
    written();
    raw(
        "DROP TRIGGER event_no_update",
        "DROP TRIGGER event_no_delete",
        "DROP TRIGGER run_no_update",
        cells[1]);
    try (Journal journal = Journal.open(folder)) {
      assertThat(journal.firstBroken(RUN)).contains(Long.parseLong(cells[0]));
    }
  }

  @Test
  void anEntryOfAnotherRunDoesNotFit() throws SQLException {
    written();
    RunId other = new RunId("other");
    try (Journal journal = Journal.open(folder)) {
      begin(journal, other);
    }
    raw(
        "INSERT INTO event SELECT 'other', seq, at, person, body, hash FROM event WHERE run = '%s' AND seq = 2"
            .formatted(RUN));
    try (Journal journal = Journal.open(folder)) {
      assertThat(journal.firstBroken(other)).contains(2L);
      assertThat(journal.firstBroken(RUN)).isEmpty();
    }
  }

  @Test
  void anUnreadableEntryIsToldSo() throws SQLException {
    written();
    raw(
        "DROP TRIGGER event_no_update",
        "UPDATE event SET at = 'yesterday' WHERE seq = 2",
        "UPDATE event SET body = 'no JSON' WHERE seq = 3");
    try (Journal journal = Journal.open(folder)) {
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
  void aFileThatIsNoDatabaseIsToldSo() throws IOException {
    Files.writeString(folder.resolve("journal.db"), "# A checklist, not a journal\n".repeat(99));
    assertThatThrownBy(() -> Journal.open(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith(folder.resolve("journal.db") + ": cannot be opened (")
        .hasMessageContaining("if it is not a journal, choose another folder with --store");
  }

  @Test
  void aNewerJournalIsToldSoAndLeftAlone() throws SQLException {
    written();
    raw("PRAGMA user_version = 2");
    assertThatThrownBy(() -> Journal.open(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("its schema is version 2, newer than this Tminus knows");
    raw("PRAGMA user_version = 1");
    try (Journal journal = Journal.open(folder)) {
      assertThat(notes(journal, RUN)).hasSize(4);
    }
  }

  @Test
  void aFolderThatIsAFileIsToldSo() throws IOException {
    Path file = Files.writeString(folder.resolve("store"), "");
    assertThatThrownBy(() -> Journal.open(file))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            file
                + ": cannot be made or written (FileAlreadyExists) - choose another folder with --store or TMINUS_STORE");
  }

  @Test
  void aReadOnlyFolderIsToldSo() {
    assumeTrue(folder.toFile().setWritable(false) && !Files.isWritable(folder), "not as root");
    assertThatThrownBy(() -> Journal.open(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("choose another folder with --store");
  }

  @Test
  void aFolderIsMadeAndKeptOutOfVersionControl() throws IOException {
    Path deep = folder.resolve("a/b");
    Journal.open(deep).close();
    assertThat(deep.resolve(".gitignore")).content().isEqualTo("*\n");
  }

  @Test
  void manyMayOpenANewJournalAtOnce() throws Exception {
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
              try (Journal journal = Journal.open(folder)) {
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

  // ---- The lease

  @Test
  void aLeaseIsHeldByOneUntilItEnds() {
    Instant end = NOW.plusSeconds(10);
    try (Journal journal = Journal.open(folder);
        Journal elsewhere = Journal.open(folder)) {
      assertThat(journal.holder(RUN, NOW)).isEmpty();
      assertThat(journal.lease(RUN, "one", NOW, end)).as("taken").isEmpty();
      assertThat(elsewhere.holder(RUN, NOW)).contains("one");
      assertThat(elsewhere.lease(RUN, "two", NOW.plusSeconds(9), end.plusSeconds(9)))
          .as("refused while held")
          .contains("one");
      assertThat(journal.lease(RUN, "one", NOW.plusSeconds(9), end.plusSeconds(9)))
          .as("renewed")
          .isEmpty();
      assertThat(elsewhere.lease(RUN, "two", NOW.plusSeconds(18), end.plusSeconds(18)))
          .as("still held")
          .contains("one");
      assertThat(elsewhere.lease(RUN, "two", NOW.plusSeconds(19), end.plusSeconds(19)))
          .as("taken over when it has ended")
          .isEmpty();
      assertThat(journal.lease(RUN, "one", NOW.plusSeconds(20), end.plusSeconds(20)))
          .as("lost")
          .contains("two");
      journal.release(RUN, "one");
      assertThat(journal.holder(RUN, NOW.plusSeconds(20)))
          .as("not his to give back")
          .contains("two");
      elsewhere.release(RUN, "two");
      assertThat(journal.lease(RUN, "one", NOW.plusSeconds(20), end.plusSeconds(20)))
          .as("free again")
          .isEmpty();
      assertThat(journal.lease(new RunId("other"), "two", NOW, end)).as("another run's").isEmpty();
    }
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
    try (Journal journal = Journal.open(folder)) {
      journal.lease(RUN, "one", NOW, NOW.plusMillis(until));
      assertThat(journal.holder(RUN, NOW.plusMillis(now)).isPresent()).isEqualTo(held);
    }
  }

  @Test
  void ofManyWhoFindItFreeOneGetsIt() throws Exception {
    int rounds = 20;
    int takers = 4;
    try (ExecutorService threads = Executors.newFixedThreadPool(takers)) {
      List<Journal> journals =
          IntStream.range(0, takers).mapToObj(_ -> Journal.open(folder)).toList();
      for (int round = 0; round < rounds; round++) {
        RunId run = new RunId("run-" + round);
        CountDownLatch ready = new CountDownLatch(takers);
        List<Future<Optional<String>>> answers = new ArrayList<>();
        for (int taker = 0; taker < takers; taker++) {
          Journal journal = journals.get(taker);
          String owner = "taker " + taker;
          answers.add(
              threads.submit(() -> {
                ready.countDown();
                ready.await();
                return journal.lease(run, owner, NOW, NOW.plus(Duration.ofSeconds(10)));
              }));
        }
        int got = 0;
        for (Future<Optional<String>> answer : answers) {
          got += answer.get().isEmpty() ? 1 : 0;
        }
        assertThat(got).isEqualTo(1);
      }
      journals.forEach(Journal::close);
    }
  }
}
