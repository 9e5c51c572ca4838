package tminus.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Further connections to a store's file. A class of its own, so that starting without them loads
/// nothing of a pool.
final class SqlitePool {

  /// One writes at a time anyway; a second one lets a heartbeat pass a slow look.
  private static final int CONNECTIONS = 2;

  private SqlitePool() {}

  static HikariDataSource of(Path file) {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What is agreed upon here may be lost with the power: it follows from the journal, which is
    // not.
    settings.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    settings.setBusyTimeout((int) SqliteDatabase.BUSY_LONGEST.toMillis());
    SQLiteDataSource source = new SQLiteDataSource(settings);
    source.setUrl("jdbc:sqlite:" + file);
    HikariConfig config = new HikariConfig();
    config.setPoolName("agenda");
    config.setDataSource(source);
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }
}
