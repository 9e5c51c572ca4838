package tminus.engine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL server on a free port, one for all tests of this JVM, with a database for
/// each. It ends with the JVM.
final class PostgresServer {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final EmbeddedPostgres SERVER = start();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException("the test's PostgreSQL does not start", e);
    }
  }

  /// Makes a database and returns its name.
  static String database() throws SQLException {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  static int port() {
    return SERVER.getPort();
  }

  static String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(port(), database);
  }

  static StoreAddress address(String database) {
    return StoreAddress.parse(
        "postgresql://postgres@localhost:%d/%s".formatted(port(), database), Path.of(""), Map.of());
  }
}
