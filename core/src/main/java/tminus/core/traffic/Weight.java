package tminus.core.traffic;

/// The candidate's share of the traffic; the stable version has the rest.
///
/// @param percent whole percent, 0 to 100
public record Weight(int percent) implements Comparable<Weight> {

  /// All traffic on the stable version.
  public static final Weight NONE = new Weight(0);

  /// All traffic on the candidate.
  public static final Weight ALL = new Weight(100);

  public Weight {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException(
          "weight: %d is not a percentage - use 0 to 100".formatted(percent));
    }
  }

  @Override
  public int compareTo(Weight other) {
    return Integer.compare(percent, other.percent);
  }

  @Override
  public String toString() {
    return percent + " %";
  }
}
