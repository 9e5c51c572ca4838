package tminus.core.judge;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Conditions and observations in few words.
final class Observed {

  private Observed() {}

  /// `error rate > 1 % for 30 s`, as the one parser for thresholds reads it.
  static Condition condition(String words) {
    return ConditionGrammar.parse(words).orElseThrow(() -> new AssertionError("unread: " + words));
  }

  static Condition condition(String metric, double limit, Quantity.Unit unit) {
    return new Condition(
        metric, Optional.empty(), Comparison.LESS, new Quantity(limit, unit), Optional.empty());
  }

  /// So many requests in ten seconds, each of which took 100 ms.
  static Observation observation(long requests, long errors) {
    return observation(requests, errors, Duration.ofMillis(100));
  }

  static Observation observation(long requests, long errors, Duration each) {
    Long[] counts = new Long[Latencies.BUCKETS];
    Arrays.fill(counts, 0L);
    counts[Latencies.bucket(each.toNanos())] = requests;
    return new Observation(Duration.ofSeconds(10), requests, errors, Latencies.of(List.of(counts)));
  }
}
