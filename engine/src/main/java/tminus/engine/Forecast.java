package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.RunState;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.core.schedule.Durations;
import tminus.core.schedule.Past;
import tminus.core.schedule.Progress;
import tminus.core.schedule.Schedule;

/// What a journal says of time: how long steps took in earlier runs, and where a run stands.
public final class Forecast {

  /// How many earlier runs are read: enough for a median that one odd run does not move, and what
  /// the team did a year ago says little of today.
  public static final int RUNS_MAX = 20;

  private Forecast() {}

  /// How long the steps took in the latest earlier runs of the same checklist: of the same title
  /// and file, and at the same pace, by the steps' names. Only these runs are read.
  ///
  /// @param file the document, absolute, as in [Journal.Origin]
  /// @param before the run that the others are earlier than; empty for all there are
  public static Past past(Runs runs, Plan plan, String file, Optional<RunId> before) {
    List<RunId> earlier = earlier(runs.journal().runs(), plan, file, before);
    Map<StepId, List<Duration>> durations = new HashMap<>();
    int read = 0;
    for (RunId id : earlier.subList(0, Math.min(RUNS_MAX, earlier.size()))) {
      Map<StepId, Duration> took = took(runs, id, plan.pace());
      took.forEach((step, duration) ->
          durations.computeIfAbsent(step, _ -> new ArrayList<>()).add(duration));
      read += took.isEmpty() ? 0 : 1;
    }
    Map<StepId, Duration> medians = new HashMap<>();
    durations.forEach((step, all) -> medians.put(step, Durations.median(all).orElseThrow()));
    return new Past(read, medians);
  }

  /// The latest first.
  private static List<RunId> earlier(
      List<Journal.Header> headers, Plan plan, String file, Optional<RunId> before) {
    List<RunId> earlier = new ArrayList<>();
    boolean isEarlier = before.isEmpty();
    for (Journal.Header header : headers) {
      if (isEarlier && header.title().equals(plan.title()) && header.origin().file().equals(file)) {
        earlier.add(header.id());
      }
      isEarlier |= before.equals(Optional.of(header.id()));
    }
    return earlier;
  }

  /// How long the steps took that were done. A run that cannot be read says nothing.
  private static Map<StepId, Duration> took(Runs runs, RunId id, double pace) {
    Map<StepId, Duration> took = new HashMap<>();
    try {
      RunState state = runs.view(id).state();
      if (state.plan().pace() == pace) {
        for (Step step : state.plan().steps()) {
          took(step, state.step(step.id())).ifPresent(time -> took.put(step.id(), time));
        }
      }
    } catch (JournalException _) {
      return Map.of();
    }
    return took;
  }

  private static Optional<Duration> took(Step step, StepState state) {
    if (state.phase() != Phase.DONE || state.began().isEmpty()) {
      return Optional.empty();
    }
    Duration took = Duration.between(state.began().get(), state.since());
    // What people say before they are asked was done at some time before: nobody knows how long
    // it took.
    boolean unasked =
        took.isZero()
            && (step.action() instanceof Action.Attest || step.action() instanceof Action.Gate);
    return unasked || took.isNegative() ? Optional.empty() : Optional.of(took);
  }

  /// Where a run stands in time. One that is over or on its way back has no schedule.
  ///
  /// @param past what earlier runs say
  public static Optional<Schedule> of(Runs.View view, Past past, Instant now) {
    RunState state = view.state();
    return switch (state.status()) {
      case ROLLING_BACK, FINISHED -> Optional.empty();
      case RUNNING, HELD -> Optional.of(Schedule.of(state.plan(), situation(view, past, now)));
    };
  }

  private static Schedule.Situation situation(Runs.View view, Past past, Instant now) {
    Map<StepId, Progress> progress = new HashMap<>();
    for (Step step : view.state().plan().steps()) {
      StepState state = view.state().step(step.id());
      progress.put(step.id(), new Progress(state.phase().isSettled(), state.began()));
    }
    return new Schedule.Situation(view.state().zero(), now, progress, past);
  }
}
