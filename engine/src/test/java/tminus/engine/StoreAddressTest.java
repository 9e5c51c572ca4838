package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTest {

  private static final Path HERE = Path.of("/srv");

  private static StoreAddress.Server server(String text, Map<String, String> environment) {
    return (StoreAddress.Server) StoreAddress.parse(text, HERE, environment);
  }

  @ParameterizedTest
  @CsvSource({
    "runs, /srv/runs",
    "/var/lib/tminus, /var/lib/tminus",
    "../runs, /srv/../runs",
    "postgres, /srv/postgres",
    "a:b, /srv/a:b"
  })
  void whatIsNoAddressIsAFolder(String text, String folder) {
    assertThat(StoreAddress.parse(text, HERE, Map.of()))
        .isEqualTo(new StoreAddress.Folder(Path.of(folder)));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://ada@db:5433/runs, postgresql://ada@db:5433/runs, jdbc:postgresql://db:5433/runs?user=ada",
    "postgres://ada@db/runs, postgresql://ada@db/runs, jdbc:postgresql://db/runs?user=ada",
    "postgresql://db, postgresql://ops@db/ops, jdbc:postgresql://db/ops?user=ops",
    "postgresql://ada@db/, postgresql://ada@db/ada, jdbc:postgresql://db/ada?user=ada",
    "postgresql://a%40b@[::1]:1/r?sslmode=require, postgresql://a@b@[::1]:1/r, jdbc:postgresql://[::1]:1/r?user=a%40b&sslmode=require",
    "'postgresql://ada@one,two:5433/runs', 'postgresql://ada@one,two:5433/runs', 'jdbc:postgresql://one,two:5433/runs?user=ada'",
  })
  void anAddressNamesUserServerAndDatabase(String text, String shown, String url) {
    StoreAddress.Server server = server(text, Map.of("PGUSER", "ops"));
    assertThat(server).hasToString(shown);
    assertThat(server.jdbcUrl()).isEqualTo(url);
    assertThat(server.password()).isEmpty();
  }

  @Test
  void thePasswordComesFromTheEnvironment() {
    Map<String, String> environment = Map.of("PGPASSWORD", "general", "RUNS_DB", "special");
    assertThat(server("postgresql://ada@db/runs", environment).password()).contains("general");
    StoreAddress.Server named = server("postgresql://ada:${RUNS_DB}@db/runs", environment);
    assertThat(named.password()).contains("special");
    assertThat(named.toString() + named.jdbcUrl()).doesNotContain("special", "RUNS_DB");
    assertThatThrownBy(() -> server("postgresql://ada:${OTHER}@db/runs", environment))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "postgresql://ada@db/runs: its password is in OTHER, which is not set - set it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ada:hunter22@db/runs",
        "postgresql://ada@db/runs?password=hunter22",
        "postgresql://ada@db/runs?ssl=true&sslpassword=hunter22",
        "postgresql://ada:hunter22${X}@db/runs",
      })
  void aPasswordInTheClearIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> server(text, Map.of("X", "x")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("a password in the clear")
        .hasMessageNotContaining("hunter22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql:", "postgresql://", "postgresql:/db", "postgres://a@b@c/d"})
  void whatCannotBeReadIsNotRepeated(String text) {
    assertThatThrownBy(() -> server(text, Map.of()))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "the store's address is not one of PostgreSQL - write postgresql://USER@HOST:PORT/DATABASE");
  }
}
