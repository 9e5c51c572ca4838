package tminus.core.schedule;

import java.time.Duration;

/// How long a step is expected to take.
///
/// @param source who says so
public record Length(Duration duration, Source source) {

  public Length {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("length: %s is negative".formatted(duration));
    }
  }

  /// Who says how long a step takes.
  public enum Source {
    /// Earlier runs: the median.
    PAST,
    /// The step itself: a wait, a bake.
    STEP,
    /// Its section, shared evenly among its steps.
    SECTION
  }
}
