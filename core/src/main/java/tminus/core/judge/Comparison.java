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

  /// Whether `measured` compares so with `limit`. NaN never does.
  public boolean holds(double measured, double limit) {
    return switch (this) {
      case LESS -> measured < limit;
      case AT_MOST -> measured <= limit;
      case EQUAL -> measured == limit;
      case AT_LEAST -> measured >= limit;
      case GREATER -> measured > limit;
    };
  }
}
