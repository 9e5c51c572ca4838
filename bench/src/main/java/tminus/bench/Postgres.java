package tminus.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A PostgreSQL server and a database of its own for each measurement. Closing it drops those, and
/// ends the server if it was started here.
final class Postgres implements AutoCloseable {

  private final String authority;
  private final Optional<EmbeddedPostgres> server;
  private final List<String> databases = new ArrayList<>();

  private Postgres(String authority, Optional<EmbeddedPostgres> server) {
    this.authority = authority;
    this.server = server;
  }

  /// The server of that address (`postgresql://USER@HOST:PORT`), where the user may make databases;
  /// without one, a server of our own, as durable as one comes.
  static Postgres open(Optional<String> address, Path folder) throws IOException {
    if (address.isPresent()) {
      return new Postgres(URI.create(address.get()).getAuthority(), Optional.empty());
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("postgresql"))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
    return new Postgres("postgres@localhost:" + server.getPort(), Optional.of(server));
  }

  /// A new database: its address, as the store's and as JDBC's.
  Database fresh() throws SQLException {
    String name = "tminus_bench_%d_%d".formatted(ProcessHandle.current().pid(), databases.size());
    execute("CREATE DATABASE " + name);
    databases.add(name);
    return new Database("postgresql://%s/%s".formatted(authority, name));
  }

  /// Writes down what the ones measured before left to be written, so that it is not the next one
  /// who waits for it.
  void settle() throws SQLException {
    execute("CHECKPOINT");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                new Database("postgresql://%s/postgres".formatted(authority)).jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// One of its databases.
  record Database(String address) {

    String jdbcUrl() {
      URI uri = URI.create(address);
      int port = uri.getPort() < 0 ? 5432 : uri.getPort();
      return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
          .formatted(uri.getHost(), port, uri.getPath(), user(), password());
    }

    String user() {
      String user = URI.create(address).getUserInfo();
      return user == null ? System.getenv().getOrDefault("PGUSER", "postgres") : user;
    }
  }

  static String password() {
    return System.getenv().getOrDefault("PGPASSWORD", "");
  }

  @Override
  public void close() throws IOException, SQLException {
    if (server.isPresent()) {
      server.get().close();
      return;
    }
    for (String name : databases) {
      execute("DROP DATABASE " + name);
    }
  }
}
