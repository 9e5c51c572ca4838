package tminus.core.lint;

import static tminus.core.lint.Placed.arguments;
import static tminus.core.lint.Placed.name;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tminus.core.lint.ShellText.Pipeline;
import tminus.core.lint.ShellText.Simple;
import tminus.core.lint.ShellText.Word;

/// Checks that come out green whatever they look at.
final class FalseGreens {

  private static final Pattern TROUBLE =
      Pattern.compile("(?i)\\b(errors?|fail(ed|ures?)?|fatal|warn(ings?)?|exceptions?|panic)\\b");
  private static final Set<String> NEVER_FAIL = Set.of("echo", "printf", "true", ":");
  private static final Set<String> HEADED = Set.of("kubectl", "docker", "helm", "ps", "oc");
  private static final Pattern BACKUP = Pattern.compile("(?i)backup|dump|snapshot|\\.bak\\b");

  private static final Rule CURL =
      new Rule(
          "curl-without-fail",
          Severity.WARNING,
          "curl that takes an error page for success",
          """
          Without `-f`, curl exits 0 when the server answers 500, so the check passes while the \
          service is down. Only a connection that fails outright is noticed.
          """,
          """
          Add `-f` (with `-sS`, so that errors are still shown), or say what the answer must be: a \
          status, JSON, words.
          """,
          """
          - [ ] The shop is healthy

            ```bash
            curl -s http://shop.example/health
            ```
          """,
          """
          - [ ] The shop is healthy

            ```bash
            curl -fsS http://shop.example/health
            ```
          """);

  private static final Rule HEADER =
      new Rule(
          "grep-keeps-header",
          Severity.ERROR,
          "grep -v that always finds the table's header",
          """
          `grep -v WORD` prints the lines without the word, and the header is one: there is always a \
          line, the exit code is always 0, and the check cannot fail, however many pods are down.
          """,
          """
          Leave the header out (`--no-headers`) and expect empty output.
          """,
          """
          - [ ] All pods run

            ```bash
            kubectl get pods | grep -v Running
            ```
          """,
          """
          - [ ] All pods run

            ```bash
            kubectl get pods --no-headers 2>&1 | grep -v Running
            # Expected: empty output
            ```
          """);

  private static final Rule PICKAXE =
      new Rule(
          "git-log-s-pattern",
          Severity.ERROR,
          "git log -S with a regular expression",
          """
          `git log -S` looks for exactly these characters. `-S "password\\|secret"` looks for the text \
          `password\\|secret`, finds it nowhere, and the check for leaked secrets is green whatever \
          the history holds.
          """,
          """
          Use `-G`, which takes an extended regular expression: `-G 'password|secret'`; or one `-S` \
          for each word.
          """,
          """
          - [ ] No secret in the history

            ```bash
            git log --all -S "password\\|token" --oneline
            ```
          """,
          """
          - [ ] No secret in the history

            ```bash
            git log --all -G "password|token" --oneline
            ```
          """);

  private static final Rule NEVER_FAILS =
      new Rule(
          "check-cannot-fail",
          Severity.WARNING,
          "a command that succeeds whatever happens",
          """
          `echo`, `printf` and `true` always succeed. A step that consists of them is ticked by \
          itself, and the record says that something was verified.
          """,
          """
          Put in the command that looks, or leave the item without one so that a person ticks it.
          """,
          """
          - [ ] The cache is warm

            ```bash
            echo "cache ok"
            ```
          """,
          """
          - [ ] The cache is warm

            ```bash
            curl -fsS http://shop.example/cache && echo "cache ok"
            ```
          """);

  private static final Rule TROUBLE_FOUND =
      new Rule(
          "grep-passes-on-trouble",
          Severity.WARNING,
          "a search for errors that passes when it finds some",
          """
          grep exits 0 when it finds a line and 1 when it finds none. Without an expectation the step \
          passes when there are errors in the log, and fails when there are none.
          """,
          """
          Say what is expected below the command: `# Expected: empty output`, or a number of lines.
          """,
          """
          - [ ] The log is clean

            ```bash
            kubectl logs deployment/shop --since=5m | grep -i error
            ```
          """,
          """
          - [ ] The log is clean

            ```bash
            kubectl logs deployment/shop --since=5m 2>&1 | grep -i error
            # Expected: empty output
            ```
          """);

  private static final Rule EMPTY =
      new Rule(
          "empty-output-of-a-failure",
          Severity.WARNING,
          "empty output is expected, and a command that fails prints none either",
          """
          Where there is an expectation it decides, not the exit code. A command that cannot reach its \
          server prints nothing on standard output, which is just what was expected.
          """,
          """
          Send what it says about its failure to the output as well: `2>&1`, on the first command of \
          a pipeline.
          """,
          """
          - [ ] No migration is pending

            ```bash
            ./migrate pending
            # Expected: empty output
            ```
          """,
          """
          - [ ] No migration is pending

            ```bash
            ./migrate pending 2>&1
            # Expected: empty output
            ```
          """);

  private static final Rule LISTED =
      new Rule(
          "backup-only-listed",
          Severity.INFO,
          "a backup that is looked at from outside only",
          """
          `ls` succeeds for a file of 0 bytes, and for yesterday's. That a backup is there says nothing \
          about whether it can be restored.
          """,
          """
          Read it back: `pg_restore --list FILE`, `gzip -t FILE`, best a restore on a spare server; or \
          say what size is expected.
          """,
          """
          - [ ] The backup is good

            ```bash
            ls -lh /var/backups/shop.dump
            ```
          """,
          """
          - [ ] The backup is good

            ```bash
            pg_restore --list /var/backups/shop.dump
            ```
          """);

  static final List<Check> CHECKS =
      List.of(
          Check.ofCommands(CURL, FalseGreens::curl),
          Check.ofCommands(HEADER, FalseGreens::header),
          Check.ofCommands(PICKAXE, FalseGreens::pickaxe),
          Check.ofCommands(NEVER_FAILS, FalseGreens::neverFails),
          Check.ofCommands(TROUBLE_FOUND, FalseGreens::troubleFound),
          Check.ofCommands(EMPTY, FalseGreens::empty),
          Check.ofCommands(LISTED, FalseGreens::listed));

  private FalseGreens() {}

  private static void curl(Placed command, Report report) {
    if (command.isJudged() || command.isForPeople()) {
      return;
    }
    for (Pipeline pipeline : command.pipelines()) {
      boolean noticed = HiddenFailures.failsOnNothing(pipeline.stages().getLast());
      for (Simple stage : pipeline.stages()) {
        Simple program = Placed.program(stage);
        if (!name(program).equals("curl") || failsOnErrors(program)) {
          continue;
        }
        boolean last = stage.equals(pipeline.stages().getLast());
        if (!last && noticed) {
          continue;
        }
        boolean printsStatus =
            arguments(program).stream().anyMatch(word -> word.contains("%{http_code}"));
        Word curl = program.words().getFirst();
        report.add(
            command.line(curl),
            printsStatus
                ? "the status is printed and nobody compares it"
                : "curl exits 0 when the server answers with an error",
            printsStatus
                ? "add a line `# Expected: 200` below it"
                : "add -f, or say below the command what it must answer",
            printsStatus ? Optional.empty() : command.insertAfter(curl, "-f"));
      }
    }
  }

  private static boolean failsOnErrors(Simple curl) {
    return arguments(curl).stream()
        .anyMatch(word ->
            word.equals("--fail")
                || word.equals("--fail-with-body")
                || word.matches("-[a-zA-Z#]*f[a-zA-Z#]*")
                || word.equals("--version"));
  }

  private static void header(Placed command, Report report) {
    for (Pipeline pipeline : command.pipelines()) {
      for (int i = 1; i < pipeline.stages().size(); i++) {
        Simple table = Placed.program(pipeline.stages().get(i - 1));
        Simple grep = Placed.program(pipeline.stages().get(i));
        boolean inverts =
            name(grep).matches("e?grep") && hasShort(grep, 'v') && !hasShort(grep, 'c');
        if (inverts && i == pipeline.stages().size() - 1 && printsHeader(table, grep)) {
          Word word = grep.words().getFirst();
          boolean empty = command.expectsNothing();
          report.add(
              command.line(word),
              empty
                  ? "the header of the table always comes through grep -v, so the output is never empty"
                  : "the header of the table always comes through grep -v, so this passes whatever runs",
              "leave the header out (--no-headers) and expect empty output");
        }
      }
    }
  }

  private static boolean printsHeader(Simple table, Simple grep) {
    List<String> words = arguments(table);
    boolean lists =
        HEADED.contains(name(table))
            && (name(table).equals("ps")
                || words.stream().anyMatch(w -> w.matches("get|top|ps|images|ls|list")));
    boolean headless =
        words.stream()
            .anyMatch(w ->
                w.matches(
                    "--no-headers(=true)?|-q|--quiet|h|--short|--format.*|-o|-o.+|--output.*"));
    boolean dropsHeader =
        arguments(grep).stream()
            .anyMatch(w -> w.matches(".*\\b(NAME|NAMESPACE|PID|CONTAINER)\\b.*"));
    return lists && !headless && !dropsHeader;
  }

  static boolean hasShort(Simple simple, char letter) {
    return arguments(simple).stream()
        .anyMatch(word -> word.matches("-[A-Za-z]+") && word.indexOf(letter) > 0);
  }

  private static void pickaxe(Placed command, Report report) {
    for (Simple program : command.programs()) {
      List<Word> words = program.words();
      boolean log = name(program).equals("git") && arguments(program).contains("log");
      if (!log || arguments(program).contains("--pickaxe-regex")) {
        continue;
      }
      for (int i = 2; i < words.size(); i++) {
        Word option = words.get(i);
        boolean apart = option.text().equals("-S") && i + 1 < words.size();
        Word value = apart ? words.get(i + 1) : option;
        String pattern = apart ? value.text() : option.text().replaceFirst("^-S", "");
        if (option.text().startsWith("-S") && pattern.matches(".*(\\\\\\||\\||\\.\\*|\\.\\+).*")) {
          String mended =
              command
                  .raw()
                  .substring(option.start(), value.end())
                  .replaceFirst("-S", "-G")
                  .replace("\\|", "|");
          report.add(
              command.line(option),
              "-S looks for these very characters (%s), which no file holds".formatted(pattern),
              "use -G, which takes an extended regular expression: " + mended,
              command.edit(option.start(), value.end(), mended));
        }
      }
    }
  }

  private static void neverFails(Placed command, Report report) {
    List<Simple> programs = command.programs();
    boolean constant =
        !programs.isEmpty()
            && programs.stream()
                .allMatch(p -> NEVER_FAIL.contains(name(p)) && !p.writesFile() && isConstant(p));
    if (constant && !Notices.isNotice(command)) {
      report.add(
          command.line(),
          "%s succeeds whatever happens".formatted(name(programs.getFirst())),
          "put in the command that looks, or let a person tick it");
    }
  }

  private static boolean isConstant(Simple program) {
    return arguments(program).stream().noneMatch(word -> word.contains("$"));
  }

  private static void troubleFound(Placed command, Report report) {
    if (command.command().expectation().isPresent()) {
      return;
    }
    for (Pipeline pipeline : command.pipelines()) {
      for (Simple stage : pipeline.stages()) {
        Simple grep = Placed.program(stage);
        boolean searches =
            name(grep).matches("[ef]?grep") && !hasShort(grep, 'v') && !hasShort(grep, 'c');
        boolean trouble =
            arguments(grep).stream()
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .filter(word -> TROUBLE.matcher(word).find())
                .isPresent();
        if (searches && trouble && !pipeline.nested() && !pipeline.next().equals("||")) {
          report.add(
              command.line(grep.words().getFirst()),
              "passes when it finds trouble, and fails when there is none",
              "add a line `# Expected: empty output` below it");
        }
      }
    }
  }

  private static void empty(Placed command, Report report) {
    boolean told =
        command.pipelines().stream()
            .flatMap(p -> p.stages().stream())
            .anyMatch(Simple::joinsErrors);
    if (!command.expectsNothing() || told || command.programs().isEmpty()) {
      return;
    }
    Simple first = command.programs().getFirst();
    boolean alone = command.programs().size() == 1 && first.redirects().isEmpty();
    int end = first.words().isEmpty() ? 0 : first.words().getLast().end();
    report.add(
        command.line(),
        "a failed command prints nothing here either, and that is what is expected",
        "let it print why it failed: 2>&1",
        alone ? command.edit(end, end, " 2>&1") : Optional.empty());
  }

  private static void listed(Placed command, Report report) {
    for (Simple program : command.programs()) {
      boolean backup = arguments(program).stream().anyMatch(word -> BACKUP.matcher(word).find());
      if (name(program).matches("ls|du") && backup && !command.isJudged()) {
        report.add(
            command.line(program.words().getFirst()),
            "%s only shows that a file is there, not that it can be restored"
                .formatted(name(program)),
            "read it back: pg_restore --list, gzip -t, best a restore");
      }
    }
  }
}
