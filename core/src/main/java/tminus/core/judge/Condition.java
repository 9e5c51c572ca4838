package tminus.core.judge;

import java.time.Duration;
import java.util.Optional;

/// A metric, a comparison, and how long it must hold: `error rate > 1 % for 5 min`.
///
/// @param metric what is measured, in lower case and singular words: `error rate`, `latency`,
///   `throughput`, `cpu usage`
/// @param quantile the quantile as a fraction, for `p95 latency`
/// @param comparison how what is measured must compare
/// @param limit with what
/// @param sustained how long it must hold without a break; empty when once is enough
public record Condition(
    String metric,
    Optional<Double> quantile,
    Comparison comparison,
    Quantity limit,
    Optional<Duration> sustained) {

  /// The same, held for another time.
  public Condition sustained(Duration duration) {
    return new Condition(metric, quantile, comparison, limit, Optional.of(duration));
  }

  /// Whether it is known to say that something is wrong: many errors, long latency, few successes,
  /// little traffic. What is no known metric says nothing.
  public boolean meansTrouble() {
    boolean above = comparison == Comparison.GREATER || comparison == Comparison.AT_LEAST;
    boolean below = comparison == Comparison.LESS || comparison == Comparison.AT_MOST;
    return MetricKind.of(this)
        .map(kind ->
            switch (kind) {
              case ERRORS, LATENCY -> above;
              case SUCCESSES, THROUGHPUT -> below;
            })
        .orElse(false);
  }

  @Override
  public String toString() {
    String name =
        quantile.map(q -> "p" + Math.round(q * 1000) / 10.0 + " ").orElse("").replace(".0 ", " ")
            + metric;
    return name
        + " "
        + comparison.symbol()
        + " "
        + limit
        + sustained.map(d -> " for " + words(d)).orElse("");
  }

  private static String words(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + " ms";
    }
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}
