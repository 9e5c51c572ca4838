package tminus.simulation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// How a number came out over many rehearsals. Immutable.
public final class Distribution {

  private final double[] sorted;

  private Distribution(double[] sorted) {
    this.sorted = sorted;
  }

  /// Of these values; at least one.
  public static Distribution of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("distribution: there are no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Distribution(sorted);
  }

  /// How many values there are.
  public int size() {
    return sorted.length;
  }

  /// The least value that a share of all values does not exceed.
  ///
  /// @param share over 0 and up to 1: 0.95 for p95
  public double quantile(double share) {
    int rank = (int) Math.ceil(share * sorted.length - 1e-9);
    return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
  }

  /// The value in the middle.
  public double median() {
    return quantile(0.5);
  }

  /// The greatest value.
  public double max() {
    return sorted[sorted.length - 1];
  }

  /// The least value.
  public double min() {
    return sorted[0];
  }

  /// How many values are greater.
  public long above(double limit) {
    return Arrays.stream(sorted).filter(value -> value > limit).count();
  }

  /// How many values fall into each of so many equal parts between the least and the greatest.
  public List<Long> histogram(int parts) {
    double width = (max() - min()) / parts;
    long[] counts = new long[parts];
    for (double value : sorted) {
      int part = width > 0 ? (int) ((value - min()) / width) : 0;
      counts[Math.min(part, parts - 1)]++;
    }
    return IntStream.range(0, parts).mapToObj(i -> counts[i]).toList();
  }
}
