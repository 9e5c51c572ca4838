package tminus.core.judge;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What an observation can measure, and the names and units the documents have for it. A name or a
/// unit that is not known for certain is nothing that can be measured: `query latency` is another
/// latency, `errors < 5` counts something else.
enum MetricKind {
  /// The share of requests that failed on the server's side.
  ERRORS(
      "error rate",
      "http error rate",
      "api error rate",
      "server error rate",
      "5xx rate",
      "5xx error rate",
      "http 5xx rate"),
  /// The share of requests that did not.
  SUCCESSES("success rate", "request success rate", "availability"),
  /// How long requests take.
  LATENCY("latency", "response time"),
  /// How many requests there are.
  THROUGHPUT("throughput", "request rate", "requests");

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is
  private final Set<String> names;

  MetricKind(String... names) {
    this.names = Set.of(names);
  }

  /// What the condition is about, if an observation can measure it.
  static Optional<MetricKind> of(Condition condition) {
    String name = condition.metric().toLowerCase(Locale.ROOT);
    for (MetricKind kind : values()) {
      if (kind.names.contains(name) && kind.hasUnit(condition.limit().unit())) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private boolean hasUnit(Quantity.Unit unit) {
    return switch (unit) {
      case PERCENT -> this == ERRORS || this == SUCCESSES;
      case MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS -> this == LATENCY;
      case PER_SECOND -> this == THROUGHPUT;
      case BYTES, KILOBYTES, MEGABYTES, GIGABYTES, NONE -> false;
    };
  }
}
