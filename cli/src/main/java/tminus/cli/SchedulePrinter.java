package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tminus.cli.ScheduleOutput.EndingOutput;
import tminus.cli.ScheduleOutput.StepOutput;
import tminus.core.schedule.Due;

/// Says on a terminal where a run stands in time.
final class SchedulePrinter {

  private static final int LATE_SHOWN = 5;
  private static final int CRITICAL_SHOWN = 4;

  private final Console console;
  private final Style style;
  private final Times times;

  SchedulePrinter(Console console) {
    this.console = console;
    this.style = console.style();
    this.times = new Times(console.zone(), console.clock().instant());
  }

  void print(ScheduleOutput schedule) {
    schedule
        .tZero()
        .ifPresent(zero -> console.line("T-0 %s, %s", times.whole(zero), times.away(zero)));
    late(schedule.late());
    schedule.nextDue().ifPresent(this::next);
    if (!schedule.mayAct().open()) {
      console
          .out()
          .println(
              style.warn("may not act now: ")
                  + schedule.mayAct().reason().orElse("")
                  + schedule
                      .mayAct()
                      .changes()
                      .map(at -> ", until " + times.moment(at))
                      .orElse(""));
    }
    critical(schedule.criticalPath());
    console.line(ending(schedule));
  }

  private void late(List<StepOutput> late) {
    for (StepOutput step : late.subList(0, Math.min(LATE_SHOWN, late.size()))) {
      String due = step.due().map(Due::end).map(times::moment).orElse("");
      console
          .out()
          .println(
              style.warn("late: ")
                  + "%s, due %s, %s ago%s"
                      .formatted(step.title(), due, Times.length(step.late()), who(step)));
    }
    if (late.size() > LATE_SHOWN) {
      console.line("late: %d more", late.size() - LATE_SHOWN);
    }
  }

  private void next(StepOutput step) {
    Instant begin = step.due().orElseThrow().begin();
    console.line(
        "next due: %s, %s, %s%s", step.title(), times.moment(begin), times.away(begin), who(step));
  }

  private static String who(StepOutput step) {
    return step.roles().isEmpty() ? "" : " (%s)".formatted(String.join(", ", step.roles()));
  }

  private void critical(List<StepOutput> path) {
    if (path.isEmpty()) {
      return;
    }
    String more =
        path.size() > CRITICAL_SHOWN ? " → %d more".formatted(path.size() - CRITICAL_SHOWN) : "";
    console.line(
        "critical path: %s%s",
        path.stream()
            .limit(CRITICAL_SHOWN)
            .map(StepOutput::title)
            .collect(Collectors.joining(" → ")),
        more);
  }

  private String ending(ScheduleOutput schedule) {
    return schedule
        .ending()
        .map(this::ending)
        .orElse("when it ends nobody can say: the calendar does not open again");
  }

  private String ending(EndingOutput ending) {
    if (ending.knownPercent() == 0 && isSoon(ending.about())) {
      return "when it ends nobody can say: no past run and no time in the document says how long it takes";
    }
    return "ends %s; %s".formatted(end(ending), known(ending));
  }

  private String end(EndingOutput ending) {
    String about = "%s, %s".formatted(times.moment(ending.about()), times.away(ending.about()));
    if (ending.latest().isEmpty()) {
      return "not before " + about;
    }
    String earliest = times.moment(ending.earliest());
    String latest = times.moment(ending.latest().get());
    return latest.equals(earliest)
        ? "about " + about
        : "about %s (%s to %s)".formatted(about, earliest, latest);
  }

  private boolean isSoon(Instant end) {
    return Duration.between(times.now(), end).compareTo(Duration.ofMinutes(1)) < 0;
  }

  private static String known(EndingOutput ending) {
    List<String> sources = new ArrayList<>();
    if (ending.fromPast() > 0) {
      sources.add("%d past run%s".formatted(ending.pastRuns(), ending.pastRuns() == 1 ? "" : "s"));
    }
    if (ending.fromDocument() > 0) {
      sources.add("the document");
    }
    return sources.isEmpty()
        ? "nobody knows how long its steps take"
        : "%d %% of it known from %s"
            .formatted(ending.knownPercent(), String.join(" and ", sources));
  }

  /// In a few words, for a list of runs: empty when there is nothing to say.
  String brief(ScheduleOutput schedule) {
    String late = schedule.late().isEmpty() ? "" : "  %d late".formatted(schedule.late().size());
    String end =
        schedule
            .ending()
            .filter(ending -> ending.latest().isPresent())
            .map(ending -> "  ends about " + times.moment(ending.about()))
            .orElse("");
    return late + end;
  }
}
