package tminus.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// A store of a test's own, and a way to its tables past the journal.
interface TestStore {

  /// Where it is.
  StoreAddress address();

  /// How tools reach it.
  String jdbcUrl();

  /// Statements that let entries be changed.
  String[] unguard();

  /// A statement that makes every entry fail whose body has this word in it.
  String[] failOn(String word);

  /// Bytes, as a statement writes them.
  String bytes(String text);

  default Journal open() {
    return Journal.open(address());
  }

  default void raw(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// What a query counts.
  default int count(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }

  /// One in a file of the folder.
  record Sqlite(Path folder) implements TestStore {

    @Override
    public StoreAddress address() {
      return new StoreAddress.Folder(folder);
    }

    @Override
    public String jdbcUrl() {
      return "jdbc:sqlite:" + folder.resolve("journal.db");
    }

    @Override
    public String[] unguard() {
      return new String[] {
        "DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete", "DROP TRIGGER run_no_update"
      };
    }

    @Override
    public String[] failOn(String word) {
      return new String[] {
        "CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.body LIKE '%%%s%%' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
            .formatted(word)
      };
    }

    @Override
    public String bytes(String text) {
      return "CAST('%s' AS BLOB)".formatted(text);
    }
  }

  /// One in a schema of the test server.
  record Postgres(String schema) implements TestStore {

    @Override
    public StoreAddress address() {
      return StoreAddress.parse(PostgresServer.url("postgres", schema), Path.of(""), Map.of());
    }

    @Override
    public String jdbcUrl() {
      return PostgresServer.jdbcUrl(schema);
    }

    @Override
    public String[] unguard() {
      return new String[] {
        "DROP TRIGGER event_no_change ON event", "DROP TRIGGER run_no_change ON run"
      };
    }

    @Override
    public String[] failOn(String word) {
      return new String[] {
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON event FOR EACH ROW WHEN (NEW.body LIKE '%%%s%%') EXECUTE FUNCTION fail()"
            .formatted(word)
      };
    }

    @Override
    public String bytes(String text) {
      return "convert_to('%s', 'UTF8')".formatted(text);
    }
  }

  /// One in memory: every journal that is opened is the same one.
  record Memory(Journal journal) implements TestStore {

    @Override
    public StoreAddress address() {
      throw new UnsupportedOperationException("it has no address");
    }

    @Override
    public String jdbcUrl() {
      throw new UnsupportedOperationException("it has no address");
    }

    @Override
    public String[] unguard() {
      return new String[0];
    }

    @Override
    public String[] failOn(String word) {
      return new String[0];
    }

    @Override
    public String bytes(String text) {
      return text;
    }

    @Override
    public Journal open() {
      return journal;
    }
  }
}
