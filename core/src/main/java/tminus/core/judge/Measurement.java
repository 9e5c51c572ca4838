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
    Optional<MetricKind> kind = MetricKind.of(condition);
    if (kind.isEmpty()) {
      return new Unknown("nothing here measures " + condition.metric() + unit(condition.limit()));
    }
    if (kind.get() != MetricKind.THROUGHPUT && observation.requests() < LEAST_REQUESTS) {
      return new TooLittle(
          "%d requests in %s, and %d are needed"
              .formatted(observation.requests(), words(observation.interval()), LEAST_REQUESTS));
    }
    return switch (kind.get()) {
      case THROUGHPUT -> new Value(observation.throughput());
      case ERRORS -> new Value((double) observation.errors() / observation.requests());
      case SUCCESSES -> new Value(1 - (double) observation.errors() / observation.requests());
      case LATENCY ->
          observation
              .latencies()
              .quantile(condition.quantile().orElse(0.95))
              .<Measurement>map(duration -> new Value(duration.toNanos() / 1e9))
              .orElseGet(() -> new TooLittle("no request was timed"));
    };
  }

  private static String unit(Quantity limit) {
    return limit.unit() == Quantity.Unit.NONE ? " without a unit" : " in " + limit.unit().symbol();
  }

  /// A measured value in the unit the condition is written in: `5.2 %`.
  static String words(Condition condition, double base) {
    double inUnit = Quantity.ofBase(base, condition.limit().unit()).value();
    double rounded = Math.abs(inUnit) >= 100 ? Math.rint(inUnit) : Math.rint(inUnit * 100) / 100;
    return new Quantity(rounded, condition.limit().unit()).toString();
  }

  private static String words(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
  }
}
