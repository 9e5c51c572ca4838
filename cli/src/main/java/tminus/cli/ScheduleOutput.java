package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tminus.core.calendar.Calendar;
import tminus.core.plan.StepId;
import tminus.core.schedule.Due;
import tminus.core.schedule.Ending;
import tminus.core.schedule.Past;
import tminus.core.schedule.Schedule;
import tminus.engine.Forecast;
import tminus.engine.Runs;

/// Where a run stands in time, in JSON: a contract with scripts that read it. Lengths are ISO-8601.
///
/// @param tZero T-0, when the run was scheduled
/// @param late what should have been settled by now
/// @param nextDue what is due next
/// @param criticalPath what determines the end, in order
/// @param ending when the run is expected to end; empty while nobody knows
/// @param mayAct whether the calendar lets it begin to act now
record ScheduleOutput(
    Optional<Instant> tZero,
    List<StepOutput> late,
    Optional<StepOutput> nextDue,
    List<StepOutput> criticalPath,
    Optional<EndingOutput> ending,
    Acting mayAct) {

  /// One step in time.
  ///
  /// @param due when its section is due
  /// @param late for how long it should have been settled
  /// @param expected when it is expected to begin and to end
  record StepOutput(
      String id,
      String title,
      List<String> roles,
      Optional<Due> due,
      Duration late,
      Optional<Due> expected,
      Duration slack) {}

  /// When the run is expected to end.
  ///
  /// @param pastRuns how many earlier runs that is known from
  record EndingOutput(
      Instant earliest,
      Instant about,
      Optional<Instant> latest,
      int knownPercent,
      int fromPast,
      int fromDocument,
      int unknown,
      int pastRuns) {}

  /// What the calendar says now.
  ///
  /// @param changes when that ends, as far as is known
  record Acting(boolean open, Optional<String> reason, Optional<Instant> changes) {}

  /// Where the run stands; empty once it is over or on its way back. Earlier runs are read only
  /// then.
  ///
  /// @param file the document, absolute
  static Optional<ScheduleOutput> of(Runs runs, Runs.View view, String file, Instant now) {
    return switch (view.state().status()) {
      case FINISHED, ROLLING_BACK -> Optional.empty();
      case RUNNING, HELD -> {
        Past past = Forecast.past(runs, view.state().plan(), file, Optional.of(view.id()));
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        yield Forecast.of(view, past, moment).map(schedule -> of(view, schedule, past, moment));
      }
    };
  }

  private static ScheduleOutput of(Runs.View view, Schedule schedule, Past past, Instant now) {
    return new ScheduleOutput(
        view.state().zero(),
        schedule.late().stream().map(ScheduleOutput::output).toList(),
        schedule.dueAfter(now).map(ScheduleOutput::output),
        schedule.criticalPath().stream().map(id -> output(step(schedule, id))).toList(),
        schedule.ending().map(ending -> output(ending, past)),
        acting(view.state().plan().calendar().at(now)));
  }

  private static Schedule.Timed step(Schedule schedule, StepId id) {
    return schedule.steps().stream()
        .filter(step -> step.step().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static StepOutput output(Schedule.Timed step) {
    return new StepOutput(
        step.step().id().value(),
        step.step().title(),
        step.step().roles(),
        step.due(),
        step.late(),
        step.left(),
        step.slack());
  }

  private static EndingOutput output(Ending ending, Past past) {
    return new EndingOutput(
        ending.earliest(),
        ending.about(),
        ending.latest(),
        ending.knownPercent(),
        ending.fromPast(),
        ending.fromDocument(),
        ending.unknown(),
        past.runs());
  }

  private static Acting acting(Calendar.State state) {
    return switch (state) {
      case Calendar.State.Open(Optional<Instant> until) ->
          new Acting(true, Optional.empty(), until);
      case Calendar.State.Closed(String reason, Optional<Instant> opens) ->
          new Acting(false, Optional.of(reason), opens);
    };
  }
}
