package tminus.core.checklist;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.judge.Condition;

/// The attributes of elements, by the names that scripts read them by.
final class ElementFacts {

  private ElementFacts() {}

  /// Names and values in turn.
  static Map<String, Object> words(Object... pairs) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      facts.put((String) pairs[i], pairs[i + 1]);
    }
    return facts;
  }

  /// ISO-8601, the sign in front: `-PT24H`.
  static String iso(Duration duration) {
    return (duration.isNegative() ? "-" : "") + duration.abs();
  }

  static Map<String, Object> item(Item item) {
    return words("text", item.line().text(), "ticked", item.ticked());
  }

  static Map<String, Object> command(Command command) {
    return words("text", command.text(), "label", command.label());
  }

  static Map<String, Object> part(Item item, int of) {
    return words("text", item.line().text(), "ticked", item.ticked(), "of", of);
  }

  /// @param of the line of the box it stands under
  static Map<String, Object> task(Mark.Task task, Optional<Integer> of) {
    Map<String, Object> facts = words("text", task.text());
    of.ifPresent(line -> facts.put("of", line));
    task.timing().ifPresent(timing -> timing(timing, facts));
    return facts;
  }

  /// @param within how soon it must be decided
  static Map<String, Object> gate(String authority, Optional<Duration> within) {
    Map<String, Object> facts = words("authority", authority);
    within.ifPresent(duration -> facts.put("within", iso(duration)));
    return facts;
  }

  static Map<String, Object> section(Section section) {
    Map<String, Object> facts = words("title", section.title(), "level", section.level());
    facts.put("purpose", section.purpose().name().toLowerCase(Locale.ROOT));
    section.timing().ifPresent(timing -> timing(timing, facts));
    return facts;
  }

  private static void timing(Timing timing, Map<String, Object> into) {
    switch (timing) {
      case Timing.At at -> into.put("offset", iso(at.offset()));
      case Timing.Between between ->
          into.put("window", iso(between.from()) + "/" + iso(between.to()));
      case Timing.Takes takes -> into.put("duration", iso(takes.duration()));
    }
  }

  static Map<String, Object> expectation(Expectation expectation) {
    Map<String, Object> facts = words("type", "prose", "text", expectation.text());
    switch (expectation) {
      case Expectation.Empty _ -> facts.put("type", "empty");
      case Expectation.Literal literal -> {
        facts.put("type", "literal");
        facts.put("value", literal.words());
      }
      case Expectation.Amount amount -> {
        facts.put("type", "number");
        facts.put("op", amount.comparison().symbol());
        facts.put("value", number(amount.value()));
        facts.put("unit", amount.unit());
      }
      case Expectation.HttpStatus status -> {
        facts.put("type", "http-status");
        facts.put("value", status.status());
      }
      case Expectation.Json json -> {
        facts.put("type", "json");
        List<String> fields =
            json.fields().stream()
                .map(f -> "%s %s %s".formatted(f.path(), f.comparison().symbol(), f.value()))
                .toList();
        facts.put("value", fields);
      }
      case Expectation.Count count -> {
        facts.put("type", "count");
        facts.put("least", count.least());
        facts.put("value", count.words());
      }
      case Expectation.Lines lines -> {
        facts.put("type", "lines");
        facts.put("value", lines.lines());
      }
      case Expectation.All all -> {
        facts.put("type", "all");
        facts.put("value", all.parts().stream().map(Expectation::text).toList());
      }
      case Expectation.Prose _ -> {}
    }
    return facts;
  }

  static Map<String, Object> condition(Condition condition) {
    String quantile =
        condition
            .quantile()
            .map(q -> "p" + BigDecimal.valueOf(q).movePointRight(2).stripTrailingZeros() + " ")
            .orElse("");
    Map<String, Object> facts =
        words(
            "metric",
            quantile + condition.metric(),
            "op",
            condition.comparison().symbol(),
            "value",
            number(condition.limit().value()),
            "unit",
            condition.limit().unit().symbol());
    condition.sustained().ifPresent(duration -> facts.put("sustained", iso(duration)));
    return facts;
  }

  /// A condition without a limit has no `value`.
  static Map<String, Object> criterion(Mark.Criterion criterion) {
    Map<String, Object> facts = words("metric", criterion.metric());
    criterion.comparison().ifPresent(comparison -> facts.put("op", comparison.symbol()));
    criterion.sustained().ifPresent(duration -> facts.put("sustained", iso(duration)));
    return facts;
  }

  /// How soon a rollback is wanted, by the words that introduce its reasons.
  private static final Pattern URGENCY =
      Pattern.compile(
          "\\b(immediate|planned|automatic|manual|emergency|urgent|critical|high[- ]severity)\\b");

  /// @param around the words that introduce it, else the heading it stands under
  static Map<String, Object> trigger(Mark.Trigger trigger, String around) {
    Map<String, Object> facts = words("text", trigger.text());
    trigger.condition().ifPresent(condition -> facts.putAll(condition(condition)));
    Matcher urgency = URGENCY.matcher(around.toLowerCase(Locale.ROOT));
    if (urgency.find()) {
      facts.put("urgency", urgency.group(1));
    }
    Spoken.within(around).ifPresent(within -> facts.put("within", iso(within)));
    return facts;
  }

  /// Whole numbers without a fraction.
  private static Number number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : value;
  }
}
