package tminus.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

  private static Latencies of(long... nanos) {
    Long[] counts = new Long[Latencies.BUCKETS];
    Arrays.fill(counts, 0L);
    for (long length : nanos) {
      counts[Latencies.bucket(length)]++;
    }
    return Latencies.of(List.of(counts));
  }

  @Test
  void aQuantileIsExactToNinePercent() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      long[] nanos =
          random
              .longs(1 + random.nextInt(400), 0, 20)
              // From 100 µs to 105 s, each magnitude alike.
              .map(doubling -> (long) (100_000 * Math.pow(2, doubling + random.nextDouble())))
              .sorted()
              .toArray();
      for (double q : new double[] {0.01, 0.5, 0.55, 0.9, 0.95, 0.99, 0.999, 1}) {
        long rank = Math.max(1, (long) Math.ceil(q * nanos.length - 1e-6));
        double exact = nanos[(int) rank - 1];
        double told = of(nanos).quantile(q).orElseThrow().toNanos();
        assertThat(told / exact).as("p%s of %d", 100 * q, nanos.length).isBetween(0.999999, 1.0906);
      }
    }
  }

  @Test
  void everyLengthFallsIntoTheBucketWithTheNextBoundAbove() {
    for (int bucket = 0; bucket < Latencies.BUCKETS - 1; bucket++) {
      long bound = Latencies.upperBound(bucket).toNanos();
      assertThat(Latencies.bucket(bound)).isEqualTo(bucket);
      assertThat(Latencies.bucket(bound + 1 + bound / 1_000_000)).isEqualTo(bucket + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0",
    "0, 0",
    "1, 0",
    "100000, 0",
    "100001, 1",
    "105000000000, 160",
    "9223372036854775807, 160"
  })
  void lengthsBeyondTheBucketsFallIntoTheFirstAndTheLast(long nanos, int bucket) {
    assertThat(Latencies.bucket(nanos)).isEqualTo(bucket);
  }

  @Test
  void theLastBucketStandsForEverythingSlower() {
    assertThat(of(Duration.ofHours(1).toNanos()).quantile(1)).contains(Latencies.upperBound(160));
    assertThat(Latencies.upperBound(160).toMillis() / 1e3).isCloseTo(104.86, within(0.01));
  }

  @Test
  void nothingMeasuredHasNoQuantile() {
    assertThat(Latencies.none().quantile(0.95)).isEmpty();
    assertThat(Latencies.none().total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.001, 95, Double.NaN})
  void aQuantileIsAFraction(double q) {
    assertThatThrownBy(() -> of(1).quantile(q))
        .hasMessage("quantile: %s is not a fraction - use over 0 and up to 1".formatted(q));
  }

  @Test
  void whatCameSinceAnEarlierReadingIsTheDifference() {
    Latencies earlier = of(200_000, 900_000);
    Latencies later = of(200_000, 900_000, 900_000, 5_000_000);
    assertThat(later.since(earlier)).isEqualTo(of(900_000, 5_000_000));
    assertThat(later.since(later)).isEqualTo(Latencies.none());
  }

  @Test
  void aSourceThatBeganAnewCountsFromZero() {
    Latencies earlier = of(200_000, 900_000);
    Latencies restarted = of(200_000);
    assertThat(restarted.since(earlier)).isEqualTo(restarted);
  }

  @Test
  void countsAddUp() {
    Latencies both = of(200_000).plus(of(200_000, 900_000));
    assertThat(both).isEqualTo(of(200_000, 200_000, 900_000));
    assertThat(both.total()).isEqualTo(3);
    assertThat(both).hasSameHashCodeAs(of(200_000, 200_000, 900_000));
  }

  @Test
  void countsAreReadBackAsTheyWereGivenOut() {
    Latencies some = of(1, 2_000_000, Long.MAX_VALUE);
    assertThat(Latencies.of(some.counts())).isEqualTo(some);
  }

  @Test
  void wrongCountsAreRefused() {
    assertThatThrownBy(() -> Latencies.of(List.of(1L, 2L)))
        .hasMessage("latencies: 2 buckets - there must be 161");
    List<Long> negative = new ArrayList<>(Collections.nCopies(Latencies.BUCKETS, 0L));
    negative.set(7, -1L);
    assertThatThrownBy(() -> Latencies.of(negative))
        .hasMessage("latencies: a bucket is negative - counts only grow");
  }
}
