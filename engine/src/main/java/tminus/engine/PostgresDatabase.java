package tminus.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A store in a PostgreSQL database, shared by any number of machines.
///
/// Nothing of this class is loaded unless such a store is opened: starting with a file stays quick.
final class PostgresDatabase implements Database {

  private static final Schema.Dialect DIALECT =
      new Schema.Dialect(
          "TEXT COLLATE \"C\"",
          "BYTEA",
          "TIMESTAMPTZ",
          "to_timestamp(0)",
          ", rowid BIGINT GENERATED ALWAYS AS IDENTITY",
          "",
          """
          CREATE OR REPLACE FUNCTION tminus_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
          CREATE TRIGGER %1$s_no_change BEFORE UPDATE OR DELETE ON %1$s
            FOR EACH ROW EXECUTE FUNCTION tminus_append_only();
          CREATE TRIGGER %1$s_no_truncate BEFORE TRUNCATE ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION tminus_append_only();
          """);

  /// Names the migrations' lock in this database: "tminus" in ASCII.
  private static final long MIGRATIONS_LOCK = 0x746d696e7573L;

  /// Each is used for a commit's few milliseconds; ten serve thousands of those a second.
  private static final int CONNECTIONS = 10;

  /// Longer than a server needs to start anew.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// An answer this late comes from a dead connection: the largest journal reads in a few seconds.
  private static final Duration ANSWER_LONGEST = Duration.ofSeconds(30);

  private static final Duration CONNECTING_LONGEST = Duration.ofSeconds(5);

  private static final int TRIES = 5;

  /// What a server that was set to forget commits in a crash is told: a journal is no place for it.
  private static final String DURABLE =
      """
      SELECT set_config('synchronous_commit', 'on', false)
      WHERE current_setting('synchronous_commit') = 'off'\
      """;

  private static final String REACH = "is the server up, and may this machine reach it?";

  private final String name;
  private final HikariDataSource connections;

  private PostgresDatabase(String name, HikariDataSource connections) {
    this.name = name;
    this.connections = connections;
  }

  /// Opens the store in a database, and makes its tables if they are not there.
  static PostgresDatabase open(StoreAddress.Server server) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("journal");
    config.setDataSource(source(server));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setInitializationFailTimeout(1);
    config.setConnectionInitSql(DURABLE);
    HikariDataSource connections;
    try {
      connections = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw cannotOpen(server, e.getCause() == null ? e : e.getCause());
    }
    try (Connection connection = connections.getConnection()) {
      migrate(connection);
      return new PostgresDatabase(server.toString(), connections);
    } catch (SQLException e) {
      connections.close();
      throw cannotOpen(server, e);
    }
  }

  private static JournalException cannotOpen(StoreAddress.Server server, Throwable cause) {
    String state = cause instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
    String remedy =
        // 08004: the server is there and refuses, for want of a password most often.
        switch (state.equals("08004") ? "28" : state.length() < 2 ? "" : state.substring(0, 2)) {
          case "08" -> REACH;
          case "28" -> "give the password in PGPASSWORD or ~/.pgpass, or as ${NAME} in the address";
          case "3D" -> "make the database, or name another in the address";
          case "3F", "42" -> "let this user make tables there, or name another database or user";
          default -> "choose another place with --store";
        };
    return new JournalException(
        "%s: cannot be opened (%s) - %s".formatted(server, firstLine(cause), remedy), cause);
  }

  /// What the server said, without the details: they may quote what was to be written.
  private static String firstLine(Throwable e) {
    // The driver's own words about a batch quote all of it.
    Throwable told =
        e instanceof BatchUpdateException batch && batch.getNextException() != null
            ? batch.getNextException()
            : e;
    return String.valueOf(told.getMessage()).lines().findFirst().orElse("");
  }

  private static PGSimpleDataSource source(StoreAddress.Server server) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUser(server.user());
    server.password().ifPresent(source::setPassword);
    // What the address says itself, goes first.
    if (!server.options().contains("ApplicationName=")) {
      source.setApplicationName("tminus");
    }
    if (!server.options().contains("socketTimeout=")) {
      source.setSocketTimeout((int) ANSWER_LONGEST.toSeconds());
    }
    if (!server.options().contains("connectTimeout=")) {
      source.setConnectTimeout((int) CONNECTING_LONGEST.toSeconds());
    }
    source.setTcpKeepAlive(true);
    source.setUrl(server.jdbcUrl());
    return source;
  }

  private static void migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int found = version(statement);
      if (found > Schema.VERSION) {
        throw new SQLException(Schema.newer(found));
      }
      if (found == Schema.VERSION) {
        return;
      }
      connection.setAutoCommit(false);
      // Two servers may start at once: the second waits, and finds the work done.
      statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATIONS_LOCK + ")");
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS schema_version (
            version INTEGER NOT NULL PRIMARY KEY, since TIMESTAMPTZ NOT NULL DEFAULT now())\
          """);
      int version = version(statement);
      for (String script : Schema.scriptsFrom(version, DIALECT)) {
        statement.execute(script);
        statement.execute("INSERT INTO schema_version (version) VALUES (" + ++version + ")");
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      throw e;
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT to_regclass('schema_version') IS NULL")) {
      row.next();
      if (row.getBoolean(1)) {
        return 0;
      }
    }
    try (ResultSet row =
        statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public String rowLock() {
    return " FOR SHARE";
  }

  @Override
  public String moment() {
    return "to_timestamp(CAST(? AS BIGINT) / 1000.0)";
  }

  @Override
  public DataSource connections() {
    return connections;
  }

  /// A connection that was lost meanwhile, when the server was started anew, costs one more try.
  @Override
  public <T> T read(Work<T> work) {
    try {
      try {
        return alone(work);
      } catch (SQLException e) {
        if (!isLost(e)) {
          throw e;
        }
        return alone(work);
      }
    } catch (SQLException e) {
      String message = "%s: cannot be read (%s)".formatted(name, firstLine(e));
      throw isLost(e) ? new LostException(message, e) : new JournalException(message, e);
    }
  }

  /// A connection of the pool.
  ///
  /// @throws LostException when the server gave none, however long it was asked
  private Connection connect() throws SQLException {
    try {
      return connections.getConnection();
    } catch (SQLTransientConnectionException e) {
      // The pool's own words are about the pool; why it is empty, the server said.
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new LostException(
          "%s: cannot be reached (%s) - %s".formatted(name, firstLine(why), REACH), e);
    }
  }

  /// Each statement is a transaction of its own.
  private <T> T alone(Work<T> work) throws SQLException {
    try (Connection connection = connect();
        Session session = new Session(connection)) {
      return work.in(session);
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    return tried(() -> inTransaction(work));
  }

  @Override
  public <T> T writeOne(Work<T> work) {
    return tried(() -> alone(work));
  }

  /// One try at a piece of work.
  @FunctionalInterface
  private interface Try<T> {
    T of() throws SQLException;
  }

  /// Of two who wait for each other the server ends one, with nothing done: that one begins again.
  private <T> T tried(Try<T> once) {
    for (int tries = 1; ; tries++) {
      try {
        return once.of();
      } catch (SQLException e) {
        if (isLost(e)) {
          throw new LostException(
              "%s: the connection was lost in a write (%s), which may have come to pass or not - look with tminus status"
                  .formatted(name, firstLine(e)),
              e);
        }
        if (tries == TRIES || !String.valueOf(e.getSQLState()).startsWith("40")) {
          throw new JournalException(
              "%s: cannot be written (%s), and nothing was changed".formatted(name, firstLine(e)),
              e);
        }
      }
    }
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (Session session = new Session(connection)) {
        T answer = work.in(session);
        if (session.wasUndone()) {
          connection.rollback();
        } else {
          connection.commit();
        }
        connection.setAutoCommit(true);
        return answer;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection connection, Exception because) {
    try {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  /// Class 08 of the SQL standard, and PostgreSQL's words for a server that goes down or comes up.
  private static boolean isLost(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  public void close() {
    connections.close();
  }
}
