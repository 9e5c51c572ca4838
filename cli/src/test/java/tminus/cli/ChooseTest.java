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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Of several ways a run takes the one chosen, and never one that nobody chose.
class ChooseTest {

  private static final String DOCUMENT =
      """
      # Shop

      - [ ] Before

      ## Going live

      ### Method 1: Blue-Green (Recommended)

      - [ ] Switch the selector

      ### Method 2: Canary

      - [ ] Start the canary
        ```bash
        echo canary > canary
        ```

      ## Rollback

      ### The way back (Blue-Green)

      - [ ] Switch it back

      ### The way back (Canary)

      - [ ] Stop the canary
      """;

  @TempDir private Path folder;

  private Cli cli = new Cli(Path.of(""));

  @BeforeEach
  void setUp() throws IOException {
    cli = new Cli(folder);
    cli.write("a.md", DOCUMENT);
  }

  private JsonNode plan(String... options) {
    List<String> line = new ArrayList<>(List.of("plan", "a.md", "--json"));
    line.addAll(List.of(options));
    Cli.Result result = cli.run(line.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    return new JsonMapper().readTree(result.out());
  }

  private static List<String> titles(JsonNode list) {
    return list.valueStream().map(node -> node.path("title").asString()).toList();
  }

  @Test
  void thePlanAsksWhichOne() {
    assertThat(cli.run("plan", "a.md").out())
        .contains(
            """
            One of several ways
              ? Going live  choose one of
                  --choose 'Blue-Green'  line 7, 1 to do, recommended by the document
                  --choose 'Canary'  line 11, 1 to do
              ? Rollback  open: follows the way there, where it can
                  --choose 'Rollback=Blue-Green'  line 20, 1 to do
                  --choose 'Rollback=Canary'  line 24, 1 to do
            """,
            "to be chosen before a run: Going live\n");
    JsonNode plan = plan();
    assertThat(plan.at("/summary/open").asInt()).isEqualTo(1);
    assertThat(plan.at("/choices/0/decision").asString()).isEqualTo("OPEN");
    assertThat(plan.path("notChosen")).isEmpty();
    assertThat(titles(plan.path("steps"))).hasSize(3);
  }

  @Test
  void thePlanHasTheWayChosenAndListsTheOthers() {
    assertThat(cli.run("plan", "a.md", "--choose", "canary").out())
        .contains(
            """
            One of several ways
              ✓ Going live: Method 2: Canary  line 11, chosen
                  not chosen: Method 1: Blue-Green (Recommended)  line 7
                        9  attest  Switch the selector
              ✓ Rollback: The way back (Canary)  line 24, follows: as Canary in line 11
                  not chosen: The way back (Blue-Green)  line 20
                       22  attest  Switch it back
            """);
    JsonNode plan = plan("--choose", "canary");
    assertThat(titles(plan.path("steps"))).containsExactly("Before", "Start the canary");
    assertThat(titles(plan.path("rollback"))).containsExactly("Stop the canary");
    assertThat(plan.path("notChosen").toString())
        .isEqualTo(
            "[{\"line\":9,\"kind\":\"attest\",\"title\":\"Switch the selector\",\"way\":\"Method 1: Blue-Green (Recommended)\"},"
                + "{\"line\":22,\"kind\":\"attest\",\"title\":\"Switch it back\",\"way\":\"The way back (Blue-Green)\"}]");
  }

  @Test
  void theHashCoversTheChoice() {
    String canary = plan("--choose", "canary").path("hash").asString();
    assertThat(plan("--choose", "CANARY").path("hash").asString()).isEqualTo(canary);
    assertThat(plan("--choose", "blue").path("hash").asString()).isNotEqualTo(canary);
    assertThat(plan().path("hash").asString()).isNotEqualTo(canary);
  }

  @Test
  void theCommandLineGoesBeforeFrontMatterAndThatBeforeTheFile() throws IOException {
    cli.write("tminus.yaml", "choose: { Going live: canary }\n");
    assertThat(titles(plan().path("steps"))).contains("Start the canary");
    assertThat(titles(plan("--choose", "blue").path("steps"))).contains("Switch the selector");
    cli.write("a.md", "---\ntminus:\n  choose: { Method: blue }\n---\n" + DOCUMENT);
    assertThat(titles(plan().path("steps"))).contains("Switch the selector");
    assertThat(titles(plan("--choose", "canary").path("steps"))).contains("Start the canary");
    assertThat(titles(plan("--choose", "rollback=canary").path("rollback")))
        .containsExactly("Stop the canary");
  }

  @Test
  void whatTheCommandLineCannotMeanIsRefused() {
    assertThat(cli.run("plan", "a.md", "--choose", "purple", "--choose", "method").err())
        .isEqualTo(
            """
            tminus: --choose 'purple': no way is called 'purple' - there is Going live (line 7): 'Blue-Green', 'Canary'; Rollback (line 20): 'Blue-Green', 'Canary'
            tminus: --choose 'method': 'method' means 2 ways (Method 1: Blue-Green (Recommended); Method 2: Canary) - use more of the words of one, or WHAT=WAY
            """);
    assertThat(cli.run("plan", "a.md", "--choose", "canary", "--choose", "blue").err())
        .isEqualTo(
            "tminus: --choose 'blue': of Going live (line 7) another way is chosen (--choose 'canary') - keep one of them\n");
  }

  @Test
  void aDocumentWithOneWayHasNothingToChoose() throws IOException {
    cli.write("b.md", "- [ ] One\n");
    assertThat(cli.run("plan", "b.md", "--choose", "canary").err())
        .isEqualTo(
            "tminus: --choose 'canary': the document has one way to do each thing - leave the choice out\n");
  }

  @Test
  void noRunStartsWithoutAChoice() {
    Cli.Result refused = cli.run("run", "a.md");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "tminus: a.md:7: Going live: one of 'Blue-Green' (recommended), 'Canary' must be chosen before a run"
                + " - give --choose 'Blue-Green', or put choose: { 'Going live': 'Blue-Green' } into the binding\n");
    assertThat(folder.resolve(".tminus")).doesNotExist();
  }

  @Test
  void aRunDoesTheWayChosenAndGoesOnWithIt() throws IOException {
    Cli.Result started = cli.run("run", "a.md", "--choose", "canary", "--commands", "run");
    assertThat(started.code()).isEqualTo(5);
    assertThat(cli.run("run", "a.md", "--commands", "run").out()).contains("going on with run");
    assertThat(cli.run("run", "a.md", "--choose", "blue").err()).contains("its plan differs");
    assertThat(cli.run("sign", "before").code()).isZero();
    assertThat(cli.run("resume").code()).isZero();
    assertThat(folder.resolve("canary")).exists();
    cli.run("report", "--out", "record");
    try (var files = Files.list(folder.resolve("record"))) {
      Path record = files.filter(file -> file.toString().endsWith(".md")).findFirst().orElseThrow();
      assertThat(Files.readString(record))
          .contains("- [x] Start the canary", "- [ ] Switch the selector");
    }
    try (var files = Files.list(folder.resolve("record"))) {
      Path report =
          files.filter(file -> file.toString().endsWith(".html")).findFirst().orElseThrow();
      assertThat(Files.readString(report))
          .contains(
              "Going live: Method 2: Canary. Not chosen: Method 1: Blue-Green (Recommended) (line 7).");
    }
  }

  @Test
  void aNewRunIsChosenForAnew() {
    cli.run("run", "a.md", "--choose", "canary");
    assertThat(cli.run("run", "a.md", "--new").err()).contains("must be chosen before a run");
  }

  @Test
  void aPartNeedsOnlyItsOwnChoices() throws IOException {
    cli.write("a.md", DOCUMENT.replace("- [ ] Before", "## Ready\n\n- [ ] Before"));
    Cli.Result part = cli.run("run", "a.md", "--only", "ready");
    assertThat(part.err()).isEmpty();
    assertThat(part.code()).isEqualTo(5);
    assertThat(cli.run("plan", "a.md", "--only", "ready").out())
        .contains("Rollback: none of them  not needed: this part changes nothing");
    assertThat(cli.run("run", "a.md", "--new", "--only", "going live").err())
        .contains("must be chosen before a run");
    assertThat(cli.run("plan", "a.md", "--only", "method 2", "--choose", "blue").err())
        .isEqualTo(
            "tminus: --only: Method 2: Canary (line 13) is not chosen - choose it with --choose 'Canary'\n");
  }

  @Test
  void stepsOfAWayNotTakenMayBeBound() throws IOException {
    cli.write("tminus.yaml", "steps: { Switch the selector: { attest: DBA } }\n");
    assertThat(titles(plan("--choose", "canary").path("steps"))).contains("Start the canary");
    assertThat(cli.run("plan", "a.md", "--choose", "blue").out())
        .contains("Switch the selector  DBA");
  }

  @Test
  void initProposesTheRecommendedWayWithAllOthersBesideIt() throws IOException {
    String proposed = cli.run("init", "--print", "a.md").out();
    assertThat(proposed)
        .contains(
            """
            # choose:
            #   # 'Blue-Green', line 7: recommended by the document
            #   # 'Canary', line 11
            #   'Going live': 'Blue-Green'
            #   # 'Blue-Green', line 20
            #   # 'Canary', line 24
            #   # 'Rollback': as the way above, unless said here
            """);
    List<String> used =
        proposed
            .lines()
            .map(line -> line.matches("# (choose:| +'Going live'.*)") ? line.substring(2) : line)
            .toList();
    cli.write("tminus.yaml", String.join("\n", used));
    assertThat(titles(plan().path("rollback"))).containsExactly("Switch it back");
  }

  @Test
  void lintFindsAWayWithoutAWayBackOnceItIsChosen() throws IOException {
    cli.write("a.md", DOCUMENT.replace("way back (Canary)", "way back (Rolling)"));
    assertThat(cli.run("lint", "a.md").out()).doesNotContain("way-without-way-back");
    cli.write("tminus.yaml", "choose: { Going live: canary }\n");
    assertThat(cli.run("lint", "a.md").out())
        .contains("way-without-way-back", "Canary is chosen, and the way back is known for");
    cli.write("tminus.yaml", "choose: { Going live: canary, Rollback: rolling }\n");
    assertThat(cli.run("lint", "a.md").out()).doesNotContain("way-without-way-back");
  }

  /// For each real checklist and choice: a line whose step is there, one that is not chosen, how
  /// many steps there are, how many of the rollback, and how many are not chosen.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | blue-green                              | 738  | 842  | 335 | 17 | 8
          0 | rolling                                 | 842  | 738  | 291 | 10 | 47
          0 | canary; Rollback Procedures=none        | 875  | 1071 | 290 | 9  | 51
          0 | canary; Rollback Procedures=rolling     | 1100 | 1071 | 290 | 10 | 50
          1 | manual                                  | 257  | 239  | 135 | 8  | 1
          1 | automatic                               | 239  | 257  | 135 | 8  | 1
          2 | snapshot                                | 1086 | 1096 | 452 | 37 | 1
          2 | migrations manually                     | 1086 | 1088 | 452 | 35 | 1
          3 | Blue-Green                              | 33   | 61   | 68 | 7  | 7
          3 | canary                                  | 61   | 33   | 71 | 6  | 5
          """)
  void takesEachWayOfTheRealChecklists(
      int seed, String choose, int there, int notChosen, int steps, int rollback, int left)
      throws IOException {
    List<String> line =
        new ArrayList<>(List.of("plan", Cli.seeds().get(seed).toString(), "--json"));
    for (String way : choose.split("; ", -1)) {
      line.addAll(List.of("--choose", way));
    }
    Cli.Result result = cli.run(line.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    JsonNode plan = new JsonMapper().readTree(result.out());
    List<Integer> lines = new ArrayList<>();
    plan.path("steps").forEach(step -> lines.add(step.path("line").asInt()));
    plan.path("rollback").forEach(step -> lines.add(step.path("line").asInt()));
    List<Integer> leftOut = new ArrayList<>();
    plan.path("notChosen").forEach(step -> leftOut.add(step.path("line").asInt()));
    assertThat(lines).contains(there).doesNotContain(notChosen);
    assertThat(leftOut).contains(notChosen).hasSize(left).doesNotContainAnyElementsOf(lines);
    assertThat(plan.at("/summary/open").asInt()).isZero();
    assertThat(plan.path("steps").size()).isEqualTo(steps);
    assertThat(plan.path("rollback").size()).isEqualTo(rollback);
  }
}
