package tminus.examples.shop;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// What the business requests came to since the start, and its Prometheus text form. Safe for
/// concurrent use.
final class Metrics {

  /// Upper bounds in milliseconds: dense where a shop's answers are, up to ten seconds. What is
  /// slower counts in the last, unbounded bucket.
  private static final int[] BOUNDS_MILLIS = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000
  };

  private final String version;
  private final LongAdder errors = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS_MILLIS.length + 1);

  Metrics(String version) {
    this.version = version;
  }

  void answered(int status, long durationNanos) {
    if (status >= 500) {
      errors.increment();
    }
    nanos.add(durationNanos);
    int bucket = 0;
    while (bucket < BOUNDS_MILLIS.length && durationNanos > BOUNDS_MILLIS[bucket] * 1_000_000L) {
      bucket++;
    }
    buckets.incrementAndGet(bucket);
  }

  /// Prometheus text format 0.0.4.
  String text() {
    var histogram = new StringBuilder();
    long total = 0;
    for (int i = 0; i < buckets.length(); i++) {
      total += buckets.get(i);
      String bound =
          i < BOUNDS_MILLIS.length ? Double.toString(BOUNDS_MILLIS[i] / 1_000.0) : "+Inf";
      histogram.append(
          "shop_request_duration_seconds_bucket{le=\"%s\"} %d\n".formatted(bound, total));
    }
    Runtime runtime = Runtime.getRuntime();
    return """
    # HELP shop_info The release that answers.
    # TYPE shop_info gauge
    shop_info{version="%s"} 1
    # HELP shop_requests_total Business requests answered.
    # TYPE shop_requests_total counter
    shop_requests_total %d
    # HELP shop_errors_total Business requests answered with a server error.
    # TYPE shop_errors_total counter
    shop_errors_total %d
    # HELP shop_request_duration_seconds How long business requests took.
    # TYPE shop_request_duration_seconds histogram
    %sshop_request_duration_seconds_sum %s
    shop_request_duration_seconds_count %d
    # HELP shop_memory_used_bytes Heap in use.
    # TYPE shop_memory_used_bytes gauge
    shop_memory_used_bytes %d
    """
        .formatted(
            version,
            total,
            errors.sum(),
            histogram,
            Double.toString(nanos.sum() / 1e9),
            total,
            runtime.totalMemory() - runtime.freeMemory());
  }
}
