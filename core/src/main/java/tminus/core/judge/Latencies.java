package tminus.core.judge;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How long requests took, as counts in fixed buckets, so that two of them can be subtracted and
/// any quantile read off.
///
/// The buckets grow by 2^(1/8), nine percent, from 100 µs to 105 s: a quantile is exact to nine
/// percent of its value, everywhere. Immutable.
public final class Latencies {

  /// How many buckets there are. The last one also takes everything slower than its bound.
  public static final int BUCKETS = 161;

  private static final double FIRST_NANOS = 100_000;
  private static final double STEPS_PER_DOUBLING = 8;

  private final long[] counts;

  private Latencies(long[] counts) {
    this.counts = counts;
  }

  /// Nothing measured.
  public static Latencies none() {
    return new Latencies(new long[BUCKETS]);
  }

  /// Latencies from counts that another process kept.
  ///
  /// @param counts requests per bucket, fastest first; exactly [#BUCKETS] numbers, none negative
  public static Latencies of(List<Long> counts) {
    if (counts.size() != BUCKETS) {
      throw new IllegalArgumentException(
          "latencies: %d buckets - there must be %d".formatted(counts.size(), BUCKETS));
    }
    long[] copy = counts.stream().mapToLong(Long::longValue).toArray();
    if (Arrays.stream(copy).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("latencies: a bucket is negative - counts only grow");
    }
    return new Latencies(copy);
  }

  /// The bucket a request of that length falls into: 0 to [#BUCKETS] - 1.
  ///
  /// @param nanos the request's length in nanoseconds; negative counts as zero
  public static int bucket(long nanos) {
    if (nanos <= FIRST_NANOS) {
      return 0;
    }
    int bucket =
        (int) Math.ceil(STEPS_PER_DOUBLING * Math.log(nanos / FIRST_NANOS) / Math.log(2) - 1e-9);
    return Math.min(bucket, BUCKETS - 1);
  }

  /// The longest request that falls into the bucket.
  public static Duration upperBound(int bucket) {
    return Duration.ofNanos((long) (FIRST_NANOS * Math.pow(2, bucket / STEPS_PER_DOUBLING)));
  }

  /// Requests per bucket, fastest first.
  public List<Long> counts() {
    return Arrays.stream(counts).boxed().toList();
  }

  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /// What was measured since an earlier reading of the same counters.
  ///
  /// A source that was restarted in between counts from zero again; then everything it has now is
  /// new.
  public Latencies since(Latencies earlier) {
    long[] difference = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      difference[i] = counts[i] - earlier.counts[i];
      if (difference[i] < 0) {
        return this;
      }
    }
    return new Latencies(difference);
  }

  /// Both together.
  public Latencies plus(Latencies other) {
    long[] sum = new long[BUCKETS];
    Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
    return new Latencies(sum);
  }

  /// The upper bound of the bucket that holds the q-quantile, or empty when nothing was measured.
  ///
  /// @param q a fraction, over 0 and up to 1: 0.95 for p95
  public Optional<Duration> quantile(double q) {
    if (!(q > 0 && q <= 1)) {
      throw new IllegalArgumentException(
          "quantile: %s is not a fraction - use over 0 and up to 1".formatted(q));
    }
    long total = total();
    if (total == 0) {
      return Optional.empty();
    }
    // 0.55 * 100 is a little more than 55 in binary.
    long rank = (long) Math.ceil(q * total - 1e-6);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Optional.of(upperBound(i));
      }
    }
    return Optional.of(upperBound(BUCKETS - 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Latencies that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "Latencies[" + total() + " requests, p95 " + quantile(0.95) + "]";
  }
}
