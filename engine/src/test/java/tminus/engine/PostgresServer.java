package tminus.engine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL server on a free port, one for all tests of this JVM, with a database for
/// each. It ends with the JVM.
final class PostgresServer {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private static final EmbeddedPostgres SERVER = start();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException("the test's PostgreSQL does not start", e);
    }
  }

  /// Makes a schema and returns its name.
  static String schema() throws SQLException {
    String name = "test_" + SCHEMAS.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl("public"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + name);
    }
    return name;
  }

  static int port() {
    return SERVER.getPort();
  }

  static String jdbcUrl(String schema) {
    return "jdbc:postgresql://localhost:%d/postgres?user=postgres&currentSchema=%s"
        .formatted(port(), schema);
  }

  /// The address as a user writes it.
  static String url(String user, String schema) {
    return "postgresql://%s@localhost:%d/postgres?currentSchema=%s".formatted(user, port(), schema);
  }
}
