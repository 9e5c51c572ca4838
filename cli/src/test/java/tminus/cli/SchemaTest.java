package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema has the keys that the reader accepts.
class SchemaTest {

  @TempDir private Path folder;

  private JsonNode schema() {
    return new JsonMapper().readTree(new Cli(folder).run("schema").out());
  }

  /// Each place of a binding, where the schema describes it, and the place with a key nobody knows:
  /// the refusal lists those that are known.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                               | ?: 1
          /properties/parameters/additionalProperties/anyOf/1 | parameters: { A: { ?: 1 } }
          /properties/target                               | target: { ?: 1 }
          /properties/target/properties/local              | target: { local: { ?: 1 } }
          /properties/windows/items                        | windows: [{ ?: 1 }]
          /properties/freezes/items                        | freezes: [{ ?: 1 }]
          /properties/router                               | router: { ?: 1 }
          /properties/steps/additionalProperties           | steps: { One: { ?: 1 } }
          """)
  void hasExactlyTheKeysThatAreAccepted(String place, String binding) throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] One\n");
    cli.write("tminus.yaml", binding.replace("?", "nobody-knows-this"));
    String refusal =
        cli.run("plan", "a.md")
            .err()
            .lines()
            .filter(line -> line.contains("known here: "))
            .findFirst()
            .orElseThrow();
    List<String> accepted = List.of(refusal.replaceFirst(".*known here: ", "").split(", ", -1));
    JsonNode described = schema().at(place);
    assertThat(described.path("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(accepted);
    assertThat(described.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(described.path("properties"))
        .allSatisfy(key -> assertThat(key.path("description").asString("")).isNotBlank());
  }

  @Test
  void everyKeyIsDocumentedAndEveryExampleIsAccepted() throws IOException {
    String page = Files.readString(Cli.home().resolve("docs/binding.md"));
    List<String> keys = new ArrayList<>();
    collect(schema(), keys);
    assertThat(keys)
        .hasSizeGreaterThan(15)
        .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    Cli cli = new Cli(folder);
    cli.write(
        "a.md",
        """
        - [ ] Put [VERSION] into the idle slot
        - [ ] Retire the old version
        - [ ] Give the traffic back
        - [ ] Announce it
        - [ ] Try it
        - [ ] Switch the cache over

          ```bash
          ./switch over
          ```
        - [ ] Back up

          ```bash
          ./back-up
          ```

        ## Deployment

        **Decision: [ ] GO  [ ] NO-GO**

        ### Method 1: Blue-Green

        - [ ] Switch

        ### Method 2: Canary

        - [ ] Begin

        ## Rollback

        Roll back if:

        - Error rate > 5% for 5 minutes
        """);
    List<String> examples =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(example -> example.group(1))
            .toList();
    assertThat(examples).as("one of each key").hasSameSizeAs(schema().at("/properties"));
    for (String example : examples) {
      cli.write("tminus.yaml", example);
      assertThat(cli.run("plan", "a.md").err()).isEmpty();
    }
  }

  private static void collect(JsonNode schema, List<String> keys) {
    keys.addAll(schema.path("properties").propertyNames());
    schema.forEach(child -> collect(child, keys));
  }
}
