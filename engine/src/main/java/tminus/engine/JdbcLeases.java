package tminus.engine;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tminus.engine.Database.Reader;
import tminus.engine.Database.Session;

/// Leases in a table beside the journal's: a fence is checked by the very statement that appends.
final class JdbcLeases implements Leases {

  /// The owner's own lease goes on with its token while it lives; all else is a change of hands.
  private static final String TAKE =
      """
      INSERT INTO lease (resource, owner, token, until) VALUES (?, ?, 1, ?)
      ON CONFLICT (resource) DO UPDATE SET owner = excluded.owner, until = excluded.until,
        token = CASE WHEN lease.owner = excluded.owner AND lease.until > ?
          THEN lease.token ELSE lease.token + 1 END
      WHERE lease.owner = excluded.owner OR lease.until <= ? OR lease.owner = ?
      RETURNING token
      """;

  private static final String FIND =
      "SELECT resource, owner, token, until FROM lease WHERE resource = ?";

  private static final Reader<Lease> LEASE =
      row ->
          new Lease(
              row.getString(1),
              row.getString(2),
              row.getLong(3),
              Instant.ofEpochMilli(row.getLong(4)));

  private final Database database;

  JdbcLeases(Database database) {
    this.database = database;
  }

  @Override
  public Leased lease(String resource, String owner, Instant now, Instant until) {
    Optional<String> gone = Optional.empty();
    while (true) {
      Optional<Fence> taken = take(resource, owner, now, until, gone);
      if (taken.isPresent()) {
        return new Leased.Taken(taken.get());
      }
      // It may have been given back just now: then it is asked for again.
      Optional<Lease> held = find(resource).filter(lease -> lease.isLive(now));
      if (held.isEmpty()) {
        continue;
      }
      String other = held.get().owner();
      if (gone.isEmpty() && isCertainlyGone(other)) {
        gone = Optional.of(other);
        continue;
      }
      return new Leased.Held(other, held.get().until());
    }
  }

  /// Of a shared store nobody can tell: machines may have the same name.
  private boolean isCertainlyGone(String owner) {
    return !database.isShared() && Owner.parse(owner).filter(Owner::isGone).isPresent();
  }

  private Optional<Fence> take(
      String resource, String owner, Instant now, Instant until, Optional<String> gone) {
    return database.write(session ->
        session.first(
            TAKE,
            statement -> {
              statement.setString(1, resource);
              statement.setString(2, owner);
              statement.setLong(3, until.toEpochMilli());
              statement.setLong(4, now.toEpochMilli());
              statement.setLong(5, now.toEpochMilli());
              statement.setString(6, gone.orElse(""));
            },
            row -> new Fence(resource, row.getLong(1))));
  }

  @Override
  public boolean renew(Collection<Fence> fences, Instant until) {
    return database.write(session ->
        update(
                session,
                "UPDATE lease SET until = ? WHERE resource = ? AND token = ?",
                fences,
                until)
            || session.undo(false));
  }

  @Override
  public void release(Collection<Fence> fences) {
    database.write(session ->
        update(
            session,
            "UPDATE lease SET until = ?, token = token + 1 WHERE resource = ? AND token = ?",
            fences,
            Instant.EPOCH));
  }

  private static boolean update(
      Session session, String sql, Collection<Fence> fences, Instant until) throws SQLException {
    boolean all = true;
    // In one order everywhere, so that no two wait for each other.
    for (Fence fence : inOrder(fences)) {
      all &=
          session.update(
                  sql,
                  statement -> {
                    statement.setLong(1, until.toEpochMilli());
                    statement.setString(2, fence.resource());
                    statement.setLong(3, fence.token());
                  })
              == 1;
    }
    return all;
  }

  /// Fences in the order in which their rows are locked.
  static List<Fence> inOrder(Collection<Fence> fences) {
    return fences.stream().sorted(Comparator.comparing(Fence::resource)).toList();
  }

  @Override
  public Optional<Lease> find(String resource) {
    return database.read(session -> find(session, resource, FIND));
  }

  private static Optional<Lease> find(Session session, String resource, String sql)
      throws SQLException {
    return session.first(sql, statement -> statement.setString(1, resource), LEASE);
  }

  /// Takes a lease if everything still is as it was seen; within a transaction, and with its row
  /// locked until that ends.
  ///
  /// @return empty when something has changed: look again
  Optional<Fence> take(Session session, Claim claim, String owner, Instant until)
      throws SQLException {
    if (claim.seen().isEmpty()) {
      return session.first(
          """
          INSERT INTO lease (resource, owner, token, until) VALUES (?, ?, 1, ?)
          ON CONFLICT (resource) DO NOTHING RETURNING token
          """,
          statement -> {
            statement.setString(1, claim.resource());
            statement.setString(2, owner);
            statement.setLong(3, until.toEpochMilli());
          },
          row -> new Fence(claim.resource(), row.getLong(1)));
    }
    // Who appends with this fence has locked the row: after this, each entry of his is seen below.
    Optional<Fence> taken =
        session.first(
            """
            UPDATE lease SET owner = ?, until = ?, token = token + 1
            WHERE resource = ? AND token = ? AND until = ? RETURNING token
            """,
            statement -> {
              statement.setString(1, owner);
              statement.setLong(2, until.toEpochMilli());
              statement.setString(3, claim.resource());
              statement.setLong(4, claim.seen().get().token());
              statement.setLong(5, claim.seen().get().until().toEpochMilli());
            },
            row -> new Fence(claim.resource(), row.getLong(1)));
    return claim.quiet().isPresent() && wentOn(session, claim.quiet().get())
        ? Optional.empty()
        : taken;
  }

  private static boolean wentOn(Session session, Quiet quiet) throws SQLException {
    return session
        .first(
            "SELECT 1 FROM event WHERE run = ? AND seq > ? LIMIT 1",
            statement -> {
              statement.setString(1, quiet.run().value());
              statement.setLong(2, quiet.seq());
            },
            row -> row.getInt(1))
        .isPresent();
  }

  @Override
  public Optional<Fence> take(Claim claim, String owner, Instant until) {
    return database.write(session -> {
      Optional<Fence> taken = take(session, claim, owner, until);
      return taken.isEmpty() ? session.undo(taken) : taken;
    });
  }

  /// The first of the fences that is out of date.
  Optional<FencedException> fenced(Collection<Fence> fences) {
    for (Fence fence : fences) {
      Optional<Lease> now = find(fence.resource());
      if (now.filter(lease -> lease.token() == fence.token()).isEmpty()) {
        return Optional.of(
            new FencedException(
                database.name(), fence, now.map(Lease::owner).orElse("somebody else")));
      }
    }
    return Optional.empty();
  }
}
