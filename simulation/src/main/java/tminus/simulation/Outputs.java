package tminus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tminus.core.checklist.Expectation;
import tminus.core.judge.Comparison;

/// What a command might print, made up from what the document expects of it.
final class Outputs {

  private Outputs() {}

  /// What it prints when all is well.
  static String healthy(Optional<Expectation> expectation) {
    return expectation.map(Outputs::healthy).orElse("ok\n");
  }

  private static String healthy(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Empty _ -> "";
      case Expectation.Literal literal -> literal.words() + "\n";
      case Expectation.Amount amount -> number(within(amount.comparison(), amount.value())) + "\n";
      case Expectation.HttpStatus status -> status.status() + "\n";
      case Expectation.Json json -> json(json, false) + "\n";
      case Expectation.Count count -> (count.words() + "\n").repeat(Math.max(1, count.least()));
      case Expectation.Lines lines ->
          lines.lines().stream()
              .map(line -> line.replaceAll("\\[[^\\]]*\\]", "x1"))
              .collect(Collectors.joining("\n", "", "\n"));
      case Expectation.Prose _ -> "(simulated output)\n";
      case Expectation.All all ->
          all.parts().stream().map(Outputs::labelled).collect(Collectors.joining());
    };
  }

  /// A part of several: an amount stands after its own words.
  private static String labelled(Expectation part) {
    return part instanceof Expectation.Amount amount
        ? label(amount) + healthy(part)
        : healthy(part);
  }

  private static String label(Expectation.Amount amount) {
    String words = amount.text().replaceAll("[<>≤≥=\\d].*", "").strip();
    return words.isEmpty() ? "" : words + ": ";
  }

  /// What it prints when a value is beyond its limit; empty where there is no limit.
  static Optional<String> beyond(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Amount amount ->
          Optional.of(number(outside(amount.comparison(), amount.value())) + "\n");
      case Expectation.Json json ->
          json.fields().stream().allMatch(field -> field.comparison() == Comparison.EQUAL)
              ? Optional.empty()
              : Optional.of(json(json, true) + "\n");
      case Expectation.All all ->
          all.parts().stream()
              .filter(part -> beyond(part).isPresent())
              .findFirst()
              .map(bad ->
                  all.parts().stream()
                      .map(part -> part.equals(bad) ? beyondLabelled(part) : labelled(part))
                      .collect(Collectors.joining()));
      case Expectation.Count _,
          Expectation.Empty _,
          Expectation.HttpStatus _,
          Expectation.Lines _,
          Expectation.Literal _,
          Expectation.Prose _ ->
          Optional.empty();
    };
  }

  private static String beyondLabelled(Expectation part) {
    String value = beyond(part).orElse("");
    return part instanceof Expectation.Amount amount ? label(amount) + value : value;
  }

  private static double within(Comparison comparison, double limit) {
    return switch (comparison) {
      case LESS, AT_MOST -> limit / 2;
      case EQUAL, AT_LEAST -> limit;
      case GREATER -> 2 * limit + 1;
    };
  }

  private static double outside(Comparison comparison, double limit) {
    return switch (comparison) {
      case LESS, AT_MOST -> 3 * limit + 1;
      case EQUAL -> limit + 1;
      case AT_LEAST, GREATER -> limit - 1 - Math.abs(limit) / 2;
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  // ---- JSON

  private static String json(Expectation.Json json, boolean beyond) {
    Map<String, Object> root = new LinkedHashMap<>();
    for (Expectation.Json.Field field : json.fields()) {
      put(root, steps(field.path()), value(field, beyond));
    }
    return written(root);
  }

  private static String value(Expectation.Json.Field field, boolean beyond) {
    if (field.comparison() == Comparison.EQUAL) {
      boolean bare = field.value().matches("-?\\d+(\\.\\d+)?|true|false|null");
      return bare ? field.value() : quoted(field.value());
    }
    double limit = Double.parseDouble(field.value());
    return number(beyond ? outside(field.comparison(), limit) : within(field.comparison(), limit));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /// `items[0].id` as `items`, `#0`, `id`.
  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    for (String part : path.replaceAll("\\[(\\d+)\\]", ".#$1").split("\\.", -1)) {
      if (!part.isEmpty()) {
        steps.add(part);
      }
    }
    return steps;
  }

  private static void put(Map<String, Object> into, List<String> steps, String value) {
    Map<String, Object> at = into;
    for (String step : steps.subList(0, Math.max(0, steps.size() - 1))) {
      if (at.get(step) instanceof Map<?, ?> deeper) {
        at = narrowed(deeper);
      } else {
        Map<String, Object> deeper = new TreeMap<>();
        at.put(step, deeper);
        at = deeper;
      }
    }
    if (!steps.isEmpty()) {
      at.put(steps.getLast(), value);
    }
  }

  @SuppressWarnings("unchecked") // only put() makes these maps
  private static Map<String, Object> narrowed(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private static String written(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return String.valueOf(value);
    }
    boolean list =
        !map.isEmpty() && map.keySet().stream().allMatch(key -> key.toString().startsWith("#"));
    return list
        ? map.values().stream().map(Outputs::written).collect(Collectors.joining(",", "[", "]"))
        : map.entrySet().stream()
            .map(entry -> quoted(entry.getKey().toString()) + ":" + written(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }
}
