package tminus.core.lint;

import static tminus.core.lint.Placed.arguments;
import static tminus.core.lint.Placed.name;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tminus.core.lint.ShellText.Pipeline;
import tminus.core.lint.ShellText.Simple;
import tminus.core.lint.ShellText.Word;

/// What goes wrong with a database, and is noticed when it is needed.
final class Databases {

  private static final Pattern NOW = Pattern.compile("\\$\\(date\\b");
  private static final Pattern TIME_NAME =
      Pattern.compile("(?i)(.*[_ -])?(timestamp|date|time)([_ -].*)?");

  private static final Rule STOP =
      new Rule(
          "psql-without-stop",
          Severity.ERROR,
          "psql that goes on after an error",
          """
          Reading a script, psql reports a failed statement, goes on with the next and exits 0. A \
          migration that failed half way is a green step, and the schema is neither the old nor the new.
          """,
          """
          Add `-v ON_ERROR_STOP=1`, and `--single-transaction` where the script allows it.
          """,
          """
          - [ ] The migration has run

            ```bash
            psql -d shop -f migrations/7.sql
            ```
          """,
          """
          - [ ] The migration has run

            ```bash
            psql -v ON_ERROR_STOP=1 -d shop -f migrations/7.sql
            ```
          """);

  private static final Rule TARGET =
      new Rule(
          "restore-without-target",
          Severity.ERROR,
          "pg_restore that restores nothing",
          """
          Without `-d`, pg_restore writes SQL to standard output (since PostgreSQL 12 it refuses). No \
          database is restored, and that shows when it is needed most.
          """,
          """
          Name the database: `pg_restore -d NAME FILE`.
          """,
          """
          # Shop

          ## Rollback

          ```bash
          pg_restore /var/backups/shop.dump
          ```
          """,
          """
          # Shop

          ## Rollback

          ```bash
          pg_restore -d shop_restored /var/backups/shop.dump
          ```
          """);

  private static final Rule RUNNING =
      new Rule(
          "restore-onto-running",
          Severity.ERROR,
          "a restore onto the identifier of the running database",
          """
          `aws rds restore-db-instance-from-db-snapshot` makes a new instance and is refused when one of \
          that name runs. A plain dump read back into the database it came from meets tables that are \
          there already, and leaves the new rows in them.
          """,
          """
          Restore under a name of its own, then point the service there; or drop and create the database \
          first (`pg_restore --clean --if-exists`), with the service stopped.
          """,
          """
          # Shop

          - [ ] A snapshot is taken

            ```bash
            aws rds create-db-snapshot --db-instance-identifier shop --db-snapshot-identifier before
            ```

          ## Rollback

          ```bash
          aws rds restore-db-instance-from-db-snapshot --db-instance-identifier shop --db-snapshot-identifier before
          ```
          """,
          """
          # Shop

          - [ ] A snapshot is taken

            ```bash
            aws rds create-db-snapshot --db-instance-identifier shop --db-snapshot-identifier before
            ```

          ## Rollback

          ```bash
          aws rds restore-db-instance-from-db-snapshot --db-instance-identifier shop-back --db-snapshot-identifier before
          ```
          """);

  private static final Rule LEARNT_LATER =
      new Rule(
          "name-learnt-in-the-run",
          Severity.WARNING,
          "a way back that needs a name nobody has yet",
          """
          The backup's name is made with `$(date …)` while the run goes on, and the restore asks for it \
          as a parameter, which is given before the run. At the time of a rollback somebody has to find \
          the file and type its name.
          """,
          """
          Give the time once as a parameter and use it in both places, or write the name to a file and \
          read it back.
          """,
          """
          # Shop

          - [ ] The database is saved

            ```bash
            pg_dump -Fc -f "shop-$(date +%Y%m%d-%H%M).dump" shop
            ```

          ## Rollback

          ```bash
          pg_restore -d shop_restored shop-[TIMESTAMP].dump
          ```
          """,
          """
          # Shop

          - [ ] The database is saved

            ```bash
            pg_dump -Fc -f "shop-[TIMESTAMP].dump" shop
            ```

          ## Rollback

          ```bash
          pg_restore -d shop_restored shop-[TIMESTAMP].dump
          ```
          """);

  static final List<Check> CHECKS =
      List.of(
          Check.ofCommands(STOP, Databases::stop),
          Check.ofCommands(TARGET, Databases::target),
          new Check(RUNNING, Databases::running),
          new Check(LEARNT_LATER, Databases::learntLater));

  private Databases() {}

  private static void stop(Placed command, Report report) {
    if (command.raw().contains("ON_ERROR_STOP")) {
      return;
    }
    for (Pipeline pipeline : command.pipelines()) {
      for (int i = 0; i < pipeline.stages().size(); i++) {
        Simple program = Placed.program(pipeline.stages().get(i));
        boolean script =
            arguments(program).stream().anyMatch(w -> w.matches("-f.*|--file(=.*)?"))
                || ((i > 0 || program.readsInput()) && !asks(program));
        if (name(program).equals("psql") && script) {
          Word psql = program.words().getFirst();
          report.add(
              command.line(psql),
              "psql goes on after a failed statement, and exits 0",
              "add -v ON_ERROR_STOP=1",
              command.insertAfter(psql, "-v ON_ERROR_STOP=1"));
        }
      }
    }
  }

  private static boolean asks(Simple psql) {
    return arguments(psql).stream()
        .anyMatch(w -> w.matches("-[a-zA-Z]*c|-c.+|--command(=.*)?|-l|--list"));
  }

  private static void target(Placed command, Report report) {
    for (Simple stage : command.programs()) {
      List<Word> words = stage.words();
      for (int i = 0; i < words.size(); i++) {
        if (!words.get(i).text().equals("pg_restore")) {
          continue;
        }
        boolean target =
            words.subList(i, words.size()).stream()
                .anyMatch(w ->
                    w.text()
                        .matches("-[a-zA-Z]*[dlf].*|--(dbname|list|file)(=.*)?|--version|--help"));
        if (!target) {
          report.add(
              command.line(words.get(i)),
              "no database is named, so nothing is restored",
              "add -d NAME");
        }
      }
    }
  }

  private static void running(Subject subject, Report report) {
    Map<String, Placed> saved = new HashMap<>();
    for (Placed command : subject.commands()) {
      for (Simple program : command.programs()) {
        if (arguments(program).stream().anyMatch(w -> w.matches("create-db-(cluster-)?snapshot"))) {
          option(program, "--db-(instance|cluster)-identifier")
              .ifPresent(id -> saved.putIfAbsent("rds " + id.text(), command));
        } else if (name(program).equals("pg_dump")) {
          option(program, "-d|--dbname")
              .ifPresent(database -> saved.putIfAbsent("pg " + database.text(), command));
        }
      }
    }
    for (Placed command : subject.commands()) {
      for (Simple program : command.programs()) {
        restored(command, program, saved)
            .ifPresent(word ->
                report.add(
                    command.line(word),
                    "%s is the database that runs".formatted(word.text()),
                    "restore under another name, then point the service there"));
      }
    }
  }

  private static Optional<Word> restored(
      Placed command, Simple program, Map<String, Placed> saved) {
    List<String> words = arguments(program);
    if (words.stream().anyMatch(w -> w.matches("restore-db-(instance|cluster)-from-.*snapshot"))) {
      return option(program, "--db-(instance|cluster)-identifier")
          .filter(id -> saved.containsKey("rds " + id.text()));
    }
    boolean plain =
        name(program).equals("psql")
            && command.programs().stream().anyMatch(p -> name(p).matches("gunzip|zcat|gzip|cat"))
            && command.raw().matches("(?s).*(backup|dump|\\.sql).*");
    boolean archive =
        name(program).equals("pg_restore") && !words.contains("--clean") && !words.contains("-c");
    return plain || archive
        ? option(program, "-d|--dbname").filter(d -> saved.containsKey("pg " + d.text()))
        : Optional.empty();
  }

  /// The value of an option, written apart.
  private static Optional<Word> option(Simple program, String name) {
    List<Word> words = program.words();
    for (int i = 1; i + 1 < words.size(); i++) {
      if (words.get(i).text().matches(name)) {
        return Optional.of(words.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static void learntLater(Subject subject, Report report) {
    boolean made =
        subject.commands().stream()
            .anyMatch(command -> !command.isRollback() && NOW.matcher(command.raw()).find());
    if (!made) {
      return;
    }
    for (Placed command : subject.commands()) {
      command.command().blanks().stream()
          .filter(blank -> command.isRollback() && TIME_NAME.matcher(blank.name()).matches())
          .forEach(blank ->
              report.add(
                  blank.span().line(),
                  "[%s] is asked for before the run, and made with $(date …) in it"
                      .formatted(blank.name()),
                  "use the same parameter where the name is made"));
    }
  }
}
