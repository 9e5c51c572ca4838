package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bindings that are wrong, word for word, and what the right ones do.
class BindingTest {

  @TempDir private Path folder;

  /// One of `bindings.txt`.
  record Refused(String name, String document, String binding, List<String> problems) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Refused> refused() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(BindingTest.class.getResourceAsStream("bindings.txt"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      String[] parts = text.split("(?m)^== ", -1);
      String document = parts[0].substring(parts[0].indexOf("# A"));
      List<Refused> all = new ArrayList<>();
      for (String part : List.of(parts).subList(1, parts.length)) {
        int name = part.indexOf('\n');
        int end = part.indexOf("\n--\n");
        all.add(
            new Refused(
                part.substring(0, name),
                document,
                part.substring(name + 1, end + 1),
                part.substring(end + 4).strip().lines().toList()));
      }
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedWithAllThatIsWrong(Refused example) throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", example.document());
    cli.write("tminus.yaml", example.binding());
    Cli.Result result = cli.run("plan", "a.md");
    assertThat(result.err().lines().map(line -> line.replaceFirst("^tminus: ", "")))
        .containsExactlyElementsOf(example.problems());
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void aValueOfTheCommandLineMustMatchThePatternToo() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] Put [VERSION]\n");
    cli.write("tminus.yaml", "parameters:\n  VERSION: { pattern: 'v\\d+' }\n");
    assertThat(cli.run("plan", "a.md", "--param", "VERSION=2").err())
        .isEqualTo(
            "tminus: parameter VERSION: its value (2) does not match its pattern (v\\d+, at tminus.yaml:2:23) - give one that does\n");
    assertThat(cli.run("plan", "a.md", "--param", "VERSION=v2").out()).contains("Put v2");
  }

  @Test
  void thePlanShowsWhoHoldsARoleHoweverItIsSpelt() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "# A\n\n**Responsible:** Release Manager\n\n- [ ] One\n");
    cli.write("tminus.yaml", "people: { release-manager: [ada@example.com, bo@example.com] }\n");
    assertThat(cli.run("plan", "a.md").out())
        .contains("One  Release Manager (ada@example.com, bo@example.com)");
    assertThat(cli.run("plan", "a.md", "--json").out()).contains("\"release-manager\"");
  }

  @Test
  void thePlanShowsWhatTakesAStepBackAndHowLongItMayTake() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] Switch over\n\n  ```bash\n  ./switch over\n  ```\n");
    cli.write("tminus.yaml", "safety: { Switch: { undo: ./switch back, timeout: 90m } }\n");
    assertThat(cli.run("plan", "a.md").out())
        .contains("undo: ./switch back", "each command: at most 1 h 30 min");
  }

  @Test
  void aBindingNestedWithoutEndIsRefused() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] One\n");
    cli.write("tminus.yaml", "[".repeat(100_000));
    assertThat(cli.run("plan", "a.md").err())
        .isEqualTo(
            "tminus: tminus.yaml:1:51: is nested more than 50 levels deep - a binding needs five\n");
  }

  @Test
  void aBindingOfAnotherDocumentIsLeftAlone() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] One\n");
    cli.write("b.md", "- [ ] Two\n");
    cli.write("tminus.yaml", "checklist: b.md\npace: 60\nsteps: { Two: { attest: DBA } }\n");
    assertThat(cli.run("plan", "a.md").out()).doesNotContain("shorter");
    assertThat(cli.run("plan", "b.md").out()).contains("60 times shorter", "DBA");
  }

  @Test
  void aNameWithoutAValueIsNotActedOn() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] Put [VERSION] into the slot\n");
    cli.write("tminus.yaml", "steps:\n  Put: { deploy: $VERSION }\n");
    assertThat(cli.run("plan", "a.md").code()).isZero();
    Cli.Result run = cli.run("run", "a.md");
    assertThat(run.err())
        .isEqualTo(
            "tminus: tminus.yaml:2:18: $VERSION has no value - give it with --param VERSION=VALUE\n");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void theShopsBindingIsAccepted() {
    Cli.Result result =
        new Cli(Cli.home().resolve("examples/shop")).run("plan", "PRODUCTION_DEPLOYMENT.md");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("retire the stable slot", "candidate gets 10 %");
  }

  @Test
  void aFenceGoesBeforeFrontMatterAndFrontMatterBeforeTheFile() throws IOException {
    Cli cli = new Cli(folder);
    cli.write(
        "a.md",
        """
        ---
        title: another tool's
        tminus:
          parameters: { NAME: front }
          steps: { Deploy it: { attest: Front } }
        ---
        # A

        - [ ] Greet [NAME] in [PLACE]
        - [ ] Deploy it
        - [ ] Deploy more

          ```tminus
          attest: Fence
          ```
        """);
    cli.write(
        "tminus.yaml",
        """
        parameters: { NAME: file, PLACE: file }
        steps:
          Deploy it: { attest: File }
          Deploy more: { notify: File }
        """);
    assertThat(cli.run("plan", "a.md").out())
        .contains("Greet front in file", "Deploy it  Front", "Deploy more  Fence");
  }

  @Test
  void whatIsWrongInADocumentIsToldWithItsPlaceThere() throws IOException {
    Cli cli = new Cli(folder);
    cli.write(
        "a.md",
        """
        ---
        tminus:
          checklist: a.md
          pase: 2
        ---
        ```tminus
        deploy: v1
        ```

        - [ ] One

          ```tminus
          dploy: v1
          ```

        - [ ] Two

          ```tminus
          deploy: $NOWHERE
          ```

          ```tminus
          deploy: v2
          ```

        """);
    assertThat(cli.run("plan", "a.md").err())
        .isEqualTo(
            """
            tminus: a.md:3:14: checklist is this very document - leave it out
            tminus: a.md:4:3: unknown key pase - did you mean pace?
            tminus: a.md:6:1: the fence is under no item - indent it as far as an item's words
            tminus: a.md:13:3: unknown key dploy - did you mean deploy?
            tminus: a.md:22:3: its item has a fence already (at a.md:18:3) - keep one of them
            """);
  }
}
