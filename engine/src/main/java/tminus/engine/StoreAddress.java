package tminus.engine;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where runs are kept: a folder, or a PostgreSQL database. Immutable.
public sealed interface StoreAddress {

  /// In a file of a folder of this machine.
  record Folder(Path path) implements StoreAddress {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /// In a database of a server. As text it is what may be shown: user, server and database.
  final class Server implements StoreAddress {

    private final String user;
    private final String hosts;
    private final String database;
    private final String options;
    private final @Nullable String password;

    private Server(
        String user, String hosts, String database, String options, @Nullable String password) {
      this.user = user;
      this.hosts = hosts;
      this.database = database;
      this.options = options;
      this.password = password;
    }

    String user() {
      return user;
    }

    /// Empty: the driver looks in `~/.pgpass`.
    Optional<String> password() {
      return Optional.ofNullable(password);
    }

    /// What stands behind the question mark.
    String options() {
      return options;
    }

    /// As the driver wants it; with the user, by whom it looks up the password, and without that.
    String jdbcUrl() {
      return "jdbc:postgresql://%s/%s?user=%s%s"
          .formatted(
              hosts, encoded(database), encoded(user), options.isEmpty() ? "" : "&" + options);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return "postgresql://%s@%s/%s".formatted(user, hosts, database);
    }
  }

  /// `postgresql://user:${NAME}@host:port/db?option=value`, of which all but the host may be
  /// missing.
  Pattern SERVER =
      Pattern.compile(
          "(?i)postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<hosts>[^@/?]+)(?:/(?<database>[^/?]*))?(?:\\?(?<options>.*))?");

  /// A name in place of the secret.
  Pattern REFERENCE = Pattern.compile("\\$\\{(?<name>\\w+)}");

  /// Options that are secrets.
  Pattern SECRET = Pattern.compile("(?i)(^|&)(password|sslpassword)=");

  /// Reads what somebody gave as the place of the store.
  ///
  /// @param from what a relative folder begins at
  /// @param environment where the user and the password are looked up
  /// @throws JournalException when it is a server's address but not a right one, or holds a
  ///   password in the clear: it would be seen in the list of processes
  static StoreAddress parse(String text, Path from, Map<String, String> environment) {
    if (!text.toLowerCase(Locale.ROOT).matches("(?s)postgres(ql)?:.*")) {
      return new Folder(from.resolve(text));
    }
    Matcher parts = SERVER.matcher(text);
    if (!parts.matches()) {
      throw new JournalException(
          "the store's address is not one of PostgreSQL - write postgresql://USER@HOST:PORT/DATABASE");
    }
    String user = part(parts, "user").orElseGet(() -> user(environment));
    String database = part(parts, "database").orElse(user);
    Server server =
        new Server(
            user,
            parts.group("hosts"),
            database,
            Optional.ofNullable(parts.group("options")).orElse(""),
            null);
    if (SECRET.matcher(server.options()).find()) {
      throw clear(server);
    }
    Optional<String> written = Optional.ofNullable(parts.group("password"));
    Optional<String> password =
        written.isPresent()
            ? Optional.of(secret(written.get(), server, environment))
            : Optional.ofNullable(environment.get("PGPASSWORD")).filter(word -> !word.isEmpty());
    return new Server(user, server.hosts, database, server.options, password.orElse(null));
  }

  private static Optional<String> part(Matcher parts, String name) {
    return Optional.ofNullable(parts.group(name))
        .filter(part -> !part.isEmpty())
        .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  /// As PostgreSQL's own programs do.
  private static String user(Map<String, String> environment) {
    String named = environment.getOrDefault("PGUSER", "");
    return named.isEmpty() ? System.getProperty("user.name", "postgres") : named;
  }

  private static String secret(String written, Server server, Map<String, String> environment) {
    Matcher reference = REFERENCE.matcher(written);
    if (!reference.matches()) {
      throw clear(server);
    }
    String name = reference.group("name");
    String value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new JournalException(
          "%s: its password is in %s, which is not set - set it".formatted(server, name));
    }
    return value;
  }

  private static JournalException clear(Server server) {
    return new JournalException(
        "%s: the address holds a password in the clear, which others could see - give it in PGPASSWORD or ~/.pgpass, or name a variable: postgresql://USER:${NAME}@…"
            .formatted(server));
  }
}
