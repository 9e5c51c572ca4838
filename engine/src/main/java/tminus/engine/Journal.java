package tminus.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tools.jackson.core.JacksonException;

/// The append-only, hash-chained list of every run's events, in one SQLite file. Safe for
/// concurrent use, by several processes too.
///
/// What [#append] returned from is on disk (WAL, synchronous FULL). Each entry's hash covers the
/// entry and the hash before it; the first one covers the document. Triggers in the database refuse
/// to change or remove an entry.
public final class Journal implements AutoCloseable {

  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS run (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, file TEXT NOT NULL, folder TEXT NOT NULL, binding TEXT NOT NULL,
        document BLOB NOT NULL, created TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS event (
        run TEXT NOT NULL REFERENCES run(id), seq INTEGER NOT NULL, at TEXT NOT NULL, person TEXT NOT NULL,
        body TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS lease (
        run TEXT PRIMARY KEY, owner TEXT NOT NULL, token INTEGER NOT NULL, until INTEGER NOT NULL);
      CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
      CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
      CREATE TRIGGER IF NOT EXISTS run_no_update BEFORE UPDATE ON run
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
      CREATE TRIGGER IF NOT EXISTS run_no_delete BEFORE DELETE ON run
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
      """;

  private static final int SCHEMA_VERSION = 1;

  /// SQLite's shared-memory file alone takes 32 kB, and its log grows in steps of that order.
  private static final long ROOM_LEAST = 256 * 1024;

  /// An event with its place in the chain.
  ///
  /// @param seq from 1
  /// @param body the event as JSON, as hashed
  public record Entry(long seq, Instant at, String by, String body, String hash) {

    /// The event with when and by whom.
    public Recorded recorded() {
      try {
        return new Recorded(at, by, Json.read(body, Event.class));
      } catch (JacksonException e) {
        throw new JournalException(
            "entry %d cannot be read (%s) - was it written by another version of Tminus?"
                .formatted(seq, e.getOriginalMessage()),
            e);
      }
    }
  }

  /// A run's first facts.
  ///
  /// @param origin where it was started, so that it can be resumed from anywhere
  public record Header(RunId id, String title, Origin origin, Instant created) {}

  /// Where a run came from. Absolute paths.
  ///
  /// @param file the document
  /// @param folder where the document's commands run
  /// @param binding the binding's file; empty when there was none
  public record Origin(String file, String folder, String binding) {}

  private final Path file;
  private final Connection connection;

  private Journal(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens the journal in a folder, and makes both if they are not there.
  ///
  /// @throws JournalException when the folder cannot be written, or the file is no journal or a
  ///   newer one's
  public static Journal open(Path folder) {
    Path file = folder.resolve("journal.db");
    try {
      Files.createDirectories(folder);
      Path ignore = folder.resolve(".gitignore");
      if (!Files.exists(ignore)) {
        Files.writeString(ignore, "*\n");
      }
    } catch (IOException e) {
      throw new JournalException(
          "%s: cannot be made or written (%s) - choose another folder with --store or TMINUS_STORE"
              .formatted(folder, reason(e)),
          e);
    }
    try {
      return new Journal(file, connect(file));
    } catch (SQLException e) {
      throw new JournalException(
          "%s: cannot be opened (%s) - %s"
              .formatted(
                  file,
                  e.getMessage(),
                  remedy(folder, "if it is not a journal, choose another folder with --store")),
          e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      int version;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        version = row.getInt(1);
      }
      if (version > SCHEMA_VERSION) {
        throw new SQLException(
            "its schema is version %d, newer than this Tminus knows".formatted(version));
      }
      if (version < SCHEMA_VERSION) {
        statement.executeUpdate(SCHEMA);
        statement.execute("PRAGMA user_version = " + SCHEMA_VERSION);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }

  /// Where the journal is.
  public Path file() {
    return file;
  }

  /// Begins a run: its document, and its first event.
  public synchronized void create(Header header, byte[] document, Event first, String by) {
    transact(() -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO run (id, title, file, folder, binding, document, created) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
        insert.setString(1, header.id().value());
        insert.setString(2, header.title());
        insert.setString(3, header.origin().file());
        insert.setString(4, header.origin().folder());
        insert.setString(5, header.origin().binding());
        insert.setBytes(6, document);
        insert.setString(7, header.created().toString());
        insert.executeUpdate();
      }
      insert(header.id(), 1, new Recorded(header.created(), by, first), Json.sha256(document));
      return true;
    });
  }

  /// Adds events after the entry with number `after`, all or none.
  ///
  /// @return false when somebody else has added an entry since: read it and decide again
  public synchronized boolean append(RunId run, long after, List<Recorded> events) {
    return transact(() -> {
      Optional<Entry> last = last(run);
      if (last.isEmpty() || last.get().seq() != after) {
        return false;
      }
      String hash = last.get().hash();
      long seq = after;
      for (Recorded event : events) {
        hash = insert(run, ++seq, event, hash);
      }
      return true;
    });
  }

  private String insert(RunId run, long seq, Recorded event, String before) throws SQLException {
    String body = Json.write(new Body(event.event()));
    body = body.substring("{\"event\":".length(), body.length() - 1);
    String hash = hash(before, run, seq, event.at().toString(), event.by(), body);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO event (run, seq, at, person, body, hash) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, run.value());
      insert.setLong(2, seq);
      insert.setString(3, event.at().toString());
      insert.setString(4, event.by());
      insert.setString(5, body);
      insert.setString(6, hash);
      insert.executeUpdate();
    }
    return hash;
  }

  /// Makes the mapper write the event as what its declared type says: with its `type`.
  private record Body(Event event) {}

  /// The chain's link: SHA-256 over the link before, and each field on a line of its own.
  static String hash(String before, RunId run, long seq, String at, String by, String body) {
    return Json.sha256(String.join("\n", before, run.value(), Long.toString(seq), at, by, body));
  }

  /// The entries of a run after the one with number `after`; 0 for all.
  public synchronized List<Entry> entries(RunId run, long after) {
    return query(
        "SELECT seq, at, person, body, hash FROM event WHERE run = ? AND seq > ? ORDER BY seq",
        statement -> {
          statement.setString(1, run.value());
          statement.setLong(2, after);
        },
        Journal::entry);
  }

  private Optional<Entry> last(RunId run) {
    return query(
            "SELECT seq, at, person, body, hash FROM event WHERE run = ? ORDER BY seq DESC LIMIT 1",
            statement -> statement.setString(1, run.value()),
            Journal::entry)
        .stream()
        .findFirst();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    try {
      return new Entry(
          row.getLong(1),
          Instant.parse(row.getString(2)),
          row.getString(3),
          row.getString(4),
          row.getString(5));
    } catch (DateTimeParseException e) {
      throw new JournalException(
          "entry %d cannot be read (%s) - was the journal changed by hand?"
              .formatted(row.getLong(1), e.getMessage()),
          e);
    }
  }

  /// Every run, the latest first.
  public synchronized List<Header> runs() {
    return query(
        "SELECT id, title, file, folder, binding, created FROM run ORDER BY rowid DESC",
        _ -> {},
        row ->
            new Header(
                new RunId(row.getString(1)),
                row.getString(2),
                new Origin(row.getString(3), row.getString(4), row.getString(5)),
                Instant.parse(row.getString(6))));
  }

  /// The document a run was made from.
  public synchronized String document(RunId run) {
    return new String(documentBytes(run), StandardCharsets.UTF_8);
  }

  private byte[] documentBytes(RunId run) {
    return query(
            "SELECT document FROM run WHERE id = ?",
            statement -> statement.setString(1, run.value()),
            row -> row.getBytes(1))
        .stream()
        .findFirst()
        .orElseThrow(() -> new JournalException("%s: there is no run %s".formatted(file, run)));
  }

  /// The first entry whose hash does not follow from what is written, or empty when the whole chain
  /// holds. Entries cut off at the end leave a chain that holds: only a record taken earlier tells.
  ///
  /// @return its number, or one past the last when the chain is shorter than a run can be
  public synchronized Optional<Long> firstBroken(RunId run) {
    List<Link> links =
        query(
            "SELECT seq, at, person, body, hash FROM event WHERE run = ? ORDER BY seq",
            statement -> statement.setString(1, run.value()),
            row ->
                new Link(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)));
    String before = Json.sha256(documentBytes(run));
    long expected = 1;
    for (Link link : links) {
      String hash = hash(before, run, link.seq(), link.at(), link.by(), link.body());
      if (link.seq() != expected || !hash.equals(link.hash())) {
        return Optional.of(expected);
      }
      before = hash;
      expected++;
    }
    return expected == 1 ? Optional.of(1L) : Optional.empty();
  }

  /// An entry to the letter: what was tampered with need not even be readable.
  private record Link(long seq, String at, String by, String body, String hash) {}

  /// Takes or renews the right to drive a run, until a moment.
  ///
  /// @param owner who: stays the same across renewals
  /// @return who holds it instead, if somebody else does at `now`
  public synchronized Optional<String> lease(RunId run, String owner, Instant now, Instant until) {
    List<String> other = new ArrayList<>();
    transact(() -> {
      // Looked up under the write lock: of two who find it free, one gets it.
      holder(run, now).filter(holder -> !holder.equals(owner)).ifPresent(other::add);
      return other.isEmpty() && take(run, owner, until);
    });
    return other.stream().findFirst();
  }

  private boolean take(RunId run, String owner, Instant until) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO lease (run, owner, token, until) VALUES (?, ?, 1, ?)
            ON CONFLICT (run) DO UPDATE SET owner = excluded.owner, until = excluded.until,
              token = CASE WHEN owner = excluded.owner THEN token ELSE token + 1 END
            """)) {
      upsert.setString(1, run.value());
      upsert.setString(2, owner);
      upsert.setLong(3, until.toEpochMilli());
      return upsert.executeUpdate() > 0;
    }
  }

  /// Who drives a run, if somebody does.
  public synchronized Optional<String> holder(RunId run, Instant now) {
    return query(
            "SELECT owner FROM lease WHERE run = ? AND until > ?",
            statement -> {
              statement.setString(1, run.value());
              statement.setLong(2, now.toEpochMilli());
            },
            row -> row.getString(1))
        .stream()
        .findFirst();
  }

  /// Gives the right to drive a run back.
  public synchronized void release(RunId run, String owner) {
    transact(() -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM lease WHERE run = ? AND owner = ?")) {
        delete.setString(1, run.value());
        delete.setString(2, owner);
        return delete.executeUpdate() > 0;
      }
    });
  }

  @FunctionalInterface
  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  private interface Change {
    boolean apply() throws SQLException;
  }

  private <T> List<T> query(String sql, Binder binder, Reader<T> reader) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binder.bind(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return List.copyOf(rows);
    } catch (SQLException e) {
      throw new JournalException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /// What to do about a file that cannot be used: most often there is no room for it.
  private static String remedy(Path folder, String otherwise) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < ROOM_LEAST
          ? "the disk is full: free some space"
          : otherwise;
    } catch (IOException _) {
      return otherwise;
    }
  }

  /// A failed commit may have ended the transaction already; what failed first is what matters.
  private static void rollBack(Statement statement, Exception because) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  /// Several processes write one file: the write lock is taken first, so that what is read inside
  /// stays true until the commit.
  private boolean transact(Change change) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        boolean done = change.apply();
        statement.execute("COMMIT");
        return done;
      } catch (SQLException | RuntimeException e) {
        rollBack(statement, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new JournalException(
          "%s: cannot be written (%s), and nothing was changed - %s"
              .formatted(
                  file,
                  e.getMessage(),
                  remedy(
                      file.resolveSibling("."),
                      "make it writable or choose another folder with --store")),
          e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new JournalException("%s: cannot be closed (%s)".formatted(file, e.getMessage()), e);
    }
  }
}
