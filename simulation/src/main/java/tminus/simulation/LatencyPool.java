package tminus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import tminus.core.judge.Latencies;

/// Latencies of so many requests, drawn once and used again: what a rehearsal looks at a hundred
/// thousand times is then looked up. Safe for concurrent use.
///
/// A healthy answer takes 40 ms in the middle, log-normally with a sigma of 0.5, which is a p95 of
/// 91 ms and a p99 of 128 ms.
final class LatencyPool {

  private static final double MEDIAN_NANOS = 40e6;
  private static final double SIGMA = 0.5;

  /// Samples of one size: enough that a p95 of few requests varies as it does.
  private static final int VARIANTS = 8;

  /// Beyond that many requests the quantiles hardly vary any more.
  private static final int[] SIZES = {10, 20, 30, 45, 70, 100, 150, 225, 350, 500, 1_000, 2_000};

  private static final Map<Duration, LatencyPool> POOLS = new ConcurrentHashMap<>();

  private final Duration more;
  private final List<List<Latencies>> samples = new ArrayList<>();

  private LatencyPool(Duration more) {
    this.more = more;
    // The seed is the pool's own: it is shared by runs of all seeds.
    RandomGenerator random = new SplittableRandom(more.toMillis());
    for (int size : SIZES) {
      List<Latencies> variants = new ArrayList<>();
      for (int i = 0; i < VARIANTS; i++) {
        variants.add(draw(random, more, size));
      }
      samples.add(List.copyOf(variants));
    }
  }

  private static Latencies draw(RandomGenerator random, Duration more, int size) {
    long[] counts = new long[Latencies.BUCKETS];
    for (int i = 0; i < size; i++) {
      double nanos = MEDIAN_NANOS * StrictMath.exp(SIGMA * random.nextGaussian()) + more.toNanos();
      counts[Latencies.bucket((long) nanos)]++;
    }
    return Latencies.of(LongStream.of(counts).boxed().toList());
  }

  /// Those of a service whose answers take so much longer than usual.
  static LatencyPool of(Duration more) {
    return POOLS.computeIfAbsent(more, LatencyPool::new);
  }

  /// Whether it is the one of that time.
  boolean is(Duration time) {
    return more.equals(time);
  }

  /// Latencies of about so many requests.
  Latencies draw(long requests, RandomGenerator random) {
    if (requests == 0) {
      return Latencies.none();
    }
    int found = Arrays.binarySearch(SIZES, (int) Math.min(requests, SIZES[SIZES.length - 1]));
    int size = found >= 0 ? found : Math.max(0, -found - 2);
    return samples.get(size).get(random.nextInt(VARIANTS));
  }

  /// The share of requests that take longer.
  double slowerThan(Duration limit) {
    List<Long> counts = samples.getLast().getFirst().counts();
    int bucket = Latencies.bucket(limit.toNanos());
    long slower = counts.subList(bucket + 1, counts.size()).stream().mapToLong(n -> n).sum();
    return slower / (double) SIZES[SIZES.length - 1];
  }
}
