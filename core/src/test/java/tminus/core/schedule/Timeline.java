package tminus.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.calendar.Calendar;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.checklist.Timing;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.traffic.Weight;

/// Plans and situations in few words. T-0 is noon, and times are minutes around it.
final class Timeline {

  static final Instant ZERO = Instant.parse("2026-12-01T12:00:00Z");

  private static final Span SPAN = new Span(1, 0, 1);

  private Timeline() {}

  /// Sections with their steps, in lines: `at -30 | a attest DBA | b check`. A section is `at M`,
  /// `M to M`, `takes M`, or `-` without a time.
  static Plan plan(double pace, Calendar calendar, String... sections) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < sections.length; i++) {
      List<String> words = Arrays.stream(sections[i].split("\\|", -1)).map(String::strip).toList();
      Optional<Timing> timing = timing(words.getFirst());
      for (String step : words.subList(1, words.size())) {
        steps.add(step(step.split("\\s+", -1), "Section " + i, timing));
      }
    }
    return new Plan(
        "Table",
        "table.md",
        "00",
        steps.size(),
        steps,
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        pace,
        Rules.NONE,
        calendar);
  }

  static Plan plan(String... sections) {
    return plan(1, Calendar.ALWAYS, sections);
  }

  private static Optional<Timing> timing(String words) {
    String[] parts = words.split("\\s+", -1);
    if (words.equals("-")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (parts[0]) {
          case "at" -> new Timing.At(minutes(parts[1]));
          case "takes" -> new Timing.Takes(minutes(parts[1]));
          default -> new Timing.Between(minutes(parts[0]), minutes(parts[2]));
        });
  }

  static Duration minutes(String number) {
    return Duration.ofMillis(Math.round(Double.parseDouble(number) * 60_000));
  }

  private static Step step(String[] words, String section, Optional<Timing> timing) {
    Action action =
        switch (words[1]) {
          case "attest" -> new Action.Attest();
          case "check" -> new Action.Check(List.of());
          case "act" -> new Action.Act(new Work.Shell(List.<ShellCommand>of()), Optional.empty());
          case "shift" -> new Action.Shift(new Weight(10));
          case "gate" -> new Action.Gate();
          case "parts" -> new Action.Parts();
          case "wait" -> new Action.Wait(minutes(words[2]));
          default -> throw new IllegalArgumentException(words[1]);
        };
    boolean gate = action instanceof Action.Gate;
    List<Mark.Choice> choices =
        gate
            ? List.of(
                new Mark.Choice(
                    SPAN, List.of(new Mark.Choice.Option("GO", Optional.empty(), SPAN, true))))
            : List.of();
    boolean named = words.length > 2 && !words[1].equals("wait");
    return new Step(
        new StepId(words[0]),
        1,
        List.of("Document", section),
        timing,
        words[0],
        action,
        named ? List.of(words[2]) : List.of(),
        List.of(),
        new Step.Form(Optional.empty(), choices, List.of(), List.of()),
        List.of());
  }

  /// What is known: `now -5, a done, b since -7, c took 4, runs 2`; `no T-0` without one.
  static Schedule.Situation situation(String words) {
    Optional<Instant> zero = Optional.of(ZERO);
    Instant now = ZERO;
    int runs = 1;
    Map<StepId, Progress> progress = new HashMap<>();
    Map<StepId, Duration> past = new HashMap<>();
    for (String fact : words.isBlank() ? new String[0] : words.strip().split("\\s*,\\s*", -1)) {
      String[] parts = fact.split("\\s+", -1);
      if (fact.equals("no T-0")) {
        zero = Optional.empty();
      } else if (parts[0].equals("now")) {
        now = ZERO.plus(minutes(parts[1]));
      } else if (parts[0].equals("runs")) {
        runs = Integer.parseInt(parts[1]);
      } else if (parts[1].equals("done")) {
        progress.put(new StepId(parts[0]), new Progress(true, Optional.of(ZERO)));
      } else if (parts[1].equals("since")) {
        progress.put(
            new StepId(parts[0]), new Progress(false, Optional.of(ZERO.plus(minutes(parts[2])))));
      } else {
        past.put(new StepId(parts[0]), minutes(parts[2]));
      }
    }
    return new Schedule.Situation(zero, now, progress, new Past(runs, past));
  }

  /// Minutes from T-0.
  static String offset(Instant at) {
    Duration offset = Duration.between(ZERO, at);
    return offset.toSecondsPart() == 0
        ? Long.toString(offset.toMinutes())
        : Double.toString(offset.toMillis() / 60_000.0);
  }
}
