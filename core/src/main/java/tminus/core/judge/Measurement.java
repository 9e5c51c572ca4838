package tminus.core.judge;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What an observation says of a condition's metric.
public sealed interface Measurement {

  /// A number in the base units of [Quantity#base]: a fraction, seconds, or per second.
  record Value(double base) implements Measurement {}

  /// The source knows the metric, and there was too little to tell.
  record TooLittle(String reason) implements Measurement {}

  /// The source does not know the metric.
  record Unknown(String reason) implements Measurement {}

  /// Fewer requests than this say nothing about a proportion or a quantile: at a true error rate of
  /// 0.1 %, twenty requests show an error in 2 % of all looks, ten or fewer make a single error
  /// look like 10 %.
  int LEAST_REQUESTS = 20;

  /// Measures a condition's metric. Latency without a quantile is read as p95, which is the
  /// stricter reading of the usual ones.
  static Measurement of(Condition condition, Observation observation) {
    String metric = condition.metric().toLowerCase(Locale.ROOT);
    if (metric.contains("throughput")
        || metric.equals("request rate")
        || metric.equals("requests")) {
      return new Value(observation.throughput());
    }
    boolean rate = metric.contains("error") || metric.contains("5xx");
    boolean success = metric.contains("success rate") || metric.contains("availability");
    boolean latency = metric.contains("latency") || metric.contains("response time");
    if (!rate && !success && !latency) {
      return new Unknown("nothing here measures " + condition.metric());
    }
    if (observation.requests() < LEAST_REQUESTS) {
      return new TooLittle(
          "%d requests in %s, and %d are needed"
              .formatted(observation.requests(), words(observation.interval()), LEAST_REQUESTS));
    }
    if (latency) {
      Optional<Duration> quantile =
          observation.latencies().quantile(condition.quantile().orElse(0.95));
      return quantile
          .<Measurement>map(duration -> new Value(duration.toNanos() / 1e9))
          .orElseGet(() -> new TooLittle("no request was timed"));
    }
    double errors = (double) observation.errors() / observation.requests();
    return new Value(success ? 1 - errors : errors);
  }

  /// A measured value in the unit the condition is written in: `5.2 %`.
  static String words(Condition condition, double base) {
    Quantity limit = condition.limit();
    double inUnit = limit.value() == 0 ? base : base / (limit.base() / limit.value());
    if (limit.value() == 0 && limit.unit() == Quantity.Unit.PERCENT) {
      inUnit = base * 100;
    }
    double rounded = Math.abs(inUnit) >= 100 ? Math.rint(inUnit) : Math.rint(inUnit * 100) / 100;
    return new Quantity(rounded, limit.unit()).toString();
  }

  private static String words(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
  }
}
