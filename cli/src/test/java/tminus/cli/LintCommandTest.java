package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintCommandTest {

  @TempDir private Path folder;
  private Cli cli;

  private static final String BAD =
      """
      # Shop

      - [ ] The migration has run

        ```bash
        psql -d shop -f migrations/7.sql
        ```

      - [ ] The shop is healthy

        ```bash
        curl -s http://shop.example/health
        # It is quick
        uptime
        # Expected: Normal load
        ```

      ## Rollback

      - [ ] Go back
      """;

  private static final String ACCEPTED =
      """
      # Shop

      - [ ] The image is there

        ```bash
        # tminus: accept latest-tag because the mirror keeps only one
        docker pull example/shop:latest
        ```

      ## Rollback

      - [ ] Go back
      """;

  @BeforeEach
  void files() throws IOException {
    cli = new Cli(folder);
    cli.write("bad.md", BAD);
    cli.write("accepted.md", ACCEPTED);
    cli.write("good.md", "# Shop\n\n- [ ] Everyone knows\n");
  }

  @Test
  void saysWhereWhatAndHow() {
    Cli.Result result = cli.run("lint", "bad.md", "good.md");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            bad.md:6: error: psql goes on after a failed statement, and exits 0 [psql-without-stop]
                fix: add -v ON_ERROR_STOP=1
            bad.md:12: warning: curl exits 0 when the server answers with an error [curl-without-fail]
                fix: add -f, or say below the command what it must answer
            bad.md:14: info: only a person can tell whether it is so: Expected: Normal load [expectation-for-people]
                fix: expect a number, a status, JSON or words in quotes

            bad.md: 1 error, 1 warning, 1 info
            good.md: nothing found
            """);
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void failsFromTheSeverityAskedFor() throws IOException {
    cli.write("info.md", "- [ ] Quick\n\n  ```bash\n  uptime\n  # Expected: Normal load\n  ```\n");
    assertThat(cli.run("lint", "info.md").code()).isZero();
    assertThat(cli.run("lint", "info.md", "--fail-on", "info").code()).isEqualTo(1);
    assertThat(cli.run("lint", "bad.md", "--fail-on", "error").code()).isEqualTo(1);
    assertThat(cli.run("lint", "bad.md", "--fail-on", "never").code()).isZero();
  }

  @Test
  void misuseIsToldWithWhatToDo() {
    Cli.Result none = cli.run("lint");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("no file is named - name the checklists");
    assertThat(cli.run("lint", "bad.md", "--json", "--sarif").code()).isEqualTo(2);
    assertThat(cli.run("lint", "bad.md", "--out", "b.md").err()).contains("--fix");
    assertThat(cli.run("lint", "gone.md").err()).contains("there is no such file");
    assertThat(cli.run("lint", "--explain", "nothing").err()).contains("there is no rule nothing");
  }

  @Test
  void whatIsAcceptedIsCountedAndListedOnRequest() {
    Cli.Result result = cli.run("lint", "accepted.md");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("accepted.md: nothing found, 1 accepted\n");
    assertThat(cli.run("lint", "accepted.md", "--accepted").out())
        .isEqualTo(
            """
            accepted.md:7: accepted: example/shop:latest is another image tomorrow [latest-tag]
                because: the mirror keeps only one

            accepted.md: nothing found, 1 accepted
            """);
  }

  @Test
  void jsonSaysTheSame() {
    Cli.Result result = cli.run("lint", "bad.md", "accepted.md", "--json");
    JsonNode json = new JsonMapper().readTree(result.out());
    JsonNode found = json.path("files").path(0).path("findings").path(0);
    assertThat(found.propertyNames())
        .containsExactlyInAnyOrder("rule", "severity", "line", "message", "fix", "fixable");
    assertThat(found.path("rule").asString()).isEqualTo("psql-without-stop");
    assertThat(found.path("line").asInt()).isEqualTo(6);
    assertThat(found.path("fixable").asBoolean()).isTrue();
    JsonNode accepted = json.path("files").path(1).path("accepted").path(0);
    assertThat(accepted.path("reason").asString()).isEqualTo("the mirror keeps only one");
    assertThat(json.path("summary").path("error").asInt()).isEqualTo(1);
    assertThat(json.path("summary").path("warning").asInt()).isEqualTo(1);
    assertThat(json.path("summary").path("info").asInt()).isEqualTo(1);
    assertThat(json.path("summary").path("accepted").asInt()).isEqualTo(1);
    assertThat(result.code()).isEqualTo(1);
  }

  /// What section 3 of the standard asks for of a log, a run, a result and its parts.
  @Test
  void sarifHasTheStructureOfTheStandard() {
    JsonNode log =
        new JsonMapper().readTree(cli.run("lint", "bad.md", "accepted.md", "--sarif").out());
    assertThat(log.propertyNames()).containsExactlyInAnyOrder("$schema", "version", "runs");
    assertThat(log.path("version").asString()).isEqualTo("2.1.0");
    JsonNode run = log.path("runs").path(0);
    JsonNode rules = run.path("tool").path("driver").path("rules");
    assertThat(run.path("tool").path("driver").path("name").asString()).isEqualTo("tminus");
    assertThat(rules.size()).isGreaterThan(25);
    assertThat(run.path("results").size()).isEqualTo(4);
    List<String> levels = new ArrayList<>();
    for (JsonNode result : run.path("results")) {
      levels.add(result.path("level").asString());
      assertThat(result.path("message").path("text").asString()).isNotBlank();
      assertThat(rules.path(result.path("ruleIndex").asInt()).path("id").asString())
          .isEqualTo(result.path("ruleId").asString());
      JsonNode place = result.path("locations").path(0).path("physicalLocation");
      assertThat(place.path("artifactLocation").path("uri").asString()).endsWith(".md");
      assertThat(place.path("region").path("startLine").asInt()).isPositive();
    }
    assertThat(levels).containsExactly("error", "warning", "note", "warning");
    JsonNode replacement = run.at("/results/0/fixes/0/artifactChanges/0/replacements/0");
    int offset = replacement.path("deletedRegion").path("charOffset").asInt();
    assertThat(BAD.substring(0, offset)).endsWith("psql");
    assertThat(replacement.path("insertedContent").path("text").asString())
        .isEqualTo(" -v ON_ERROR_STOP=1");
    JsonNode suppression = run.at("/results/3/suppressions/0");
    assertThat(suppression.path("kind").asString()).isEqualTo("inSource");
    assertThat(suppression.path("justification").asString()).isEqualTo("the mirror keeps only one");
  }

  @Test
  void everyRuleIsExplained() {
    String list = cli.run("lint", "--explain").out();
    assertThat(list.lines().count()).isGreaterThan(25);
    for (String line : list.lines().toList()) {
      String rule = line.substring(0, line.indexOf(' '));
      assertThat(cli.run("lint", "--explain", rule).out()).contains(rule, "Instead:", "Found:");
    }
  }

  @Test
  void fixesACopyAndNeverTheOriginal() throws IOException {
    cli.write(
        "fix.md",
        """
        # Shop

        - [ ] Ready

          ```bash
          kubectl exec -it deployment/shop -n shop \\
            -- ./schema check
          git log -S "password\\|token" --oneline
          curl http://shop.example/health
          kubectl exec db -- dump | psql -d shop
          ```

        ## Rollback

        - [ ] Go back
        """);
    String original = Files.readString(folder.resolve("fix.md"));
    Cli.Result result = cli.run("lint", "fix.md", "--fix");
    assertThat(Files.readString(folder.resolve("fix.md"))).isEqualTo(original);
    assertThat(Files.readString(folder.resolve("fix.fixed.md")))
        .isEqualTo(
            original
                .replace("exec -it ", "exec ")
                .replace("-S \"password\\|token\"", "-G \"password|token\"")
                .replace("curl http", "curl -f http")
                .replace("psql -d", "psql -v ON_ERROR_STOP=1 -d"));
    assertThat(result.err())
        .contains("fix.md: 4 fixed in", "line 6: leave it off [terminal-in-a-run]");
    Files.move(folder.resolve("fix.fixed.md"), folder.resolve("mended.md"));
    assertThat(cli.run("lint", "mended.md", "--fix").err()).contains("nothing to fix by itself");
  }

  @Test
  void theCopyGoesWhereItIsToldToAndNotOverTheOriginal() throws IOException {
    cli.run("lint", "bad.md", "--fix", "--out", "other.md");
    assertThat(Files.readString(folder.resolve("other.md"))).contains("psql -v ON_ERROR_STOP=1");
    Cli.Result over = cli.run("lint", "bad.md", "--fix", "--out", "bad.md");
    assertThat(over.code()).isEqualTo(2);
    assertThat(over.err()).contains("is the original, which is never changed");
    assertThat(Files.readString(folder.resolve("bad.md"))).isEqualTo(BAD);
  }

  @Test
  void theShopsChecklistIsInOrder() {
    Path shop = Cli.home().resolve("examples/shop/PRODUCTION_DEPLOYMENT.md");
    Cli.Result result = cli.run("lint", shop.toString());
    assertThat(result.out()).contains("0 errors, 0 warnings");
    assertThat(result.code()).isZero();
  }
}
