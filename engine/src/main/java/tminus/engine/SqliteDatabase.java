package tminus.engine;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/// A store in one SQLite file, written by any number of processes of one machine. WAL with
/// synchronous FULL: what is committed is on the disk.
final class SqliteDatabase implements Database {

  private static final Schema.Dialect DIALECT =
      new Schema.Dialect(
          "TEXT",
          "BLOB",
          "INTEGER",
          "0",
          "",
          "WITHOUT ROWID",
          """
          CREATE TRIGGER IF NOT EXISTS %1$s_no_update BEFORE UPDATE ON %1$s
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
          CREATE TRIGGER IF NOT EXISTS %1$s_no_delete BEFORE DELETE ON %1$s
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
          """);

  /// SQLite's shared-memory file alone takes 32 kB, and its log grows in steps of that order.
  private static final long ROOM_LEAST = 256 * 1024;

  /// How long the file may be somebody else's before a write, or the opening, is given up.
  static final Duration BUSY_LONGEST = Duration.ofSeconds(10);

  private static final Duration BUSY_PAUSE = Duration.ofMillis(10);

  private final Path file;
  private final Connection connection;
  private final Session session;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable HikariDataSource pool;

  private SqliteDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
    this.session = new Session(connection);
  }

  /// Opens the store in a folder, and makes both if they are not there.
  static SqliteDatabase open(Path folder) {
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
              .formatted(folder, e.getClass().getSimpleName().replace("Exception", "")),
          e);
    }
    try {
      return new SqliteDatabase(file, connect(file));
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

  /// Others may be making the same file, and then SQLite answers "busy" at once: where it would
  /// have to wait for a lock while it holds one, it never waits.
  private static Connection connect(Path file) throws SQLException {
    long begun = System.nanoTime();
    while (true) {
      try {
        return connectOnce(file);
      } catch (SQLException e) {
        boolean isBusy = (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
        if (!isBusy || System.nanoTime() - begun > BUSY_LONGEST.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(BUSY_PAUSE.toNanos());
      }
    }
  }

  private static Connection connectOnce(Path file) throws SQLException {
    // Not by the DriverManager: it would load every driver there is.
    Properties settings = new Properties();
    settings.setProperty("jdbc.get_generated_keys", "false");
    Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + BUSY_LONGEST.toMillis());
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      int version = version(statement);
      if (version > Schema.VERSION) {
        throw new SQLException(Schema.newer(version));
      }
      if (version < Schema.VERSION) {
        migrate(statement);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// SQLite's own place for it, in the file's head; an older Tminus looks there too.
  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private static void migrate(Statement statement) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    try {
      // Looked up again: another process may have done it while this one waited for the lock.
      for (String script : Schema.scriptsFrom(version(statement), DIALECT)) {
        statement.executeUpdate(script);
      }
      statement.execute("PRAGMA user_version = " + Schema.VERSION);
      statement.execute("COMMIT");
    } catch (SQLException e) {
      rollBack(statement, e);
      throw e;
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

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public String rowLock() {
    return "";
  }

  @Override
  public String moment() {
    return "?";
  }

  @Override
  public DataSource connections() {
    lock.lock();
    try {
      if (pool == null) {
        pool = SqlitePool.of(file);
      }
      return pool;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> T read(Work<T> work) {
    lock.lock();
    try {
      return work.in(session);
    } catch (SQLException e) {
      throw new JournalException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    } finally {
      lock.unlock();
    }
  }

  /// Several processes write one file: the write lock is taken first, so that what is read inside
  /// stays true until the commit.
  @Override
  public <T> T write(Work<T> work) {
    return written(session -> {
      session.execute("BEGIN IMMEDIATE");
      try {
        T answer = work.in(session);
        session.execute(session.wasUndone() ? "ROLLBACK" : "COMMIT");
        return answer;
      } catch (SQLException | RuntimeException e) {
        try (Statement statement = connection.createStatement()) {
          rollBack(statement, e);
        }
        throw e;
      }
    });
  }

  /// A statement that writes takes the write lock before it reads.
  @Override
  public <T> T writeOne(Work<T> work) {
    return written(work);
  }

  private <T> T written(Work<T> work) {
    lock.lock();
    try {
      return work.in(session);
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
    } finally {
      lock.unlock();
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

  @Override
  public void close() {
    lock.lock();
    try {
      if (pool != null) {
        pool.close();
      }
      session.close();
      connection.close();
    } catch (SQLException e) {
      throw new JournalException("%s: cannot be closed (%s)".formatted(file, e.getMessage()), e);
    } finally {
      lock.unlock();
    }
  }
}
