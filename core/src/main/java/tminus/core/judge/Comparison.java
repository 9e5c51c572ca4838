package tminus.core.judge;

/// How a measured value must compare with the one written down.
public enum Comparison {
  LESS("<"),
  AT_MOST("≤"),
  EQUAL("="),
  AT_LEAST("≥"),
  GREATER(">");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /// As printed: `≤`.
  public String symbol() {
    return symbol;
  }

  /// Whether `measured` compares so with `limit`, both taken as the decimals people write: 7 of
  /// 1000 equals 0.7 %, although their binary fractions differ. NaN never does.
  public boolean holds(double measured, double limit) {
    // A few roundings, no more: numbers of thirteen digits are told apart.
    boolean equal = Math.abs(measured - limit) <= 4 * Math.ulp(Math.max(measured, limit));
    return switch (this) {
      case LESS -> !equal && measured < limit;
      case AT_MOST -> equal || measured <= limit;
      case EQUAL -> equal;
      case AT_LEAST -> equal || measured >= limit;
      case GREATER -> !equal && measured > limit;
    };
  }
}
