package tminus.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v2.1.0",
        "shop.example.com",
        "https://shop.example.com:8443/health",
        "a_b-c+d=e,f%20~g@h",
        "~/shop",
        "Zürich",
        "10.0.0.0/8",
        "0"
      })
  void aValueOfHarmlessCharactersMayStandInACommand(String value) {
    assertThat(Parameters.isSafe(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\tb",
        "a\nb",
        "a\u0000b",
        "a\u00a0b",
        "a\u2028b",
        "-rf",
        "--force",
        "; rm -rf /",
        "a;b",
        "a&b",
        "a|b",
        "a>b",
        "a<b",
        "$(id)",
        "`id`",
        "$HOME",
        "${HOME}",
        "a'b",
        "a\"b",
        "a\\b",
        "a*b",
        "a?b",
        "[ab]",
        "{a,b}",
        "(a)",
        "!x",
        "#x",
        "a#b",
        "^a"
      })
  void aValueTheShellMayActOnMayNot(String value) {
    assertThat(Parameters.isSafe(value)).isFalse();
    assertThat(Parameters.problem("HOST", value, Set.of("HOST"), Set.of("HOST")))
        .hasValueSatisfying(problem ->
            assertThat(problem)
                .startsWith("parameter HOST: its value (%s) would become".formatted(value))
                .endsWith("not beginning with a hyphen"));
  }

  @Test
  void elsewhereAValueMayBeAnything() {
    assertThat(Parameters.problem("DAY", "Monday; noon", Set.of("DAY", "HOST"), Set.of("HOST")))
        .isEmpty();
  }

  @Test
  void aNameTheDocumentDoesNotHaveIsAProblem() {
    Set<String> known = Set.of("VERSION", "DOMAIN");
    assertThat(Parameters.problem("VERSON", "v2", known, Set.of()))
        .contains("parameter VERSON: the document has no such placeholder - did you mean VERSION?");
    assertThat(Parameters.problem("version", "v2", known, Set.of()))
        .contains(
            "parameter version: the document has no such placeholder - did you mean VERSION?");
    assertThat(Parameters.problem("REGION", "eu", known, Set.of()))
        .contains(
            "parameter REGION: the document has no such placeholder - it has DOMAIN, VERSION");
    assertThat(Parameters.problem("REGION", "eu", Set.of(), Set.of()))
        .contains("parameter REGION: the document has no such placeholder - it has none");
    assertThat(Parameters.problem("VERSION", "v2", known, known)).isEqualTo(Optional.empty());
  }

  @Test
  void placeholdersOfBothFormsAreFilled() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("VERSION", "v2");
    values.put("pod-name", "shop-0");
    assertThat(Parameters.fill("v[VERSION] <pod-name> <VERSION> [OTHER] VERSION", values))
        .isEqualTo("vv2 shop-0 v2 [OTHER] VERSION");
  }

  @Test
  void aValueIsNotLookedAtAgain() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("A", "[B]");
    values.put("B", "b");
    assertThat(Parameters.fill("[A] [B]", values)).isEqualTo("[B] b");
  }
}
