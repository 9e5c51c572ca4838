package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalSuite {

  @TempDir Path folder;

  @Override
  TestStore store() {
    return new TestStore.Sqlite(folder);
  }

  // ---- Opening

  @Test
  void aFileThatIsNoDatabaseIsToldSo() throws IOException {
    Files.writeString(folder.resolve("journal.db"), "# A checklist, not a journal\n".repeat(99));
    assertThatThrownBy(() -> store().open())
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith(folder.resolve("journal.db") + ": cannot be opened (")
        .hasMessageContaining("if it is not a journal, choose another folder with --store");
  }

  @Test
  void aNewerJournalIsToldSoAndLeftAlone() throws SQLException {
    written();
    store().raw("PRAGMA user_version = 4");
    assertThatThrownBy(() -> store().open())
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("its schema is version 4, newer than this Tminus knows");
    store().raw("PRAGMA user_version = 3");
    try (Journal journal = store().open()) {
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

  /// Root may write everywhere but where the system's core answers.
  @Test
  void aReadOnlyFolderIsToldSo() {
    boolean refuses = folder.toFile().setWritable(false) && !Files.isWritable(folder);
    Path readOnly = refuses ? folder : Path.of("/proc/tminus");
    assertThatThrownBy(() -> Journal.open(readOnly))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith(readOnly.toString())
        .hasMessageContaining("choose another folder with --store");
  }

  @Test
  void aFolderIsMadeAndKeptOutOfVersionControl() throws IOException {
    Path deep = folder.resolve("a/b");
    Journal.open(deep).close();
    assertThat(deep.resolve(".gitignore")).content().isEqualTo("*\n");
  }

  /// Only now and then do two come to the same moment of making it.
  @Test
  void manyMayMakeOneJournalAtOnceTimeAndAgain() throws Exception {
    for (int round = 0; round < 20; round++) {
      openAtOnce(new TestStore.Sqlite(folder.resolve("round-" + round)));
    }
  }

  /// The tables of the first version, as it made them.
  private static final String[] VERSION_1 = {
    """
    CREATE TABLE run (
      id TEXT PRIMARY KEY, title TEXT NOT NULL, file TEXT NOT NULL, folder TEXT NOT NULL, binding TEXT NOT NULL,
      document BLOB NOT NULL, created TEXT NOT NULL)\
    """,
    """
    CREATE TABLE event (
      run TEXT NOT NULL REFERENCES run(id), seq INTEGER NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL,
      body TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID\
    """,
    """
    CREATE TABLE lease (
      run TEXT PRIMARY KEY, owner TEXT NOT NULL, token INTEGER NOT NULL, until INTEGER NOT NULL)\
    """,
    """
    CREATE TRIGGER event_no_update BEFORE UPDATE ON event
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END\
    """,
    """
    CREATE TRIGGER event_no_delete BEFORE DELETE ON event
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END\
    """,
    """
    CREATE TRIGGER run_no_update BEFORE UPDATE ON run
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END\
    """,
    """
    CREATE TRIGGER run_no_delete BEFORE DELETE ON run
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END\
    """,
    "PRAGMA user_version = 1"
  };

  @Test
  void aJournalOfTheFirstVersionIsTakenOver() throws Exception {
    TestStore old = new TestStore.Sqlite(folder);
    try (Journal now = Journal.open(folder.resolve("now"))) {
      begin(now, RUN);
      append(now, RUN, note("from before"));
    }
    old.raw(VERSION_1);
    old.raw(
        "ATTACH '%s' AS now".formatted(folder.resolve("now/journal.db")),
        "INSERT INTO run SELECT id, title, file, folder, binding, document, created FROM now.run",
        "INSERT INTO event SELECT * FROM now.event",
        "INSERT INTO lease VALUES ('%s', 'one', 7, %d)"
            .formatted(RUN, NOW.plusSeconds(10).toEpochMilli()));
    openAtOnce(store());
    try (Journal journal = store().open()) {
      assertThat(journal.firstBroken(RUN)).isEmpty();
      assertThat(journal.header(RUN).orElseThrow().environment()).isEmpty();
      assertThat(notes(journal, RUN)).containsExactly("from before");
      assertThat(append(journal, RUN, note("and after"))).isTrue();
      assertThat(
              journal
                  .leases()
                  .lease(Lease.ofRun(RUN), "two", NOW.plusSeconds(11), NOW.plusSeconds(20)))
          .as("leases go on, tokens too")
          .isEqualTo(new Leases.Leased.Taken(new Fence(Lease.ofRun(RUN), 8)));
      assertThatThrownBy(() -> store().raw("UPDATE event SET body = '{}'"))
          .hasMessageContaining("the journal is append-only");
    }
  }
}
