package tminus.core.judge;

import java.util.Locale;

/// A number with its unit, as written in a document.
///
/// @param value the number in the unit as written: 5 in `5 %`, 500 in `500 ms`
/// @param unit what it counts
public record Quantity(double value, Unit unit) {

  /// Units the documents use.
  public enum Unit {
    PERCENT("%", 0.01),
    MILLISECONDS("ms", 0.001),
    SECONDS("s", 1),
    MINUTES("min", 60),
    HOURS("h", 3600),
    DAYS("d", 86_400),
    BYTES("B", 1),
    KILOBYTES("kB", 1e3),
    MEGABYTES("MB", 1e6),
    GIGABYTES("GB", 1e9),
    PER_SECOND("/s", 1),
    NONE("", 1);

    private final String symbol;
    private final double factor;

    Unit(String symbol, double factor) {
      this.symbol = symbol;
      this.factor = factor;
    }

    /// As printed: `ms`.
    public String symbol() {
      return symbol;
    }
  }

  /// A number in base units, in the unit given: 0.05 in percent is 5.
  static Quantity ofBase(double base, Unit unit) {
    return new Quantity(base / unit.factor, unit);
  }

  /// The number in base units: a fraction for percents, seconds, bytes.
  public double base() {
    return value * unit.factor;
  }

  @Override
  public String toString() {
    String number =
        value == Math.rint(value)
            ? String.valueOf((long) value)
            : String.format(Locale.ROOT, "%s", value);
    return unit == Unit.NONE || unit == Unit.PER_SECOND
        ? number + unit.symbol
        : number + " " + unit.symbol;
  }
}
