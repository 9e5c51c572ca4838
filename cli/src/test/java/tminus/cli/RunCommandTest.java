package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs carried through without a terminal, with people at other shells.
class RunCommandTest {

  private static final String CHECKLIST =
      """
      # Small service

      **Lead:** ____

      - [ ] Say hello to [NAME]
        ```bash
        # greet
        echo hello [NAME]
        # Expected: "hello world"
        ```
      - [ ] Told the others
        - [ ] By mail
        - [ ] By phone

      ## Go/No-Go

      **Decision: [ ] GO [ ] NO-GO**

      - [ ] Leave a mark
        ```bash
        echo done > mark
        ```

      **Status: ✓ HEALTHY / ✗ ISSUES**
      """;

  @TempDir private Path folder;

  private Cli cli = new Cli(Path.of(""));

  @BeforeEach
  void setUp() throws IOException {
    cli = new Cli(folder);
    cli.write("a.md", CHECKLIST);
  }

  private Cli.Result start(String... more) {
    String[] line = new String[more.length + 6];
    System.arraycopy(
        new String[] {"run", "a.md", "--commands", "run", "--param", "NAME=world"}, 0, line, 0, 6);
    System.arraycopy(more, 0, line, 6, more.length);
    return cli.run(line);
  }

  private JsonNode status() {
    return new JsonMapper().readTree(cli.run("status", "--json").out()).get(0);
  }

  @Test
  void goesToItsEndAndHandsTheDocumentBackFilledIn() throws IOException {
    Cli.Result first = start();
    assertThat(first.code()).isEqualTo(5);
    assertThat(first.out()).contains("waits: lead: to be done", "tminus sign lead --run");

    assertThat(cli.run("sign", "--set", "lead=Grace").code()).isZero();
    assertThat(cli.run("resume").code()).isEqualTo(5);
    assertThat(cli.run("sign", "by mail").code()).isZero();
    assertThat(cli.run("sign", "phone", "--as", "Grace").code()).isZero();
    assertThat(cli.run("resume").out()).contains("tminus go go-no-go-decision");
    assertThat(folder.resolve("mark")).doesNotExist();
    assertThat(cli.run("go", "--as", "Grace").out()).contains("GO by Grace");
    assertThat(cli.run("resume").code()).isEqualTo(5);
    assertThat(folder.resolve("mark")).exists();
    assertThat(cli.run("sign", "status", "--choose", "healthy").code()).isZero();
    Cli.Result last = cli.run("resume");
    assertThat(last.code()).isZero();

    assertThat(cli.run("report", "--out", "record").code()).isZero();
    String id = status().path("id").asString();
    assertThat(Files.readString(folder.resolve("record").resolve(id + ".md")))
        .isEqualTo(
            CHECKLIST
                .replace("**Lead:** ____", "**Lead:** Grace")
                .replace("[NAME]", "world")
                .replace("[ ] GO", "[x] GO")
                .replace("- [ ]", "- [x]")
                .replace("✓ HEALTHY", "[x] ✓ HEALTHY"));
    assertThat(folder.resolve("record").resolve(id + ".html")).exists();
    assertThat(folder.resolve("record").resolve(id + ".pdf")).exists();
    assertThat(cli.run("verify").code()).isZero();
  }

  @Test
  void aNoGoEndsItBeforeAnythingChanged() {
    start();
    cli.run("sign");
    cli.run("resume");
    cli.run("sign", "mail");
    cli.run("sign", "phone");
    cli.run("resume");
    assertThat(cli.run("no-go").out()).contains("NO-GO by Ada");
    assertThat(status().path("result").asString()).isEqualTo("no-go");
    assertThat(folder.resolve("mark")).doesNotExist();
    assertThat(cli.run("sign", "mark").err()).contains("the run is over (no-go)");
    assertThat(cli.run("sign", "mark").code()).isEqualTo(2);
  }

  @Test
  void aCommandThatDoesNotMeetItsExpectationStopsThereUntilAPersonDecides() {
    assertThat(cli.run("run", "a.md", "--commands", "run", "--param", "NAME=moon").code())
        .isEqualTo(5);
    cli.run("sign");
    Cli.Result result = cli.run("resume");
    assertThat(result.code()).isEqualTo(5);
    assertThat(result.out()).contains("FAILED", "tminus waive say-hello-to-name");
    assertThat(cli.run("go").code()).isEqualTo(2);
    assertThat(cli.run("skip").code()).isEqualTo(2);
    assertThat(cli.run("waive", "hello", "--reason", "it greets the moon").out())
        .contains("WAIVED by Ada (it greets the moon)");
  }

  @Test
  void theBindingSaysHowLongAStepsCommandsMayTake() throws IOException {
    cli.write(
        "slow.md", "- [ ] Back up\n\n  ```bash\n  echo begun > slow; exec sleep 600\n  ```\n");
    cli.write("tminus.yaml", "checklist: slow.md\nsafety: { Back up: { timeout: 1s } }\n");
    Cli.Result result = cli.run("run", "slow.md", "--commands", "run");
    assertThat(result.out())
        .contains("FAILED (line 4: not done within 1 s (timeout in the binding), and ended)");
    assertThat(folder.resolve("slow")).exists();
    assertThat(result.code()).isEqualTo(5);
  }

  @Test
  void nothingAfterAGateCanBeSignedBeforeIt() {
    start();
    assertThat(cli.run("sign", "leave-a-mark").err()).contains("it is not its turn");
  }

  @Test
  void whoEndsARunSaysWhy() {
    start();
    assertThat(cli.run("abort").err()).contains("abort: say why");
    assertThat(cli.run("abort", "wrong", "day").out()).contains("ABORTED", "wrong day");
  }

  @Test
  void aHeldRunStartsNothingUntilItIsResumed() {
    start();
    assertThat(cli.run("hold", "the", "coffee", "is", "out").out())
        .contains("HELD by Ada (the coffee is out)");
    assertThat(cli.run("sign").err()).contains("the run is held");
    assertThat(cli.run("resume").out()).contains("resumed by Ada");
  }

  @Test
  void theSameDocumentGoesOnWithItsRunAndAChangedOneSaysSo() throws IOException {
    start();
    assertThat(start().out()).contains("going on with run");
    cli.write("a.md", CHECKLIST + "- [ ] One more\n");
    Cli.Result changed = start();
    assertThat(changed.code()).isEqualTo(2);
    assertThat(changed.err()).contains("its plan differs", "tminus resume", "--new");
    assertThat(start("--new").code()).isEqualTo(5);
  }

  @Test
  void verifyNamesTheEntryThatSomebodyChanged() throws SQLException {
    start();
    cli.run("sign", "--set", "lead=Grace");
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(".tminus/journal.db"));
        var statement = connection.createStatement()) {
      statement.executeUpdate("DROP TRIGGER event_no_update");
      statement.executeUpdate(
          "UPDATE event SET body = replace(body, 'Grace', 'Mallory') WHERE seq = 3");
    }
    Cli.Result result = cli.run("verify");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("entry 3 does not fit");
  }

  @Test
  void commandsStayOffUnlessSomebodySaysOtherwise() {
    assertThat(cli.run("run", "a.md", "--param", "NAME=world").out()).contains("commands are off");
    cli.run("sign");
    assertThat(cli.run("resume").out()).contains("to be done by hand: commands are off");
  }

  @Test
  void secretsOfTheEnvironmentDoNotReachTheJournal() throws IOException {
    cli.write("b.md", "- [ ] Show\n  ```bash\n  echo \"login as $DEPLOY_PASSWORD\"\n  ```\n");
    // The redaction itself is tested with the shell; here it is the parameter that must not get in.
    Cli.Result result = cli.run("run", "b.md", "--param", "DEPLOY_PASSWORD=hunter2hunter2");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("is a secret by its name").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"it smells", "--reason=it smells"})
  void aRollbackWaitsForNobodyAndIsDoneWhenNoProcessDrivesTheRun(String why) throws IOException {
    cli.write(
        "c.md",
        "# C\n\n- [ ] One\n\n## Rollback\n\n- [ ] Put it back\n  ```bash\n  echo back > back\n  ```\n");
    cli.run("run", "c.md", "--commands", "run");
    Cli.Result result = cli.run("rollback", why);
    assertThat(result.out())
        .contains("ROLLBACK started by Ada (it smells)", "Put it back: done", "ROLLED BACK");
    assertThat(result.code()).isEqualTo(3);
    assertThat(folder.resolve("back")).exists();
  }
}
