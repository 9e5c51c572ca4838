package tminus.core.schedule;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What several durations come to.
public final class Durations {

  private Durations() {}

  /// The one in the middle; of an even number, the mean of the two. Empty when there are none.
  public static Optional<Duration> median(Collection<Duration> durations) {
    if (durations.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted = durations.stream().sorted().toList();
    Duration upper = sorted.get(sorted.size() / 2);
    Duration lower = sorted.get((sorted.size() - 1) / 2);
    return Optional.of(lower.plus(upper).dividedBy(2));
  }
}
