package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `tminus rehearse` shows. The golden files are written anew with `-Dtminus.golden=write`; a
/// change of theirs is a change of what a rehearsal comes to.
class RehearseCommandTest {

  private static final Path GOLDEN = Path.of("src/test/resources/tminus/cli");

  @TempDir Path folder;

  private Cli.Result rehearse(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rehearse"));
    all.addAll(List.of(arguments));
    return new Cli(folder).run(all.toArray(String[]::new));
  }

  private Cli.Result shop(String... arguments) throws IOException {
    for (String name : List.of("PRODUCTION_DEPLOYMENT.md", "tminus.yaml")) {
      Files.copy(Cli.home().resolve("examples/shop").resolve(name), folder.resolve(name));
    }
    return rehearse(
        Stream.concat(
                Stream.of("PRODUCTION_DEPLOYMENT.md"),
                Stream.concat(
                    Stream.of(
                        "--param",
                        "VERSION=v2",
                        "--param",
                        "SHOP=shop",
                        "--param",
                        "CANDIDATE=new"),
                    Stream.of(arguments)))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "rehearse-shop.txt,",
    "rehearse-shop-errors.txt, errors 8% at 25%",
    "rehearse-shop-router.txt, router fails at 'Shift 50 %'",
    "rehearse-shop-crash.txt, controller crash at 50% after 1 min for 30s"
  })
  void theShopsChecklistIsRehearsed(String golden, String fault) throws IOException {
    Cli.Result result = fault == null ? shop() : shop("--fault", fault);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    Path file = GOLDEN.resolve(golden);
    if ("write".equals(System.getProperty("tminus.golden"))) {
      Files.writeString(file, result.out());
    }
    assertThat(result.out()).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }

  @Test
  void manyRehearsalsGiveADistributionAndTheSameEachTime() throws IOException {
    Cli.Result result = shop("--fault", "errors 8% at 25%", "--runs", "12");
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("12 rehearsals", "rolled back      12", "median", "p95", "detection", "█")
        .contains("The document promises nothing of the way back");
    String again =
        rehearse(
                "PRODUCTION_DEPLOYMENT.md",
                "--param",
                "VERSION=v2",
                "--param",
                "SHOP=shop",
                "--param",
                "CANDIDATE=new",
                "--fault",
                "errors 8% at 25%",
                "--runs",
                "12")
            .out();
    assertThat(withoutTime(again)).isEqualTo(withoutTime(result.out()));
  }

  private static String withoutTime(String output) {
    return output.lines().skip(1).collect(Collectors.joining("\n"));
  }

  // ---- Promises

  private Cli.Result promising(String time, String... arguments) throws IOException {
    new Cli(folder)
        .write(
            "promise.md",
            """
            # Shop

            **Rollback Time:** < %s

            ## Deployment

            - [ ] Shift 50 %% of the traffic to the new version
            - [ ] Watch for 5 minutes
              - Error rate < 1 %%
            - [ ] Everybody is content

            ## Rollback

            - Error rate > 5 %% for 30 seconds
            """
                .formatted(time));
    return rehearse(
        Stream.concat(Stream.of("promise.md"), Stream.of(arguments)).toArray(String[]::new));
  }

  @Test
  void aPromiseThatIsKeptIsSaidSo() throws IOException {
    Cli.Result result = promising("5 minutes", "--fault", "errors 20% at 50%");
    assertThat(result.out())
        .contains("Assumed: two slots and a router")
        .contains("rolled back after")
        .contains("✓ kept  line 3, Rollback Time: < 5 minutes");
    assertThat(result.code()).isZero();
  }

  @Test
  void aPromiseThatIsNotKeptFailsTheCommand() throws IOException {
    String[] slow = {"--fault", "errors 20% at 50%", "--fault", "router slow 20s after 10s"};
    Cli.Result once = promising("10 seconds", slow);
    assertThat(once.out()).contains("✗ not kept  line 3, Rollback Time: < 10 seconds");
    assertThat(once.code()).isEqualTo(1);
    Cli.Result often =
        promising(
            "10 seconds",
            Stream.concat(Stream.of(slow), Stream.of("--runs", "20")).toArray(String[]::new));
    assertThat(often.out()).contains("✗ not kept in 20 of 20");
    assertThat(often.code()).isEqualTo(1);
  }

  @Test
  void aPromiseThatWasNotPutToTheTestSaysSo() throws IOException {
    Cli.Result result = promising("5 minutes");
    assertThat(result.out()).contains("· not put to the test");
    assertThat(result.code()).isZero();
  }

  @Test
  void thePromisesOfTheRealChecklistsAreFound() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path seed : Cli.seeds()) {
      Path copy = folder.resolve(seed.getFileName().toString() + ".md");
      Files.copy(seed, copy);
      Cli.Result result = rehearse(copy.toString(), "--choose", "Blue-Green Deployment", "--json");
      if (result.code() == 2) {
        // Two of them have nothing to choose.
        result = rehearse(copy.toString(), "--json");
      }
      assertThat(result.code()).as(seed + ": " + result.err()).isZero();
      String name = seed.getFileName().toString().substring(0, 3);
      result
          .out()
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("\"limit\"") || line.startsWith("\"kind\""))
          .forEach(line -> found.add(name + " " + line.replaceAll("[\",]", "")));
    }
    assertThat(found)
        .containsExactly(
            "001 kind : rollback",
            "001 limit : 300.0",
            "001 kind : recovery",
            "001 limit : 300.0",
            "001 kind : data loss",
            "001 limit : 3600.0",
            "002 kind : rollback",
            "002 limit : 300.0",
            "002 kind : rollback",
            "002 limit : 300.0",
            "003 kind : recovery",
            "003 limit : 14400.0",
            "003 kind : data loss",
            "003 limit : 3600.0");
  }

  // ---- People

  @Test
  void aRunThatNobodyComesForIsSaidToWait() throws IOException {
    Cli.Result result = promising("5 minutes", "--fault", "absent");
    assertThat(result.out()).contains("still waiting after", "nobody came");
    assertThat(result.code()).isEqualTo(5);
  }

  @Test
  void whoIsLateIsWaitedFor() throws IOException {
    Cli.Result result =
        promising("5 minutes", "--fault", "late 40 min Lead at 'Everybody is content'");
    assertThat(result.out()).containsPattern("4\\d min \\d+ s for: Everybody is content");
  }

  // ---- Checks

  @Test
  void checksThatProveNothingAreNamedWithTheBrokenWorldTheyAccept() throws IOException {
    new Cli(folder)
        .write(
            "checks.md",
            """
            # Checks

            - [ ] Nothing is down

              ```bash
              kubectl get pods -A | grep -v Running
              ```

            - [ ] The service answers

              ```bash
              curl -s http://shop.example/health
              ```

            - [ ] The service answers well

              ```bash
              curl -fsS http://shop.example/health
              # Expected: {"status":"ok","version":"2.1.0"}
              ```

            - [ ] Nothing secret is in the history

              ```bash
              git log -S "password\\|secret" --oneline
              # Should return empty
              ```
            """);
    Cli.Result result = rehearse("checks.md");
    assertThat(result.out())
        .contains("checks.md:6: proves nothing when a line that says it does not run: kubectl")
        .contains("checks.md:12: proves nothing when the service answers HTTP 500: curl")
        .contains("checks.md:25: proves nothing when what it looks for is there: git log")
        .doesNotContain("checks.md:18");
  }

  // ---- What is wrong

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --fault 'erors 8%'             | 'erors 8%' is no fault - known are
          --fault 'check fails at Mars'  | no step of the plan has 'Mars' in its words
          --rate 0                       | requests per second: 0.0 is not more than 0
          --runs 0                       | --runs: 0 - use 1 to 1000000
          """)
  void whatCannotBeRehearsedIsSaid(String option, String problem) throws IOException {
    String name = option.substring(0, option.indexOf(' '));
    String value = option.substring(option.indexOf(' ') + 1).replaceAll("^'|'$", "");
    Cli.Result result = promising("5 minutes", name, value);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(problem);
  }

  @Test
  void aSoakNeedsNoFileAndSaysHowMuchItSaw() {
    Cli.Result result = rehearse("--soak", "--runs", "4");
    assertThat(result.out()).containsPattern("4 runs, \\d+ events, in .*: 7 invariants, all kept");
    assertThat(result.code()).isZero();
    assertThat(rehearse().err()).contains("Missing required parameter: 'FILE'");
  }
}
