package tminus.core.lint;

import static tminus.core.lint.Placed.arguments;
import static tminus.core.lint.Placed.name;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.checklist.Mark;
import tminus.core.lint.ShellText.Simple;
import tminus.core.lint.ShellText.Word;

/// Commands that do something else in a run than at a desk.
final class CommandTraps {

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(?:.*[_ -])?(token|password|passwd|secret|api[_ -]?key|private[_ -]?key|credentials?)(?:[_ -].*)?");
  private static final Pattern USER_AND_PASSWORD = Pattern.compile("[\\w.-]+:[^$\\[<@/{:]\\S*");
  private static final Pattern URL_PASSWORD =
      Pattern.compile("[a-z][a-z0-9+.-]*://[\\w.-]+:([^$\\[<@/\\s{]+)@");
  private static final Pattern PASSWORD_OPTION =
      Pattern.compile(
          "(?i)(--[a-z-]*password|PGPASSWORD|MYSQL_PWD|[A-Z_]*PASSWORD)=([^$\\[<{]\\S*)");
  private static final Pattern BEARER = Pattern.compile("(?i)bearer ([^$\\[<{.\\s]\\S{7,})");

  /// What stands for something that nobody named. Go's `./...` is its own.
  private static final Pattern STAND_IN =
      Pattern.compile(
          "(?<![\\w./])\\.\\.\\.(?![\\w/])|\\.\\.\\.[\\w-]+\\.\\.\\.|…|\\byour-?(company|org|domain|app|token|name|server|host|project|registry)\\b"
              + "|\\bYOUR_\\w+|\\{\\{ *[A-Za-z_][\\w ]{0,40}}}|\\bX{3,}\\b|_{3,}",
          Pattern.CASE_INSENSITIVE);

  private static final Rule TERMINAL =
      new Rule(
          "terminal-in-a-run",
          Severity.WARNING,
          "a command that asks for a terminal",
          """
          A run has no terminal. `docker exec -it` ends with "the input device is not a TTY", kubectl \
          warns and goes on without one, and a shell that waits for somebody to type gets nothing.
          """,
          """
          Leave `-it` off. Keep `-i` alone where something is piped in.
          """,
          """
          - [ ] The schema is current

            ```bash
            kubectl exec -it deployment/shop -- ./schema check
            ```
          """,
          """
          - [ ] The schema is current

            ```bash
            kubectl exec deployment/shop -- ./schema check
            ```
          """);

  private static final Rule ENDLESS =
      new Rule(
          "wait-without-timeout",
          Severity.WARNING,
          "a wait that no time-out ends as meant",
          """
          `kubectl rollout status` waits for ever for a pod that cannot start, `tail -f` and `watch` never \
          end, and `locust` without `--headless` starts a page and waits for somebody to press a button. \
          `kubectl wait` gives up after 30 seconds, which is seldom what was meant. Tminus ends a command \
          at its own limit, much later than anybody wants to know.
          """,
          """
          Say how long: `--timeout=10m`, `--headless --run-time=10m`, `timeout 60 …`.
          """,
          """
          - [ ] The new version is up

            ```bash
            kubectl rollout status deployment/shop
            ```
          """,
          """
          - [ ] The new version is up

            ```bash
            kubectl rollout status deployment/shop --timeout=10m
            ```
          """);

  private static final Rule LATEST =
      new Rule(
          "latest-tag",
          Severity.WARNING,
          "an image called latest",
          """
          What `latest` is changes between the check and the deployment, and there is no way to say which \
          version a rollback goes back to.
          """,
          """
          Name the version: `shop:[VERSION]`.
          """,
          """
          - [ ] The image is there

            ```bash
            docker pull example/shop:latest
            ```
          """,
          """
          - [ ] The image is there

            ```bash
            docker pull example/shop:1.4.2
            ```
          """);

  private static final Rule SECRET =
      new Rule(
          "secret-on-command-line",
          Severity.ERROR,
          "a password in the document",
          """
          It is in the repository's history for good, in the list of processes while the command runs, \
          and in every copy of the record.
          """,
          """
          Change the password, and take it from the environment: `-u "shop:$PASSWORD"`.
          """,
          """
          - [ ] The queue answers

            ```bash
            curl -f -u guest:guest http://queue.example/api
            ```
          """,
          """
          - [ ] The queue answers

            ```bash
            curl -f -u "guest:$QUEUE_PASSWORD" http://queue.example/api
            ```
          """);

  private static final Rule UNFILLABLE =
      new Rule(
          "placeholder-unfillable",
          Severity.WARNING,
          "a placeholder in a command that no parameter can fill",
          """
          Only `[NAME]` and `<name>` are parameters. `...`, `{{NAME}}` and `YOUR_NAME` go to the program \
          as they stand. A secret's name is refused as a parameter, since a plan is kept for good.
          """,
          """
          Write `[NAME]` and give it with `--param NAME=…`; for a secret, `$NAME` from the environment.
          """,
          """
          - [ ] The weights are changed

            ```bash
            aws elbv2 modify-rule --rule-arn ...
            ```
          """,
          """
          - [ ] The weights are changed

            ```bash
            aws elbv2 modify-rule --rule-arn [RULE_ARN]
            ```
          """);

  static final List<Check> CHECKS =
      List.of(
          Check.ofCommands(TERMINAL, CommandTraps::terminal),
          Check.ofCommands(ENDLESS, CommandTraps::endless),
          Check.ofCommands(LATEST, CommandTraps::latest),
          new Check(
              SECRET, (subject, report) -> subject.commands().forEach(c -> secret(c, report))),
          Check.ofCommands(UNFILLABLE, CommandTraps::unfillable));

  private CommandTraps() {}

  private static void terminal(Placed command, Report report) {
    for (Simple program : command.programs()) {
      if (!name(program).matches("kubectl|oc|docker|podman")) {
        continue;
      }
      for (Word word : program.words().subList(1, program.words().size())) {
        if (word.text().equals("--")) {
          break;
        }
        boolean asks = word.text().matches("-(it|ti|t)|--tty(=true)?");
        boolean runs =
            arguments(program).stream().anyMatch(w -> w.matches("exec|run|attach|debug"));
        // `docker build -t NAME` names an image.
        boolean named = arguments(program).stream().anyMatch(w -> w.matches("build|buildx|tag"));
        if (asks && runs && !named) {
          boolean fed =
              command.pipelines().stream().anyMatch(p -> p.stages().size() > 1)
                  || program.readsInput();
          report.add(
              command.line(word),
              "%s asks for a terminal, and a run has none".formatted(word.text()),
              fed ? "keep -i alone" : "leave it off",
              fed
                  ? command.edit(word.start(), word.end(), "-i")
                  : command.edit(word.start(), afterBlank(command.raw(), word.end()), ""));
          break;
        }
      }
    }
  }

  private static int afterBlank(String raw, int end) {
    return end < raw.length() && raw.charAt(end) == ' ' ? end + 1 : end;
  }

  private static void endless(Placed command, Report report) {
    for (Simple program : command.programs()) {
      endless(program)
          .ifPresent(what ->
              report.add(
                  command.line(program.words().getFirst()),
                  what.message(),
                  "say how long: " + what.fix()));
    }
  }

  private record Endless(String message, String fix) {}

  private static Optional<Endless> endless(Simple program) {
    List<String> words = arguments(program);
    boolean timed = words.stream().anyMatch(word -> word.startsWith("--timeout"));
    return switch (name(program)) {
      case "kubectl", "oc" -> kubectl(words, timed);
      case "tail" ->
          when(
              words.stream().anyMatch(w -> w.matches("-[a-zA-Z0-9]*[fF]|--follow")),
              "tail -f never ends",
              "timeout 60 tail -f …, or tail -n 100");
      case "watch" ->
          when(true, "watch never ends", "run the command once, or in a loop that ends");
      case "locust" ->
          when(
              !words.contains("--headless") && !words.contains("--autostart"),
              "locust starts its page and waits for somebody to press start; --run-time alone does not end it",
              "--headless --run-time=10m");
      case "vegeta" ->
          when(
              words.contains("attack") && words.stream().noneMatch(w -> w.startsWith("-duration")),
              "the attack goes on for ever",
              "-duration=5m");
      case "argocd" ->
          when(words.contains("wait") && !timed, "argocd app wait waits for ever", "--timeout 600");
      default -> Optional.empty();
    };
  }

  private static Optional<Endless> kubectl(List<String> words, boolean timed) {
    boolean rollout = words.contains("rollout") && words.contains("status");
    if (rollout) {
      return when(
          !timed, "waits for ever when the rollout does not come to an end", "--timeout=10m");
    }
    boolean wait = !words.isEmpty() && words.contains("wait") && !words.contains("exec");
    if (wait) {
      return when(
          !timed, "kubectl wait gives up after 30 seconds unless told otherwise", "--timeout=10m");
    }
    boolean logs = words.contains("logs") && (words.contains("-f") || words.contains("--follow"));
    boolean watches = words.contains("get") && (words.contains("-w") || words.contains("--watch"));
    return when(logs || watches, "follows for ever", "--since=5m instead, or timeout 60 kubectl …");
  }

  private static Optional<Endless> when(boolean is, String message, String fix) {
    return is ? Optional.of(new Endless(message, fix)) : Optional.empty();
  }

  private static void latest(Placed command, Report report) {
    for (Simple program : command.programs()) {
      for (Word word : program.words()) {
        if (word.text().contains("latest")
            && word.text().matches(".*[\\w/]:latest\\b(?!\\.).*|.*image\\.tag=latest\\b.*")) {
          report.add(
              command.line(word),
              "%s is another image tomorrow".formatted(word.text()),
              "name the version, [VERSION] for example");
        }
      }
    }
  }

  private static void secret(Placed command, Report report) {
    for (Simple program : command.pipelines().stream().flatMap(p -> p.stages().stream()).toList()) {
      List<Word> words = program.words();
      for (int i = 0; i < words.size(); i++) {
        Word word = words.get(i);
        String before = i == 0 ? "" : words.get(i - 1).text();
        boolean user =
            before.matches("-u|--user|--proxy-user")
                && !isContainerUser(program)
                && USER_AND_PASSWORD.matcher(word.text()).matches();
        if (user
            || URL_PASSWORD.matcher(word.text()).find()
            || PASSWORD_OPTION.matcher(word.text()).matches()
            || BEARER.matcher(word.text()).find()) {
          report.add(
              command.line(word),
              "a password stands in the document and on the command line",
              "change it, and take the new one from the environment: $PASSWORD");
        }
      }
    }
  }

  /// `docker run -u 1000:1000` is a user and a group.
  private static boolean isContainerUser(Simple program) {
    return Set.of("docker", "podman", "docker-compose").contains(name(Placed.program(program)));
  }

  private static void unfillable(Placed command, Report report) {
    for (Mark.Blank blank : command.command().blanks()) {
      if (SECRET_NAME.matcher(blank.name()).matches()) {
        String variable = blank.name().toUpperCase(Locale.ROOT).replaceAll("\\W+", "_");
        report.add(
            blank.span().line(),
            "%s is a secret by its name, and a plan, which is kept for good, takes none"
                .formatted(blank.name()),
            "write $%s, and set it in the environment".formatted(variable));
      }
    }
    for (Simple program : command.programs()) {
      for (Word word : program.words()) {
        Matcher matcher = STAND_IN.matcher(word.text());
        if (matcher.find() && !name(program).matches("echo|printf|git")) {
          report.add(
              command.line(word),
              "%s goes to %s as it stands".formatted(matcher.group(), name(program)),
              "write [NAME], and give it with --param NAME=…");
          break;
        }
      }
    }
  }
}
