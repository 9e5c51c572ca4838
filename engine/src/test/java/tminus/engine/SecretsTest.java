package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource({
    "API_TOKEN, true",
    "GITHUB_TOKEN, true",
    "token, true",
    "DB_PASSWORD, true",
    "PGPASSWORD, true",
    "SLACK_WEBHOOK, true",
    "AWS_SECRET_ACCESS_KEY, true",
    "APIKEY, true",
    "TLS_PRIVATE_KEY, true",
    "GOOGLE_APPLICATION_CREDENTIALS, true",
    "SSH_PASSPHRASE, true",
    "PATH, false",
    "VERSION, false",
    "KEYBOARD, false",
    "PASSAGE, false",
  })
  void aNameSaysWhetherItsValueIsSecret(String name, boolean secret) {
    assertThat(Secrets.isSecret(name)).isEqualTo(secret);
  }

  @Test
  void valuesAreTakenOutWhereverTheyStand() {
    Secrets secrets = Secrets.of(Map.of("API_TOKEN", "abcdef-1", "HOME", "/srv/shop"));
    assertThat(secrets.redact("-H 'Bearer abcdef-1' x=abcdef-1; cd /srv/shop"))
        .isEqualTo("-H 'Bearer [REDACTED]' x=[REDACTED]; cd /srv/shop");
  }

  @Test
  void aValueThatHoldsAnotherIsTakenOutWhole() {
    Secrets secrets = Secrets.of(Map.of("A_TOKEN", "abcdef", "B_TOKEN", "abcdefghi"));
    assertThat(secrets.redact("abcdefghi abcdef")).isEqualTo("[REDACTED] [REDACTED]");
  }

  @Test
  void shortValuesAreWordsRatherThanSecrets() {
    Secrets secrets = Secrets.of(Map.of("A_TOKEN", "", "B_TOKEN", "admin", "C_TOKEN", "secret"));
    assertThat(secrets.redact("the admin has a secret")).isEqualTo("the admin has a [REDACTED]");
  }

  @Test
  void theLinesOfALongValueAreSecretsToo() {
    Secrets secrets = Secrets.of(Map.of("PRIVATE_KEY", "-----BEGIN-----\r\nabcdef\r\nxy\r\n"));
    assertThat(secrets.redact("abcdef and xy")).isEqualTo("[REDACTED] and xy");
    assertThat(secrets.redact("k:-----BEGIN-----\r\nabcdef\r\nxy\r\n.")).isEqualTo("k:[REDACTED].");
  }
}
