package tminus.core.checklist;

import java.time.Duration;

/// When a section is due, relative to T-0, or how long it takes. Durations before T-0 are negative.
public sealed interface Timing {

  /// Due at one moment: `T-7 days`, `48 hours before`.
  record At(Duration offset) implements Timing {}

  /// Due in a window: `T+5 to T+25 min`, `Hour 6-12`.
  record Between(Duration from, Duration to) implements Timing {

    public Between {
      if (to.compareTo(from) < 0) {
        throw new IllegalArgumentException(
            "timing: the window ends (%s) before it begins (%s)".formatted(to, from));
      }
    }
  }

  /// Takes about that long: `(15 minutes)`.
  record Takes(Duration duration) implements Timing {}
}
