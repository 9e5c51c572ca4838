package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tminus.core.checklist.Checklist;
import tminus.core.lint.Finding;
import tminus.core.lint.Lint;
import tminus.core.lint.Linter;
import tminus.core.lint.Rule;
import tminus.core.lint.Severity;
import tminus.core.plan.Binding;
import tminus.markdown.MarkdownReader;

/// What each rule finds, and what looks much the same and is in order.
class LintRulesTest {

  /// Bound to a router and its metrics, so that rules about them have something to say.
  private static final Binding BOUND = new Binding(Map.of(), Map.of(), true, 1);

  /// What an example is bound to in its own front matter counts, too.
  private static Lint lint(String text) {
    Checklist checklist = MarkdownReader.read("a.md", text);
    Problems problems = new Problems();
    Document document = new Document("a.md", Path.of("a.md"), text);
    Binding own =
        InDocument.over(BindingFile.NONE, document, checklist, problems).planning(Map.of(), 1);
    problems.check();
    return Linter.lint(checklist, text, BOUND.choosing(own.choose()));
  }

  private static List<String> ids(Lint lint) {
    return lint.findings().stream().map(finding -> finding.rule().id()).distinct().toList();
  }

  static List<Rule> rules() {
    return Linter.rules();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void findsItsOwnBadExample(Rule rule) {
    assertThat(ids(lint(rule.bad()))).contains(rule.id());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void findsNothingOfItsKindInItsGoodExample(Rule rule) {
    assertThat(ids(lint(rule.good()))).doesNotContain(rule.id());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anAcceptanceWithAReasonTakesItsFindingAway(Rule rule) {
    List<Finding> found =
        lint(rule.bad()).findings().stream().filter(f -> f.rule().equals(rule)).toList();
    if (rule.id().startsWith("acceptance")) {
      return;
    }
    List<String> lines = new ArrayList<>(rule.bad().lines().toList());
    found.stream()
        .map(Finding::line)
        .distinct()
        .sorted((a, b) -> b - a)
        .forEach(line -> lines.add(line - 1, acceptance(lines, line, rule)));
    String text = String.join("\n", lines);
    Lint lint = lint(text);
    assertThat(ids(lint)).as(text).doesNotContain(rule.id());
    assertThat(lint.accepted()).extracting(Lint.Accepted::reason).contains("we know");
  }

  /// A comment for the line before; in a script it is one of the shell's.
  private static String acceptance(List<String> lines, int line, Rule rule) {
    String next = lines.get(line - 1);
    String indent = next.substring(0, next.length() - next.stripLeading().length());
    long fences =
        lines.subList(0, line - 1).stream().filter(each -> each.strip().startsWith("```")).count();
    String form = fences % 2 == 1 ? "# tminus: %s" : "<!-- tminus: %s -->";
    return indent + form.formatted("accept %s because we know".formatted(rule.id()));
  }

  @Test
  void namesAreUniqueAndSortedByWeight() {
    assertThat(Linter.rules()).extracting(Rule::id).doesNotHaveDuplicates();
    assertThat(Linter.rules()).extracting(Rule::severity).isSorted();
  }

  /// Lines `+ rule | command | expectation` are found, those with `-` are not.
  static List<String> commands() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(LintRulesTest.class.getResourceAsStream("lint-commands.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsAreFoundOrNot(String row) {
    List<String> cells =
        Arrays.stream(row.substring(2).split(" ¦ ", -1)).map(String::strip).toList();
    String expected = cells.size() > 2 ? "\n# Expected: " + cells.get(2) : "";
    String text =
        "- [ ] Something\n\n```bash\n%s%s\n```\n\n## Rollback\n\n- [ ] Back\n"
            .formatted(cells.get(1).replace("⏎", "\n"), expected)
            .replace("\n", "\n  ")
            .replace("\n  \n  ## Rollback", "\n\n## Rollback")
            .replace("\n  \n  - [ ] Back", "\n\n- [ ] Back");
    if (row.startsWith("+")) {
      assertThat(ids(lint(text))).as(text).contains(cells.getFirst());
    } else {
      assertThat(ids(lint(text))).as(text).doesNotContain(cells.getFirst());
    }
  }

  @Test
  void anythingCanBeLookedOver() {
    for (String text :
        List.of(
            "",
            "\n",
            "```bash\n",
            "```bash\n\"$(`${ | <<E\n",
            "- [ ] `",
            "<!-- tminus: -->",
            "```sh\n" + "$(".repeat(500) + "\n```\n")) {
      assertThat(lint(text).accepted()).isEmpty();
    }
  }

  @Test
  void theRealChecklistsAreFoundAsPinned() throws IOException {
    Map<String, List<Integer>> counts = new TreeMap<>();
    List<Path> seeds = Cli.seeds();
    for (int i = 0; i < seeds.size(); i++) {
      String text = Files.readString(seeds.get(i));
      for (Finding finding :
          Linter.lint(MarkdownReader.read("a", text), text, Binding.NONE).findings()) {
        List<Integer> each =
            counts.computeIfAbsent(
                finding.rule().id(), _ -> new ArrayList<>(List.of(0, 0, 0, 0, 0)));
        each.set(i, each.get(i) + 1);
      }
    }
    StringBuilder table = new StringBuilder();
    counts.forEach((id, each) -> table.append(id).append(' ').append(each).append('\n'));
    assertThat(table.toString())
        .isEqualTo(
            """
            backup-only-listed [2, 0, 1, 0, 0]
            curl-without-fail [10, 1, 1, 0, 2]
            dump-through-pipe [0, 0, 1, 0, 0]
            echo-for-a-notification [0, 3, 0, 0, 0]
            empty-output-of-a-failure [1, 0, 0, 0, 1]
            error-output-dropped [1, 0, 0, 0, 0]
            expectation-for-people [7, 0, 4, 0, 6]
            gate-out-of-reach [0, 0, 0, 0, 3]
            git-log-s-pattern [0, 0, 0, 0, 1]
            grep-keeps-header [1, 0, 1, 0, 0]
            grep-passes-on-trouble [1, 4, 0, 0, 0]
            latest-tag [0, 1, 0, 0, 0]
            name-learnt-in-the-run [0, 0, 2, 0, 0]
            pipe-closed-early [0, 0, 0, 0, 1]
            pipeline-without-pipefail [6, 0, 2, 0, 2]
            placeholder-unfillable [1, 0, 2, 0, 4]
            psql-without-stop [4, 0, 1, 0, 2]
            restore-onto-running [0, 0, 2, 0, 0]
            restore-without-target [0, 0, 0, 1, 0]
            role-nobody-holds [0, 0, 9, 0, 0]
            secret-on-command-line [0, 0, 0, 0, 1]
            terminal-in-a-run [0, 4, 0, 1, 0]
            threshold-gap [1, 2, 3, 0, 0]
            thresholds-differ [2, 0, 0, 1, 2]
            wait-without-timeout [4, 1, 4, 1, 0]
            """);
  }

  @Test
  void theTrapsOfTheRealChecklistsAreFoundWhereTheyAre() throws IOException {
    Map<String, String> traps = new LinkedHashMap<>();
    traps.put("0:107", "wait-without-timeout");
    traps.put("0:166", "psql-without-stop");
    traps.put("0:311", "empty-output-of-a-failure");
    traps.put("0:676", "grep-keeps-header");
    traps.put("0:968", "grep-passes-on-trouble");
    traps.put("1:119", "terminal-in-a-run");
    traps.put("1:127", "echo-for-a-notification");
    traps.put("1:143", "latest-tag");
    traps.put("1:175", "wait-without-timeout");
    traps.put("1:237", "threshold-gap");
    traps.put("2:562", "dump-through-pipe");
    traps.put("2:602", "name-learnt-in-the-run");
    traps.put("2:603", "restore-onto-running");
    traps.put("2:1089", "restore-onto-running");
    traps.put("3:157", "restore-without-target");
    traps.put("4:63", "git-log-s-pattern");
    traps.put("4:148", "placeholder-unfillable");
    traps.put("4:179", "secret-on-command-line");
    traps.put("4:614", "gate-out-of-reach");
    List<Path> seeds = Cli.seeds();
    for (Map.Entry<String, String> trap : traps.entrySet()) {
      List<String> place = Arrays.asList(trap.getKey().split(":", -1));
      String text = Files.readString(seeds.get(Integer.parseInt(place.getFirst())));
      assertThat(Linter.lint(MarkdownReader.read("a", text), text, Binding.NONE).findings())
          .as(trap.getKey())
          .anyMatch(finding ->
              finding.line() == Integer.parseInt(place.getLast())
                  && finding.rule().id().equals(trap.getValue()));
    }
  }

  @Test
  void theDocumentationIsThatOfTheRules() throws IOException {
    Path file = Cli.home().resolve("docs/lint.md");
    String page = page();
    if (Boolean.getBoolean("tminus.update")) {
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file))
        .as("run the test with -Dtminus.update=true to write docs/lint.md anew")
        .isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # What tminus lint finds

            `tminus lint FILE…` says what a checklist proves nothing by, hides or contradicts. `tminus lint \
            --explain RULE` prints a page of this one. Each rule has a name that stays, and a severity:
            an **error** does something else than it says, whatever happens; a **warning** can come out green \
            although things are bad, or stop a run that is good; an **info** is worth knowing.

            The exit code is 1 when there are findings of the severity that `--fail-on` names or a worse one \
            (`error`, `warning`, `info`, `never`; default `warning`), else 0; 2 when the command line is wrong.

            A finding is accepted in the document itself, in its line or the one before, and only with a reason: \
            `<!-- tminus: accept RULE because REASON -->`, in a script `# tminus: accept RULE because REASON`. \
            `--accepted` lists those. `--fix` writes a copy beside the document, `NAME.fixed.md` or `--out FILE`, \
            with those fixes made that change nothing else; the document itself is never changed. `--json` and \
            `--sarif` are for scripts, code hosts and editors.

            | rule | severity | finds |
            | --- | --- | --- |
            """);
    for (Rule rule : Linter.rules()) {
      page.append(
          "| [%1$s](#%1$s) | %2$s | %3$s |\n"
              .formatted(rule.id(), rule.severity().word(), rule.title()));
    }
    for (Severity severity : Severity.values()) {
      for (Rule rule : Linter.rules()) {
        if (rule.severity() == severity) {
          page.append(section(rule));
        }
      }
    }
    return page.toString();
  }

  private static String section(Rule rule) {
    return """

    ## %s

    %s (%s)

    %s

    **Instead:** %s

    Found:

    ````markdown
    %s
    ````

    In order:

    ````markdown
    %s
    ````
    """
        .formatted(
            rule.id(),
            rule.title(),
            rule.severity().word(),
            rule.why(),
            rule.mend(),
            rule.bad().strip(),
            rule.good().strip());
  }
}
