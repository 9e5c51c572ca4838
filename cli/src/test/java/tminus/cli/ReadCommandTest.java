package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadCommandTest {

  @TempDir private Path folder;

  private static final String CHECKLIST =
      """
      # Ship [VERSION]

      We ship on Tuesdays.

      ## Before (T-24 hours)

      - [ ] Load test passed
        - [ ] Error rate < 1%
      - [ ] Migration rehearsed (if applicable)

      ```bash
      # Is it up?
      curl -i https://shop.example.com/health
      # Expected: 200 OK
      ```

      ## Go/No-Go

      **Decision Authority:** Release Manager
      [ ] GO  [ ] NO-GO

      ## Switch

      - [ ] Shift 10% of traffic, then wait 5 minutes
      - [ ] Started at: ____
      """;

  private JsonNode json(String text) throws IOException {
    Cli cli = new Cli(folder);
    Cli.Result result = cli.run("read", cli.write("a.md", text), "--json");
    assertThat(result.err()).isEmpty();
    return new JsonMapper().readTree(result.out());
  }

  /// Each element as `line kind`, in order.
  private static List<String> kinds(JsonNode reading) {
    List<String> kinds = new ArrayList<>();
    reading
        .path("elements")
        .forEach(e -> kinds.add(e.path("line").asInt() + " " + e.path("kind").asString()));
    return kinds;
  }

  @Test
  void showsBesideEveryLineWhatItWasTakenFor() throws IOException {
    Cli cli = new Cli(folder);
    String shown = cli.run("read", cli.write("a.md", CHECKLIST)).out();
    Path golden = Cli.home().resolve("cli/src/test/resources/tminus/cli/read.txt");
    assertThat(shown).isEqualTo(Files.readString(golden));
    assertThat(shown.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void listsEveryElementInTheDocumentsOrder() throws IOException {
    JsonNode reading = json(CHECKLIST);
    assertThat(reading.path("file").asString()).isEqualTo("a.md");
    assertThat(kinds(reading))
        .containsExactly(
            "1 section",
            "1 blank",
            "5 section",
            "7 item",
            "8 part",
            "8 condition",
            "9 item",
            "9 optional",
            "13 command",
            "14 expectation",
            "17 section",
            "19 gate",
            "20 choice",
            "22 section",
            "24 item",
            "24 shift",
            "24 wait",
            "25 item",
            "25 blank");
    assertThat(reading.path("prose").toString()).isEqualTo("[3]");
    assertThat(reading.path("counts").path("item").asInt()).isEqualTo(4);
  }

  @Test
  void givesEachElementItsAttributes() throws IOException {
    String all = json(CHECKLIST).path("elements").toString();
    assertThat(all)
        .contains(
            "{\"kind\":\"blank\",\"line\":1,\"role\":\"parameter\",\"name\":\"VERSION\"}",
            "\"offset\":\"-PT24H\"",
            "\"metric\":\"error rate\",\"op\":\"<\",\"value\":1,\"unit\":\"%\"",
            "\"type\":\"http-status\",\"text\":\"Expected: 200 OK\",\"value\":200",
            "{\"kind\":\"gate\",\"line\":19,\"authority\":\"Release Manager\"}",
            "\"options\":[\"GO\",\"NO-GO\"]",
            "{\"kind\":\"shift\",\"line\":24,\"percent\":10}",
            "{\"kind\":\"wait\",\"line\":24,\"duration\":\"PT5M\"}");
  }

  @Test
  void letsNothingInTheDocumentSteerTheTerminal() throws IOException {
    Cli cli = new Cli(folder);
    String shown = cli.run("read", cli.write("a.md", "- [ ] \u001b[2Jgone\n")).out();
    assertThat(shown).doesNotContain("\u001b").contains("gone");
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    Cli cli = new Cli(folder);
    Cli.Result result = cli.run("read", cli.write("a.md", ""));
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("0 lines left as prose");
  }
}
