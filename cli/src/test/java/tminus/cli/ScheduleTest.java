package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the user sees of time, on a clock of the test's own.
class ScheduleTest {

  private static final String CHECKLIST =
      """
      # Shop release

      ## Checks (T-30 minutes)

      - [ ] Backup taken
        - **Responsible:** DBA
      - [ ] Tests green

      ## Deploy (T+0 to T+10 min)

      ```bash
      # Deploy the new version
      touch deployed
      ```

      ## Watch (10 minutes)

      - [ ] Errors are low
      """;

  @TempDir private Path folder;

  /// A Tuesday, 09:45 in Berlin.
  private Instant now = Instant.parse("2026-12-01T08:45:00Z");

  @BeforeEach
  void write() throws IOException {
    Cli cli = new Cli(folder);
    cli.write("a.md", CHECKLIST);
    cli.write(
        "tminus.yaml",
        """
        windows: [{ days: Mon-Thu, from: '09:00', to: '16:00', zone: Europe/Berlin }]
        freezes: [{ from: 2026-12-19, to: 2027-01-02, reason: year end, zone: Europe/Berlin }]
        """);
  }

  private Cli.Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Map.of("TMINUS_USER", "Ada", "TMINUS_STORE", folder.resolve(".tminus").toString()),
            folder,
            () -> now);
    int code = Main.execute(console, arguments);
    return new Cli.Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private JsonNode json(String... arguments) {
    Cli.Result result = run(arguments);
    assertThat(result.err()).isEmpty();
    return new JsonMapper().readTree(result.out());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void aPlanWithATZeroShowsWhenEachSectionIsDue() {
    assertThat(run("plan", "a.md", "--t-zero", "2026-12-01T10:00[Europe/Berlin]").out())
        .contains(
            "T-0 Tue 2026-12-01 10:00 +01:00 (09:00 UTC), in 15 min\n",
            "Checks (T-30 minutes)\n  due Tue 2026-12-01 09:30–10:00 (08:30–09:00 UTC)\n",
            "Deploy (T+0 to T+10 min)\n  due Tue 2026-12-01 10:00–10:10 (09:00–09:10 UTC)\n",
            "Watch (10 minutes)\n  due Tue 2026-12-01 10:10–10:20 (09:10–09:20 UTC)\n")
        .doesNotContain("may not act");
    assertThat(run("plan", "a.md").out()).doesNotContain("  due ");
  }

  @Test
  void aPlanWithATZeroShowsWhatFallsOutsideTheCalendar() {
    assertThat(run("plan", "a.md", "--t-zero", "2026-12-01T15:55[Europe/Berlin]").out())
        .contains(
            "  may not act from 16:00 on: outside the windows: Mon-Thu 09:00-16:00 Europe/Berlin,"
                + " until Wed 2026-12-02 09:00\n")
        .doesNotContain("may not act at T-0");
    assertThat(run("plan", "a.md", "--t-zero", "2026-12-24T23:30[Europe/Berlin]").out())
        .contains(
            "may not act at T-0: freeze: year end (2026-12-19 to 2027-01-02 Europe/Berlin), until"
                + " Mon 2027-01-04 09:00\n",
            "  due Thu 2026-12-24 23:30–23:40 (22:30–22:40 UTC)\n  may not act then: freeze");
    JsonNode schedule =
        json("plan", "a.md", "--json", "--t-zero", "2026-12-24T10:00[Europe/Berlin]")
            .path("schedule");
    assertThat(schedule.path("local").asString()).isEqualTo("2026-12-24T10:00+01:00");
    assertThat(schedule.path("closed").path("opens").asString()).isEqualTo("2027-01-04T08:00:00Z");
    JsonNode deploy = schedule.path("sections").get(1);
    assertThat(deploy.path("begin").asString()).isEqualTo("2026-12-24T09:00:00Z");
    assertThat(deploy.path("beginLocal").asString()).isEqualTo("2026-12-24T10:00+01:00");
    assertThat(deploy.path("closed").path("reason").asString()).startsWith("freeze: year end");
    assertThat(schedule.path("sections").get(0).path("closed").isNull()).isTrue();
  }

  @Test
  void theCalendarIsUnderThePlansHash() throws IOException {
    String hash = json("plan", "a.md", "--json").path("hash").asString();
    new Cli(folder)
        .write("tminus.yaml", "windows: [{ from: '09:00', to: '17:00', zone: Europe/Berlin }]\n");
    JsonNode other = json("plan", "a.md", "--json");
    assertThat(other.path("hash").asString()).isNotEqualTo(hash);
    assertThat(other.path("calendar").path("windows").get(0).path("to").asString())
        .isEqualTo("17:00:00");
  }

  @Test
  void statusSaysWhatIsLateWhatIsCriticalAndWhenItEnds() {
    Cli.Result start =
        run("run", "a.md", "--commands", "run", "--t-zero", "2026-12-01T10:00[Europe/Berlin]");
    assertThat(start.out()).contains("T-0 is 2026-12-01T09:00:00Z");
    pass(Duration.ofMinutes(17));
    JsonNode run = json("status", "--json").get(0);
    String id = run.path("id").asString();
    assertThat(run.path("schedule").path("tZero").asString()).isEqualTo("2026-12-01T09:00:00Z");
    assertThat(run.path("schedule").path("late").size()).isEqualTo(2);
    assertThat(run.path("schedule").path("mayAct").path("open").asBoolean()).isTrue();
    assertThat(run("status", id).out())
        .contains(
            "late: Backup taken, due ",
            ", 2 min ago (DBA)\n",
            "critical path: ",
            " → Errors are low\n",
            "ends about ",
            "of it known from the document\n");
    assertThat(run("status").out()).contains("  2 late  ends about ", "  waits: backup-taken");
  }

  @Test
  void nothingIsPromisedOfWhatNobodyKnows() throws IOException {
    new Cli(folder).write("b.md", "# B\n\n- [ ] One\n- [ ] Two\n");
    run("run", "b.md");
    assertThat(run("status", json("status", "--json").get(0).path("id").asString()).out())
        .contains("when it ends nobody can say")
        .doesNotContain("T-0", "late", "ends about");
    run("run", "a.md", "--t-zero", "2026-12-01T09:00[Europe/Berlin]");
    assertThat(run("status", json("status", "--json").get(0).path("id").asString()).out())
        .contains("ends not before ", "25 % of it known from the document");
  }

  @Test
  void whatPastRunsTookIsExpectedOfTheNextOne() {
    run("run", "a.md", "--commands", "run");
    pass(Duration.ofMinutes(6));
    run("sign", "Tests green");
    run("sign", "Backup taken");
    run("resume");
    pass(Duration.ofMinutes(20));
    run("sign", "Errors are low");
    assertThat(run("resume").out()).contains("SUCCEEDED");
    run("run", "a.md", "--commands", "run");
    JsonNode ending = json("status", "--json").get(0).path("schedule").path("ending");
    assertThat(ending.path("pastRuns").asInt()).isEqualTo(1);
    assertThat(ending.path("fromPast").asInt()).isEqualTo(3);
    assertThat(Duration.between(now, Instant.parse(ending.path("earliest").asString())))
        .isBetween(Duration.ofMinutes(26), Duration.ofMinutes(27));
    assertThat(json("status", "--json").get(1).path("schedule").isNull()).isTrue();
  }

  @Test
  void aTZeroInThePastIsAllowedAndSaid() {
    assertThat(run("run", "a.md", "--t-zero=-2h").out())
        .contains("T-0 was 2 h ago: what was due since then is late");
  }

  @Test
  void aRunThatGoesOnKeepsItsTZero() {
    run("run", "a.md", "--t-zero", "2026-12-01T10:00[Europe/Berlin]");
    assertThat(run("run", "a.md").out()).contains("going on with run");
    assertThat(run("run", "a.md", "--t-zero", "2026-12-01T09:00Z").out())
        .contains("going on with run");
    Cli.Result other = run("run", "a.md", "--t-zero", "2026-12-01T11:00[Europe/Berlin]");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("is not over, and its T-0 is 2026-12-01T09:00:00Z - go on without --t-zero");
  }

  @Test
  void statusSaysWhenTheRunMayNotAct() {
    now = Instant.parse("2026-12-24T10:00:00Z");
    run("run", "a.md");
    String id = json("status", "--json").get(0).path("id").asString();
    assertThat(run("status", id).out())
        .contains("may not act now: freeze: year end (2026-12-19 to 2027-01-02 Europe/Berlin)");
  }
}
