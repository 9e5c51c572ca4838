package tminus.core.judge;

import java.time.Duration;

/// What one slot answered in one interval.
///
/// @param interval how long was looked at; positive
/// @param requests answered requests, errors included; 0 or more
/// @param errors those that failed on the server's side (5xx, or no answer); 0 to `requests`
/// @param latencies how long the answered requests took
public record Observation(Duration interval, long requests, long errors, Latencies latencies) {

  public Observation {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "observation: the interval %s is not positive".formatted(interval));
    }
    if (requests < 0 || errors < 0 || errors > requests) {
      throw new IllegalArgumentException(
          "observation: %d errors of %d requests cannot be".formatted(errors, requests));
    }
  }

  /// Requests per second.
  public double throughput() {
    return requests / (interval.toNanos() / 1e9);
  }
}
