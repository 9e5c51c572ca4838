package tminus.core.schedule;

import java.time.Duration;
import java.util.Map;
import tminus.core.plan.StepId;

/// How long steps took in earlier runs of the same plan.
///
/// @param runs how many runs that is
/// @param medians by step; those that were never done are not in it
public record Past(int runs, Map<StepId, Duration> medians) {

  /// There was no earlier run.
  public static final Past NONE = new Past(0, Map.of());

  public Past {
    medians = Map.copyOf(medians);
  }
}
