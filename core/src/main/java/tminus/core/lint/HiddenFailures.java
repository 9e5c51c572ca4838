package tminus.core.lint;

import static tminus.core.lint.Placed.arguments;
import static tminus.core.lint.Placed.name;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tminus.core.lint.ShellText.Pipeline;
import tminus.core.lint.ShellText.Simple;
import tminus.core.lint.ShellText.Word;

/// Failures that something after them hides.
final class HiddenFailures {

  private static final Set<String> HARMLESS =
      Set.of("echo", "printf", "yes", "seq", "true", ":", "date");
  private static final Set<String> DUMPS =
      Set.of("pg_dump", "pg_dumpall", "pg_basebackup", "mysqldump", "mariadb-dump", "mongodump");
  private static final Set<String> SWALLOWERS = Set.of("true", ":", "echo", "printf");

  private static final Rule PIPELINE =
      new Rule(
          "pipeline-without-pipefail",
          Severity.INFO,
          "a pipeline whose failure only Tminus notices",
          """
          Tminus runs commands with `bash -eo pipefail`, so a failure anywhere in the pipeline fails the \
          step. Whoever pastes the command into a shell of their own gets the exit code of the last \
          program alone: `curl … | jq` is 0 for them when curl failed.
          """,
          """
          Write `set -o pipefail` in the line above, or end in a program that fails when it gets nothing \
          (`jq -e`, `grep`). Nothing to do if only Tminus runs it.
          """,
          """
          - [ ] The nodes are listed

            ```bash
            kubectl get nodes | sort
            ```
          """,
          """
          - [ ] The nodes are listed

            ```bash
            set -o pipefail
            kubectl get nodes | sort
            ```
          """);

  private static final Rule DUMP =
      new Rule(
          "dump-through-pipe",
          Severity.ERROR,
          "a dump whose failure the pipe hides",
          """
          When `pg_dump` breaks off in the middle, gzip still compresses what came and exits 0: there is \
          a file with today's date that cannot be restored. Tminus itself notices (it sets `pipefail`), \
          but backups are what people run by hand, and a cut-off file stays behind either way.
          """,
          """
          Let the dump write its file itself, `pg_dump -Fc -f FILE` (compressed already), or set \
          `set -o pipefail` in the line above.
          """,
          """
          - [ ] The database is saved

            ```bash
            pg_dump shop | gzip > shop.sql.gz
            ```
          """,
          """
          - [ ] The database is saved

            ```bash
            pg_dump -Fc -f shop.dump shop
            ```
          """);

  private static final Rule SWALLOWED =
      new Rule(
          "failure-swallowed",
          Severity.WARNING,
          "a command whose failure is thrown away",
          """
          `|| true`, `; true` and `|| echo …` end in success whatever happened before, so the step is \
          green when it failed.
          """,
          """
          Leave it off. Where a failure is truly all right, expect the output that tells so, or accept \
          this finding with the reason.
          """,
          """
          - [ ] The cache is emptied

            ```bash
            redis-cli FLUSHDB || true
            ```
          """,
          """
          - [ ] The cache is emptied

            ```bash
            redis-cli FLUSHDB || exit 1
            ```
          """);

  private static final Rule DROPPED =
      new Rule(
          "error-output-dropped",
          Severity.INFO,
          "what a command says about its failure is thrown away",
          """
          With `2>/dev/null` a failed step has no reason beside it, neither on the screen at night nor in \
          the record.
          """,
          """
          Leave it off: what a command says on standard error is not compared with the expectation \
          anyway.
          """,
          """
          - [ ] The certificate is valid

            ```bash
            openssl verify shop.pem 2>/dev/null
            ```
          """,
          """
          - [ ] The certificate is valid

            ```bash
            openssl verify shop.pem > /dev/null
            ```
          """);

  private static final Rule CLOSED_EARLY =
      new Rule(
          "pipe-closed-early",
          Severity.WARNING,
          "a pipeline that fails when there is much to say",
          """
          `head` and `grep -q` stop reading when they have enough. What still writes to them is ended by a \
          signal, and with `pipefail`, which Tminus sets, that fails the step: green on a quiet day, red when \
          the log is long.
          """,
          """
          Let the command itself say less (`git log -n 10`, `--limit`), or use a program that reads all there \
          is: `sed -n 1,10p`, `grep … > /dev/null`.
          """,
          """
          - [ ] The last changes are known

            ```bash
            git log --oneline | head -5
            ```
          """,
          """
          - [ ] The last changes are known

            ```bash
            git log --oneline -n 5
            ```
          """);

  static final List<Check> CHECKS =
      List.of(
          Check.ofCommands(CLOSED_EARLY, HiddenFailures::closedEarly),
          new Check(PIPELINE, HiddenFailures::pipelines),
          new Check(DUMP, HiddenFailures::dumps),
          Check.ofCommands(SWALLOWED, HiddenFailures::swallowed),
          Check.ofCommands(DROPPED, HiddenFailures::dropped));

  private HiddenFailures() {}

  private static void pipelines(Subject subject, Report report) {
    eachPipeline(
        subject,
        (command, pipeline) -> {
          Simple last = pipeline.stages().getLast();
          Simple first = Placed.program(pipeline.stages().getFirst());
          boolean hidden =
              pipeline.stages().stream()
                      .limit(pipeline.stages().size() - 1L)
                      .map(Placed::program)
                      .anyMatch(stage -> !HARMLESS.contains(name(stage)))
                  && !failsOnNothing(last)
                  && !command.isJudged()
                  && !isDump(pipeline);
          if (hidden) {
            report.add(
                command.line(
                    first.words().isEmpty() ? last.words().getFirst() : first.words().getFirst()),
                "pasted into a shell, this is as good as its last program (%s): a failure before it is not noticed; Tminus notices"
                    .formatted(name(Placed.program(last))),
                "write `set -o pipefail` in the line above");
          }
        });
  }

  private static void closedEarly(Placed command, Report report) {
    for (Pipeline pipeline : command.pipelines()) {
      for (int i = 1; i < pipeline.stages().size(); i++) {
        Simple reader = Placed.program(pipeline.stages().get(i));
        String writer = name(Placed.program(pipeline.stages().get(i - 1)));
        boolean closes =
            name(reader).equals("head")
                || (name(reader).matches("[ef]?grep") && FalseGreens.hasShort(reader, 'q'));
        if (closes && !HARMLESS.contains(writer) && !command.raw().contains("+o pipefail")) {
          report.add(
              command.line(reader.words().getFirst()),
              "%s stops reading early, and %s is then ended by a signal"
                  .formatted(name(reader), writer.isEmpty() ? "what writes to it" : writer),
              "let %s say less, or read all of it: sed -n 1,10p, grep … > /dev/null"
                  .formatted(writer.isEmpty() ? "it" : writer));
        }
      }
    }
  }

  /// Whether a program that gets no input fails: then a failure before it does not go unnoticed.
  static boolean failsOnNothing(Simple last) {
    Simple program = Placed.program(last);
    return switch (name(program)) {
      case "grep", "egrep", "fgrep" -> !FalseGreens.hasShort(program, 'v');
      case "jq" ->
          arguments(program).stream().anyMatch(w -> w.matches("-[a-z]*e[a-z]*|--exit-status"));
      case "openssl", "tar", "pg_restore" -> true;
      default -> false;
    };
  }

  private static boolean isDump(Pipeline pipeline) {
    return pipeline.stages().stream()
        .limit(pipeline.stages().size() - 1L)
        .anyMatch(stage -> dumps(stage).isPresent());
  }

  /// The word that names a dump program, also one that another program runs: `kubectl exec … --
  /// pg_dump`.
  private static Optional<Word> dumps(Simple stage) {
    return stage.words().stream().filter(word -> DUMPS.contains(word.text())).findFirst();
  }

  private static void dumps(Subject subject, Report report) {
    eachPipeline(
        subject,
        (command, pipeline) ->
            pipeline.stages().stream()
                .limit(pipeline.stages().size() - 1L)
                .flatMap(stage -> dumps(stage).stream())
                .findFirst()
                .ifPresent(dump ->
                    report.add(
                        command.line(dump),
                        "a %s that breaks off leaves a file behind that looks like a backup"
                            .formatted(dump.text()),
                        "let it write the file itself (pg_dump -Fc -f FILE), or write `set -o pipefail` in the line above")));
  }

  private interface PipelineLook {
    void at(Placed command, Pipeline pipeline);
  }

  /// Pipelines of several programs that no `pipefail` stands before in their script's paragraph.
  private static void eachPipeline(Subject subject, PipelineLook look) {
    int covered = -1;
    for (Placed command : subject.commands()) {
      boolean pipefail = command.raw().contains("pipefail");
      if (pipefail) {
        covered = command.line();
      }
      int next = command.line() + (int) command.raw().lines().count();
      boolean follows = covered >= 0 && command.line() <= covered + 1;
      if (follows) {
        covered = next - 1;
      }
      if (command.isReference() || pipefail || follows) {
        continue;
      }
      for (Pipeline pipeline : command.pipelines()) {
        if (pipeline.stages().size() > 1) {
          look.at(command, pipeline);
        }
      }
    }
  }

  private static void swallowed(Placed command, Report report) {
    List<Pipeline> outer = command.pipelines().stream().filter(p -> !p.nested()).toList();
    for (int i = 1; i < outer.size(); i++) {
      Simple last = Placed.program(outer.get(i).stages().getFirst());
      String joined = outer.get(i - 1).next();
      boolean instead =
          joined.equals("||") && SWALLOWERS.contains(name(last)) && !failsLater(outer, i);
      boolean after =
          joined.equals(";") && Set.of("true", ":").contains(name(last)) && i == outer.size() - 1;
      if ((instead || after) && !command.isJudged() && !last.words().isEmpty()) {
        report.add(
            command.line(last.words().getFirst()),
            "whatever failed before it, `%s %s` makes it a success".formatted(joined, name(last)),
            "leave it off, so that a failure shows");
      }
    }
  }

  /// `|| echo "no such pod"; exit 1` does fail, and so does `|| { echo …; exit 1; }`.
  private static boolean failsLater(List<Pipeline> pipelines, int from) {
    return pipelines.stream()
        .skip(from)
        .flatMap(p -> p.stages().stream())
        .map(Placed::program)
        .anyMatch(p ->
            name(p).equals("false")
                || (name(p).matches("exit|return") && !arguments(p).equals(List.of("0"))));
  }

  private static void dropped(Placed command, Report report) {
    if (command.command().expectation().isPresent()) {
      return;
    }
    for (Simple program : command.programs()) {
      if (program.dropsErrors() && !program.words().isEmpty()) {
        report.add(
            command.line(program.words().getFirst()),
            "what %s says when it fails goes to /dev/null".formatted(name(program)),
            "leave 2>/dev/null off");
      }
    }
  }
}
