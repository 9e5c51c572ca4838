package tminus.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Timing;

/// A plan in words, the same on a terminal and on paper.
public final class PlanWords {

  private static final Pattern PREFIX = Pattern.compile("(?i)^expected( output)?:\\s*");
  private static final Pattern TIMED =
      Pattern.compile("(?i)\\bT[-+]\\d|\\b(hour|minute|day|week)s?\\b");

  private PlanWords() {}

  /// What an action does besides running the document's commands; empty when its kind says it all.
  public static Optional<String> detail(Action action) {
    return switch (action) {
      case Action.Act(Work work, Optional<Work> undo) when !(work instanceof Work.Shell) ->
          Optional.of(work.words() + undo.map(back -> "; undo: " + words(back)).orElse(""));
      case Action.Act(Work _, Optional<Work> undo) -> undo.map(back -> "undo: " + words(back));
      case Action.Shift(var weight) ->
          Optional.of("candidate gets %s; undo: all traffic back".formatted(weight));
      case Action.Bake bake -> {
        String conditions =
            bake.conditions().stream().map(Object::toString).collect(Collectors.joining(" and "));
        yield Optional.of(
            words(bake.duration()) + (conditions.isEmpty() ? "" : ", then " + conditions));
      }
      case Action.Wait wait -> Optional.of(words(wait.duration()));
      case Action.Notify notify -> Optional.of("message: " + notify.title());
      case Action.Attest _, Action.Parts _, Action.Check _, Action.Gate _ -> Optional.empty();
    };
  }

  /// Commands in their own words.
  private static String words(Work work) {
    return work instanceof Work.Shell(List<ShellCommand> commands)
        ? commands.stream()
            .flatMap(command -> command.text().lines())
            .collect(Collectors.joining("; "))
        : work.words();
  }

  /// How long a step's commands may take, if the binding says so.
  public static Optional<String> timeout(Step step, Rules rules) {
    return rules
        .timeout(step.id())
        .map(longest -> "each command: at most %s".formatted(words(longest)));
  }

  /// An expectation in the document's words, which often begin by saying that they are one.
  public static String expectation(Expectation expected) {
    String words = PREFIX.matcher(expected.text()).replaceFirst("");
    return words.isBlank() ? expected.text() : "expected: " + words;
  }

  /// When a step's section is due, unless its heading says so itself.
  public static Optional<String> due(Step step) {
    String heading = step.section().isEmpty() ? "" : step.section().getLast();
    return step.timing().filter(_ -> !TIMED.matcher(heading).find()).map(PlanWords::words);
  }

  /// A time relative to T-0: `T-24 h`, `T+5 min to T+25 min`, `about 15 min`.
  public static String words(Timing timing) {
    return switch (timing) {
      case Timing.At(Duration offset) -> offset(offset);
      case Timing.Between(Duration from, Duration to) -> offset(from) + " to " + offset(to);
      case Timing.Takes(Duration duration) -> "about " + words(duration);
    };
  }

  private static String offset(Duration offset) {
    return offset.isZero() ? "T-0" : "T" + (offset.isNegative() ? "-" : "+") + words(offset.abs());
  }

  /// A duration, in full: `2 h 30 min`, `1.5 s`; days from more than two on.
  public static String words(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return duration.toMillis() % 1000 == 0
          ? duration.toSeconds() + " s"
          : duration.toMillis() / 1000.0 + " s";
    }
    List<String> words = new ArrayList<>();
    boolean days = duration.toHours() > 48;
    add(words, days ? duration.toDays() : 0, "d");
    add(words, days ? duration.toHoursPart() : duration.toHours(), "h");
    add(words, duration.toMinutesPart(), "min");
    add(words, duration.toSecondsPart(), "s");
    return String.join(" ", words);
  }

  private static void add(List<String> words, long amount, String unit) {
    if (amount > 0) {
      words.add(amount + " " + unit);
    }
  }
}
