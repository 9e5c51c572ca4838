package tminus.core.checklist;

import java.util.Map;
import java.util.Optional;

/// Units that outputs and expectations carry, and how they convert.
final class Measures {

  /// @param kind what it measures; units of different kinds do not compare
  /// @param factor how many of the kind's base it is
  private record Measure(String kind, double factor) {}

  private static final Map<String, Measure> UNITS =
      Map.ofEntries(
          Map.entry("", new Measure("", 1)),
          Map.entry("%", new Measure("%", 1)),
          Map.entry("us", new Measure("s", 1e-6)),
          Map.entry("µs", new Measure("s", 1e-6)),
          Map.entry("ms", new Measure("s", 1e-3)),
          Map.entry("s", new Measure("s", 1)),
          Map.entry("sec", new Measure("s", 1)),
          Map.entry("seconds", new Measure("s", 1)),
          Map.entry("min", new Measure("s", 60)),
          Map.entry("minutes", new Measure("s", 60)),
          Map.entry("h", new Measure("s", 3600)),
          Map.entry("hours", new Measure("s", 3600)),
          Map.entry("B", new Measure("B", 1)),
          Map.entry("kB", new Measure("B", 1e3)),
          Map.entry("KB", new Measure("B", 1e3)),
          Map.entry("MB", new Measure("B", 1e6)),
          Map.entry("GB", new Measure("B", 1e9)));

  private Measures() {}

  static boolean isKnown(String unit) {
    return UNITS.containsKey(unit);
  }

  /// The value in another unit; empty when the two do not compare.
  static Optional<Double> convert(double value, String from, String to) {
    Measure source = UNITS.get(from);
    Measure target = UNITS.get(to);
    if (source == null || target == null || !source.kind().equals(target.kind())) {
      return Optional.empty();
    }
    return Optional.of(value * source.factor() / target.factor());
  }
}
