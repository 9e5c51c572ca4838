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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.engine.Database.Binder;
import tminus.engine.Database.Session;
import tminus.engine.Leases.Claim;
import tools.jackson.core.JacksonException;

/// The append-only, hash-chained list of every run's events, in a SQLite file or a PostgreSQL
/// database. Safe for concurrent use, by several processes too, and over PostgreSQL by several
/// machines.
///
/// What [#append] returned from is on disk. Each entry's hash covers the entry and the hash before
/// it; the first one covers the document. Triggers in the database refuse to change or remove an
/// entry.
public final class Journal implements AutoCloseable {

  private static final String HEADERS =
      "SELECT id, title, file, folder, binding, environment, created FROM run";

  /// How often an append is tried when the connection is lost in it. It is found out whether the
  /// one before came to pass, so nothing is written twice.
  private static final int TRIES = 3;

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

  /// The end of a run's chain, after which the next entry is written.
  ///
  /// @param seq the last entry's number
  /// @param hash the last entry's hash
  public record Tip(long seq, String hash) {}

  /// A run's first facts.
  ///
  /// @param origin where it was started, so that it can be resumed from anywhere
  /// @param environment what it has to itself while it changes something
  public record Header(
      RunId id, String title, Origin origin, Optional<String> environment, Instant created) {

    /// A run that needs no environment to itself.
    public Header(RunId id, String title, Origin origin, Instant created) {
      this(id, title, origin, Optional.empty(), created);
    }
  }

  /// Where a run came from. Absolute paths.
  ///
  /// @param file the document
  /// @param folder where the document's commands run
  /// @param binding the binding's file; empty when there was none
  public record Origin(String file, String folder, String binding) {}

  private final Database database;
  private final Leases leases;

  private Journal(Database database) {
    this.database = database;
    this.leases = new Leases(database);
  }

  /// Opens the journal in a folder, and makes both if they are not there.
  ///
  /// @throws JournalException when the folder cannot be written, or the file is no journal or a
  ///   newer one's
  public static Journal open(Path folder) {
    return open(new StoreAddress.Folder(folder));
  }

  /// Opens the journal in a folder or database, and makes what is not there.
  ///
  /// @throws JournalException when it cannot be reached or written, or is a newer one's
  public static Journal open(StoreAddress address) {
    return new Journal(
        switch (address) {
          case StoreAddress.Folder(Path folder) -> SqliteDatabase.open(folder);
          case StoreAddress.Server server -> PostgresDatabase.open(server);
        });
  }

  /// Where the journal is, as messages say it: without secrets.
  public String name() {
    return database.name();
  }

  /// Who drives what.
  public Leases leases() {
    return leases;
  }

  /// Begins a run: its document, and its first event.
  public Tip create(Header header, byte[] document, Event first, String by) {
    return database.write(session -> insert(session, header, document, first, by));
  }

  /// Begins a run that has its environment to itself, in one commit with taking that.
  ///
  /// @param claim what was found out about the environment
  /// @param until how long it has it before a driver renews the lease
  /// @return empty when something has changed since it was found out: look again
  Optional<Tip> create(
      Header header, byte[] document, Event first, String by, Claim claim, Instant until) {
    return database.write(session -> {
      if (leases.take(session, claim, header.id().value(), until).isEmpty()) {
        return session.undo(Optional.<Tip>empty());
      }
      return Optional.of(insert(session, header, document, first, by));
    });
  }

  private static Tip insert(Session session, Header header, byte[] document, Event first, String by)
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
            new Tip(0, Json.sha256(document)),
            header.id(),
            new Recorded(header.created(), by, first));
    session.update(
        "INSERT INTO event (run, seq, at, person, body, hash) VALUES (?, ?, ?, ?, ?, ?)",
        statement -> link.bind(statement, header.id()));
    return new Tip(1, link.hash());
  }

  /// Adds events after the last entry, all or none.
  ///
  /// @param after the run's last entry, as far as the caller knows
  /// @return the new last entry; empty when somebody else has added one since: read it and decide
  ///   again
  public Optional<Tip> append(RunId run, Tip after, List<Recorded> events) {
    return append(run, after, events, Set.of());
  }

  /// Adds events after the last entry, all or none, by the right of leases.
  ///
  /// @param after the run's last entry, as far as the caller knows
  /// @param fences each must still be in force when the entries are written
  /// @return the new last entry; empty when somebody else has added one since: read it and decide
  ///   again
  /// @throws FencedException when somebody else has one of the leases by now
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
      tip = new Tip(link.seq(), link.hash());
    }
    if (write(run, after, links, Leases.inOrder(fences))) {
      return Optional.of(tip);
    }
    Optional<FencedException> fenced = leases.fenced(fences);
    if (fenced.isPresent()) {
      throw fenced.get();
    }
    return Optional.empty();
  }

  private boolean write(RunId run, Tip after, List<Link> links, List<Fence> fences) {
    String sql = insertion(fences.size());
    List<Binder> rows = new ArrayList<>();
    String before = after.hash();
    for (Link link : links) {
      rows.add(inserted(run, link, before, fences));
      before = link.hash();
    }
    for (int tries = 1; ; tries++) {
      try {
        return database.write(session -> session.each(sql, rows) || session.undo(false))
            || (tries > 1 && isWritten(run, links.getLast()));
      } catch (Database.LostException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  /// One row after the one it is chained to, if all its fences are in force: nothing is looked up
  /// before, and one that comes second inserts nothing.
  private String insertion(int fences) {
    String inForce =
        "\n  AND EXISTS (SELECT 1 FROM lease WHERE resource = ? AND token = ?%s)"
            .formatted(database.rowLock());
    return """
    INSERT INTO event (run, seq, at, person, body, hash)
    SELECT ?, ?, ?, ?, ?, ?
    WHERE EXISTS (SELECT 1 FROM event WHERE run = ? AND seq = ? AND hash = ?)%s
    ON CONFLICT (run, seq) DO NOTHING
    """
        .formatted(inForce.repeat(fences));
  }

  private static Binder inserted(RunId run, Link link, String before, List<Fence> fences) {
    return statement -> {
      int next = link.bind(statement, run);
      statement.setString(next++, run.value());
      statement.setLong(next++, link.seq() - 1);
      statement.setString(next++, before);
      for (Fence fence : fences) {
        statement.setString(next++, fence.resource());
        statement.setLong(next++, fence.token());
      }
    };
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

  /// Makes the mapper write the event as what its declared type says: with its `type`.
  private record Body(Event event) {}

  /// The chain's link: SHA-256 over the link before, and each field on a line of its own.
  static String hash(String before, RunId run, long seq, String at, String by, String body) {
    return Json.sha256(String.join("\n", before, run.value(), Long.toString(seq), at, by, body));
  }

  /// The last entry of a run; empty when there is no such run.
  public Optional<Tip> tip(RunId run) {
    return database.read(session ->
        session.first(
            "SELECT seq, hash FROM event WHERE run = ? ORDER BY seq DESC LIMIT 1",
            statement -> statement.setString(1, run.value()),
            row -> new Tip(row.getLong(1), row.getString(2))));
  }

  /// The entries of a run after the one with number `after`; 0 for all.
  public List<Entry> entries(RunId run, long after) {
    return database.read(session ->
        session.list(
            "SELECT seq, at, person, body, hash FROM event WHERE run = ? AND seq > ? ORDER BY seq",
            statement -> {
              statement.setString(1, run.value());
              statement.setLong(2, after);
            },
            Journal::entry));
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
  public List<Header> runs() {
    return database.read(
        session -> session.list(HEADERS + " ORDER BY rowid DESC", _ -> {}, Journal::header));
  }

  /// The first facts of a run, if there is one of that name.
  public Optional<Header> header(RunId run) {
    return database.read(session ->
        session.first(
            HEADERS + " WHERE id = ?",
            statement -> statement.setString(1, run.value()),
            Journal::header));
  }

  private static Header header(ResultSet row) throws SQLException {
    return new Header(
        new RunId(row.getString(1)),
        row.getString(2),
        new Origin(row.getString(3), row.getString(4), row.getString(5)),
        Optional.ofNullable(row.getString(6)),
        Instant.parse(row.getString(7)));
  }

  /// The document a run was made from.
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

  /// The first entry whose hash does not follow from what is written, or empty when the whole chain
  /// holds. Entries cut off at the end leave a chain that holds: only a record taken earlier tells.
  ///
  /// @return its number, or one past the last when the chain is shorter than a run can be
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
  private record Link(long seq, String at, String by, String body, String hash) {

    static Link after(Tip tip, RunId run, Recorded event) {
      String body = Json.write(new Body(event.event()));
      body = body.substring("{\"event\":".length(), body.length() - 1);
      String at = event.at().toString();
      long seq = tip.seq() + 1;
      return new Link(
          seq, at, event.by(), body, Journal.hash(tip.hash(), run, seq, at, event.by(), body));
    }

    /// Returns the number of the next value.
    int bind(PreparedStatement statement, RunId run) throws SQLException {
      statement.setString(1, run.value());
      statement.setLong(2, seq);
      statement.setString(3, at);
      statement.setString(4, by);
      statement.setString(5, body);
      statement.setString(6, hash);
      return 7;
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
