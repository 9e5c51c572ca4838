package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresJournalTest extends JournalSuite {

  private final TestStore.Postgres store;

  PostgresJournalTest() throws SQLException {
    store = new TestStore.Postgres(PostgresServer.schema());
  }

  @Override
  TestStore store() {
    return store;
  }

  private static Journal open(String address) {
    return Journal.open(StoreAddress.parse(address, Path.of(""), Map.of("PGPASSWORD", "hunter22")));
  }

  // ---- Opening

  @Test
  void aNewerStoreIsToldSoAndLeftAlone() throws SQLException {
    written();
    store.raw("INSERT INTO schema_version (version) VALUES (4)");
    assertThatThrownBy(() -> store.open())
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("its schema is version 4, newer than this Tminus knows");
    store.raw("DELETE FROM schema_version WHERE version = 4");
    try (Journal journal = store.open()) {
      assertThat(notes(journal, RUN)).hasSize(4);
    }
  }

  @Test
  void aServerThatIsNotThereIsToldSo() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> open("postgresql://ada@localhost:%d/runs".formatted(free)))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith(
            "postgresql://ada@localhost:%d/runs: cannot be opened (".formatted(free))
        .hasMessageEndingWith("is the server up, and may this machine reach it?")
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void aDatabaseOrUserThatIsNotThereIsToldSo() {
    String server = "localhost:" + PostgresServer.port();
    assertThatThrownBy(() -> open("postgresql://postgres@%s/nowhere".formatted(server)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("nowhere")
        .hasMessageEndingWith("make the database, or name another in the address");
    assertThatThrownBy(() -> open("postgresql://nobody@%s/postgres".formatted(server)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("PGPASSWORD")
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void aUserWhoMayNotMakeTablesIsToldSo() throws SQLException {
    String guest = "guest_" + store.schema();
    store.raw("CREATE ROLE %s LOGIN".formatted(guest));
    for (String right :
        List.of("USAGE ON SCHEMA " + store.schema(), "CONNECT ON DATABASE postgres")) {
      assertThatThrownBy(() -> open(PostgresServer.url(guest, store.schema())))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("let this user make tables there");
      store.raw("GRANT %s TO %s".formatted(right, guest));
    }
  }

  @Test
  void aPasswordIsNeverShown() throws SQLException {
    String user = "guarded_" + store.schema();
    store.raw(
        "CREATE ROLE %s LOGIN PASSWORD 'hunter22'".formatted(user),
        "ALTER SCHEMA %s OWNER TO %s".formatted(store.schema(), user));
    try (Journal journal = open(PostgresServer.url(user, store.schema()))) {
      assertThat(journal.name()).doesNotContain("hunter22").contains(user);
      begin(journal, RUN);
      assertThatThrownBy(() -> begin(journal, RUN))
          .isInstanceOf(JournalException.class)
          .hasMessageNotContaining("hunter22");
    }
  }

  // ---- The server

  @Test
  void aCommitIsDurableWhateverTheServerIsSetTo() throws SQLException {
    String user = "hasty_" + store.schema();
    store.raw(
        "CREATE ROLE %s LOGIN".formatted(user),
        "ALTER ROLE %s SET synchronous_commit = off".formatted(user),
        "ALTER SCHEMA %s OWNER TO %s".formatted(store.schema(), user),
        "CREATE TABLE seen (setting TEXT)",
        "GRANT INSERT ON seen TO " + user,
        "CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$");
    try (Journal journal = open(PostgresServer.url(user, store.schema()))) {
      store.raw(
          "CREATE TRIGGER look BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION note_it()");
      begin(journal, RUN);
    }
    store.raw(
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM seen WHERE setting = 'on') THEN RAISE 'it was not'; END IF; END $$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "run CASCADE"})
  void tablesCannotBeEmptied(String table) {
    written();
    assertThatThrownBy(() -> store.raw("TRUNCATE " + table))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("the journal is append-only");
  }

  @Test
  void aServerStartedAnewIsNotNoticed() throws SQLException {
    try (Journal journal = store.open()) {
      begin(journal, RUN);
      cutOff();
      assertThat(journal.entries(RUN, 0)).hasSize(1);
      cutOff();
      assertThat(append(journal, RUN, note("a"))).isTrue();
      Journal.Tip tip = journal.tip(RUN).orElseThrow();
      cutOff();
      assertThat(journal.append(RUN, tip, List.of(note("b"), note("c")))).isPresent();
      assertThat(notes(journal, RUN)).containsExactly("a", "b", "c");
      assertThat(journal.firstBroken(RUN)).isEmpty();
    }
  }

  private void cutOff() throws SQLException {
    store.raw(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tminus' AND pid <> pg_backend_pid()");
  }

  /// The reply to the commit is lost: the journal finds out by itself, and writes nothing twice. A
  /// person's word is a transaction, a driver's a statement.
  @ParameterizedTest
  @CsvSource({"COMMIT, false", "INSERT INTO event, true"})
  void aCommitWhoseReplyIsLostIsFoundOut(String request, boolean byDriver) throws Exception {
    try (LostReplies between = LostReplies.to(PostgresServer.port());
        Journal journal =
            open(
                "postgresql://postgres@localhost:%d/postgres?currentSchema=%s&prepareThreshold=0"
                    .formatted(between.port(), store.schema()))) {
      begin(journal, RUN);
      Journal.Tip tip = journal.tip(RUN).orElseThrow();
      Set<Fence> fences =
          byDriver
              ? Set.of(
                  ((Leases.Leased.Taken)
                          journal.leases().lease(Lease.ofRun(RUN), "one", NOW, NOW.plusSeconds(10)))
                      .fence())
              : Set.of();
      between.loseReplyTo(request);
      assertThat(journal.append(RUN, tip, List.of(note("once"), note("and again")), fences))
          .isPresent();
      assertThat(between.lost()).isEqualTo(1);
      assertThat(notes(journal, RUN)).containsExactly("once", "and again");
    }
  }
}
