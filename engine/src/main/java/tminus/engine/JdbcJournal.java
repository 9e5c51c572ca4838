package tminus.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.engine.Database.Session;
import tminus.engine.Database.Work;
import tminus.engine.Leases.Claim;

/// The journal in a SQLite file or a PostgreSQL database: over that, several machines may write it.
///
/// What [#append] returned from is on disk. Triggers in the database refuse to change or remove an
/// entry.
final class JdbcJournal implements Journal {

  private static final String HEADERS =
      "SELECT id, title, file, folder, binding, environment, created FROM run";

  /// How often an append is tried when the connection is lost in it. It is found out whether the
  /// one before came to pass, so nothing is written twice.
  private static final int TRIES = 3;

  /// Entries in one statement at most. There is a statement for each number of them.
  private static final int ROWS = 8;

  /// A state of the SQL standard: the row is there already.
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;
  private final JdbcLeases leases;
  private final Agenda agenda;

  private JdbcJournal(Database database) {
    this.database = database;
    this.leases = new JdbcLeases(database);
    this.agenda = new Agenda(database);
  }

  /// Opens the journal in a folder or database, and makes what is not there.
  ///
  /// @throws JournalException when it cannot be reached or written, or is a newer one's
  static JdbcJournal open(StoreAddress address) {
    return new JdbcJournal(
        switch (address) {
          case StoreAddress.Folder(Path folder) -> SqliteDatabase.open(folder);
          case StoreAddress.Server server -> PostgresDatabase.open(server);
        });
  }

  @Override
  public String name() {
    return database.name();
  }

  @Override
  public Leases leases() {
    return leases;
  }

  /// When servers look at which run.
  Agenda agenda() {
    return agenda;
  }

  /// Connections for a server's scheduler.
  DataSource connections() {
    return database.connections();
  }

  @Override
  public Tip create(Header header, byte[] document, Event first, String by) {
    return database.write(session -> insert(session, header, document, first, by));
  }

  @Override
  public Optional<Tip> create(
      Header header, byte[] document, Event first, String by, Claim claim, Instant until) {
    return database.write(session -> {
      if (leases.take(session, claim, header.id().value(), until).isEmpty()) {
        return session.undo(Optional.<Tip>empty());
      }
      return Optional.of(insert(session, header, document, first, by));
    });
  }

  private Tip insert(Session session, Header header, byte[] document, Event first, String by)
      throws SQLException {
    session.update(
        """
        INSERT INTO run (id, title, file, folder, binding, document, created, environment)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        statement -> {
          statement.setString(1, header.id().value());
          statement.setString(2, header.title());
          statement.setString(3, header.origin().file());
          statement.setString(4, header.origin().folder());
          statement.setString(5, header.origin().binding());
          statement.setBytes(6, document);
          statement.setString(7, header.created().toString());
          statement.setString(8, header.environment().orElse(null));
        });
    Link link =
        Link.after(
            Tip.ofDocument(document), header.id(), new Recorded(header.created(), by, first));
    session.update(
        "INSERT INTO event (run, seq, at, person, body, hash) VALUES (?, ?, ?, ?, ?, ?)",
        statement -> link.bind(statement, 1, header.id()));
    agenda.add(session, header.id(), header.created().plus(Agenda.COURTESY));
    return link.tip();
  }

  @Override
  public Optional<Tip> append(
      RunId run, Tip after, List<Recorded> events, Collection<Fence> fences) {
    if (events.isEmpty()) {
      return Optional.of(after);
    }
    List<Link> links = new ArrayList<>();
    Tip tip = after;
    for (Recorded event : events) {
      Link link = Link.after(tip, run, event);
      links.add(link);
      tip = link.tip();
    }
    boolean isOver = events.stream().anyMatch(event -> event.event() instanceof Event.RunFinished);
    Optional<Followed> followed =
        isOver
            ? Optional.of(session -> agenda.strike(session, run))
            : fences.isEmpty()
                ? Optional.of(session -> agenda.bringForward(session, run))
                : Optional.empty();
    if (write(run, after, links, JdbcLeases.inOrder(fences), followed)) {
      return Optional.of(tip);
    }
    Optional<FencedException> fenced = leases.fenced(fences);
    if (fenced.isPresent()) {
      throw fenced.get();
    }
    return Optional.empty();
  }

  /// What is done in the same commit as an append.
  @FunctionalInterface
  private interface Followed {
    void by(Session session) throws SQLException;
  }

  private boolean write(
      RunId run, Tip after, List<Link> links, List<Fence> fences, Optional<Followed> followed) {
    Work<Boolean> insertion = session -> insert(session, run, after, links, fences);
    for (int tries = 1; ; tries++) {
      try {
        return write(insertion, links.size(), followed)
            || (tries > 1 && isWritten(run, links.getLast()));
      } catch (Database.LostException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  /// Most of what is written is a few entries of the driver's: one statement, and one trip.
  private boolean write(Work<Boolean> insertion, int rows, Optional<Followed> followed) {
    if (followed.isEmpty() && rows <= ROWS) {
      return database.writeOne(insertion);
    }
    return database.write(session -> {
      if (!insertion.in(session)) {
        return session.undo(false);
      }
      if (followed.isPresent()) {
        followed.get().by(session);
      }
      return true;
    });
  }

  /// Returns whether the entries were added; if not, the transaction is good for nothing more.
  private boolean insert(
      Session session, RunId run, Tip after, List<Link> links, List<Fence> fences)
      throws SQLException {
    Tip before = after;
    for (int from = 0; from < links.size(); from += ROWS) {
      List<Link> rows = links.subList(from, Math.min(from + ROWS, links.size()));
      if (!insertOnce(session, run, before, rows, fences)) {
        return false;
      }
      before = rows.getLast().tip();
    }
    return true;
  }

  private boolean insertOnce(
      Session session, RunId run, Tip before, List<Link> rows, List<Fence> fences)
      throws SQLException {
    try {
      return session.update(
              insertion(rows.size(), fences.size()),
              statement -> {
                int next = 1;
                for (Link row : rows) {
                  next = row.bind(statement, next, run);
                }
                statement.setString(next++, run.value());
                statement.setLong(next++, before.seq());
                statement.setString(next++, before.hash());
                statement.setString(next++, run.value());
                statement.setLong(next++, before.seq() + 1);
                for (Fence fence : fences) {
                  statement.setString(next++, fence.resource());
                  statement.setLong(next++, fence.token());
                }
              })
          == rows.size();
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        // Somebody's commit came between the look and the insertion.
        return false;
      }
      throw e;
    }
  }

  /// Rows after the one they are chained to, if that is the last one and all fences are in force:
  /// nothing is looked up before, and who comes second inserts nothing.
  private String insertion(int rows, int fences) {
    String inForce =
        "\n  AND EXISTS (SELECT 1 FROM lease WHERE resource = ? AND token = ?%s)"
            .formatted(database.rowLock());
    return """
    INSERT INTO event (run, seq, at, person, body, hash)
    SELECT * FROM (VALUES %s) AS link
    WHERE EXISTS (SELECT 1 FROM event WHERE run = ? AND seq = ? AND hash = ?)
      AND NOT EXISTS (SELECT 1 FROM event WHERE run = ? AND seq = ?)%s
    """
        .formatted(
            String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?, ?)")),
            inForce.repeat(fences));
  }

  /// Whether exactly this entry is there: a hash covers everything up to its entry.
  private boolean isWritten(RunId run, Link link) {
    return database.read(session ->
        session
            .first(
                "SELECT 1 FROM event WHERE run = ? AND seq = ? AND hash = ?",
                statement -> {
                  statement.setString(1, run.value());
                  statement.setLong(2, link.seq());
                  statement.setString(3, link.hash());
                },
                row -> row.getInt(1))
            .isPresent());
  }

  @Override
  public Optional<Tip> tip(RunId run) {
    return database.read(session ->
        session.first(
            "SELECT seq, hash FROM event WHERE run = ? ORDER BY seq DESC LIMIT 1",
            statement -> statement.setString(1, run.value()),
            row -> new Tip(row.getLong(1), row.getString(2))));
  }

  @Override
  public List<Entry> entries(RunId run, long after) {
    return database.read(session ->
        session.list(
            "SELECT seq, at, person, body, hash FROM event WHERE run = ? AND seq > ? ORDER BY seq",
            statement -> {
              statement.setString(1, run.value());
              statement.setLong(2, after);
            },
            JdbcJournal::entry));
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

  @Override
  public List<Header> runs() {
    return database.read(
        session -> session.list(HEADERS + " ORDER BY rowid DESC", _ -> {}, JdbcJournal::header));
  }

  @Override
  public Optional<Header> header(RunId run) {
    return database.read(session ->
        session.first(
            HEADERS + " WHERE id = ?",
            statement -> statement.setString(1, run.value()),
            JdbcJournal::header));
  }

  private static Header header(ResultSet row) throws SQLException {
    return new Header(
        new RunId(row.getString(1)),
        row.getString(2),
        new Origin(row.getString(3), row.getString(4), row.getString(5)),
        Optional.ofNullable(row.getString(6)),
        Instant.parse(row.getString(7)));
  }

  @Override
  public String document(RunId run) {
    return new String(documentBytes(run), StandardCharsets.UTF_8);
  }

  private byte[] documentBytes(RunId run) {
    return database
        .read(session ->
            session.first(
                "SELECT document FROM run WHERE id = ?",
                statement -> statement.setString(1, run.value()),
                row -> row.getBytes(1)))
        .orElseThrow(() -> new JournalException("%s: there is no run %s".formatted(name(), run)));
  }

  @Override
  public Optional<Long> firstBroken(RunId run) {
    List<Link> links =
        database.read(session ->
            session.list(
                "SELECT seq, at, person, body, hash FROM event WHERE run = ? ORDER BY seq",
                statement -> statement.setString(1, run.value()),
                row ->
                    new Link(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5))));
    String before = Json.sha256(documentBytes(run));
    long expected = 1;
    for (Link link : links) {
      String hash = Entry.hash(before, run, link.seq(), link.at(), link.by(), link.body());
      if (link.seq() != expected || !hash.equals(link.hash())) {
        return Optional.of(expected);
      }
      before = hash;
      expected++;
    }
    return expected == 1 ? Optional.of(1L) : Optional.empty();
  }

  /// An entry to the letter: what was tampered with need not even be readable.
  private record Link(long seq, String at, String by, String body, String hash) {

    static Link after(Tip tip, RunId run, Recorded event) {
      Entry entry = Entry.after(tip, run, event);
      return new Link(entry.seq(), entry.at().toString(), entry.by(), entry.body(), entry.hash());
    }

    Tip tip() {
      return new Tip(seq, hash);
    }

    /// Binds a row's values from the given number on; returns the number after them.
    int bind(PreparedStatement statement, int first, RunId run) throws SQLException {
      int next = first;
      statement.setString(next++, run.value());
      statement.setLong(next++, seq);
      statement.setString(next++, at);
      statement.setString(next++, by);
      statement.setString(next++, body);
      statement.setString(next++, hash);
      return next;
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
