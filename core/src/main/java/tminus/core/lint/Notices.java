package tminus.core.lint;

import static tminus.core.lint.Placed.name;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tminus.core.checklist.Expectation;
import tminus.core.judge.Condition;
import tminus.core.judge.Latencies;
import tminus.core.judge.Measurement;
import tminus.core.judge.Observation;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Step;

/// Words that nobody but a person at the screen reads.
final class Notices {

  private static final Pattern TELLING =
      Pattern.compile(
          "(?i)\\b(notif\\w*|announc\\w*|inform\\w*|tell|alert (the|team|everyone)\\b.*|page|communicat\\w*|message)\\b");

  private static final Rule ECHO =
      new Rule(
          "echo-for-a-notification",
          Severity.WARNING,
          "an echo that stands in for a notification",
          """
          The words appear in the terminal of whoever runs the command, and the step that says that people \
          were told is green. Nobody was told.
          """,
          """
          Keep the message in the document as a template and bind the step to it (`notify:` in \
          tminus.yaml), call the chat's webhook, or leave it to a person.
          """,
          """
          - [ ] The team is told

            ```bash
            # Notify the team
            echo "deployment starts"
            ```
          """,
          """
          - [ ] The team is told

            ```bash
            # Notify the team
            curl -fsS -d '{"text":"deployment starts"}' "$WEBHOOK"
            ```
          """);

  private static final Rule PROSE =
      new Rule(
          "expectation-for-people",
          Severity.INFO,
          "an expectation that no machine can check",
          """
          Tminus cannot compare these words with an output, so a person has to look each time, also in the \
          middle of the night.
          """,
          """
          Say it so that a machine can tell: a number (`< 0.5`), a status, JSON, words in quotes, `empty \
          output`.
          """,
          """
          - [ ] The load is normal

            ```bash
            uptime
            # Expected: Normal load for the time of day
            ```
          """,
          """
          - [ ] The load is normal

            ```bash
            cut -d' ' -f1 /proc/loadavg
            # Expected: < 4
            ```
          """);

  private static final Rule METRIC =
      new Rule(
          "metric-without-source",
          Severity.WARNING,
          "a condition on a metric that no source provides",
          """
          The binding's source measures error rate, success rate, latency and throughput. A condition on \
          anything else is never judged: as a criterion it is never met for certain, as a trigger it never \
          rolls back.
          """,
          """
          Use a metric that is measured, or leave the words to a person and say who watches.
          """,
          """
          # Shop

          ## Rollback

          ### Criteria

          - CPU usage > 90 % for 5 minutes
          """,
          """
          # Shop

          ## Rollback

          ### Criteria

          - Error rate > 5 % for 5 minutes
          """);

  static final List<Check> CHECKS =
      List.of(
          Check.ofCommands(ECHO, Notices::echo),
          Check.ofCommands(PROSE, Notices::prose),
          new Check(METRIC, Notices::metrics));

  private Notices() {}

  /// Whether a command prints words that are meant for others.
  static boolean isNotice(Placed command) {
    return !command.programs().isEmpty()
        && command.programs().stream().allMatch(p -> name(p).matches("echo|printf"))
        && command.programs().stream().noneMatch(ShellText.Simple::writesFile)
        && command.pipelines().stream().allMatch(p -> p.stages().size() == 1)
        && TELLING.matcher(command.words()).find();
  }

  private static void echo(Placed command, Report report) {
    if (isNotice(command)) {
      report.add(
          command.line(),
          "the words go to the terminal, and nobody is told",
          "bind the step to a message (notify: in tminus.yaml), or leave it to a person");
    }
  }

  private static void prose(Placed command, Report report) {
    Optional<Expectation> expectation = command.command().expectation();
    if (expectation.isPresent() && command.isForPeople()) {
      report.add(
          command.line(),
          "only a person can tell whether it is so: " + abridged(expectation.get().text()),
          "expect a number, a status, JSON or words in quotes");
    }
  }

  static String abridged(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }

  private static boolean isMeasured(Condition condition) {
    Observation nothing = new Observation(Duration.ofSeconds(1), 0, 0, Latencies.none());
    return !(Measurement.of(condition, nothing) instanceof Measurement.Unknown);
  }

  private static void metrics(Subject subject, Report report) {
    Binding binding = subject.binding();
    if (!binding.traffic()) {
      return;
    }
    subject
        .plan()
        .triggers()
        .forEach(trigger ->
            trigger
                .condition()
                .filter(condition -> !isMeasured(condition))
                .ifPresent(condition ->
                    report.add(
                        trigger.line(),
                        "nothing measures %s, so this never rolls back"
                            .formatted(condition.metric()),
                        "use error rate, success rate, latency or throughput, or say who watches")));
    for (Step step : subject.plan().steps()) {
      if (step.action() instanceof Action.Bake bake) {
        bake.conditions().stream()
            .filter(condition -> !isMeasured(condition))
            .forEach(condition ->
                report.add(
                    step.line(),
                    "nothing measures %s, so this cannot be met".formatted(condition.metric()),
                    "use error rate, success rate, latency or throughput, or leave it to a person"));
      }
    }
  }
}
