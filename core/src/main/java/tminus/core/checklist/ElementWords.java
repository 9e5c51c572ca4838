package tminus.core.checklist;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tminus.core.checklist.Section.Purpose;

/// What elements are in a few words, for a margin.
final class ElementWords {

  /// As much of a document's words as a margin holds beside its own.
  private static final int CUT = 28;

  private ElementWords() {}

  static String cut(String words) {
    return words.length() <= CUT ? words : words.substring(0, CUT - 1).strip() + "…";
  }

  /// A name short enough to stand in a margin with the words around it.
  static String name(String words) {
    return words.length() <= 16 ? words : words.substring(0, 15).strip() + "…";
  }

  static String message(Map<String, Object> facts) {
    Object schedule = facts.get("schedule");
    if (schedule == null) {
      return "message";
    }
    String words = (String) schedule;
    return words.startsWith("R/")
        ? "message every " + length(Duration.parse(words.substring(2)))
        : "message at " + moment(Duration.parse(words));
  }

  static String section(Section section) {
    String purpose =
        section.purpose() == Purpose.PROCEDURE
            ? ""
            : section.purpose().name().toLowerCase(Locale.ROOT) + " ";
    String timing = section.timing().map(t -> " " + timing(t)).orElse("");
    return purpose + "section" + timing;
  }

  private static String timing(Timing timing) {
    return switch (timing) {
      case Timing.At at -> moment(at.offset());
      case Timing.Between between -> moment(between.from()) + " … " + moment(between.to());
      case Timing.Takes takes -> "takes " + length(takes.duration());
    };
  }

  private static String moment(Duration offset) {
    return offset.isZero() ? "T-0" : "T" + (offset.isNegative() ? "-" : "+") + length(offset.abs());
  }

  /// The largest unit that says it without a fraction.
  static String length(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 86_400_000 == 0 && millis > 172_800_000) {
      return duration.toDays() + " d";
    }
    if (millis % 3_600_000 == 0) {
      return duration.toHours() + " h";
    }
    if (millis % 60_000 == 0) {
      return duration.toMinutes() + " min";
    }
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
  }

  static String expectation(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Empty _ -> "expects no output";
      case Expectation.Literal literal -> "expects \"" + cut(literal.words()) + "\"";
      case Expectation.Amount amount ->
          "expects %s %s %s"
              .formatted(
                  amount.comparison().symbol(),
                  BigDecimal.valueOf(amount.value()).stripTrailingZeros().toPlainString(),
                  amount.unit())
              .strip();
      case Expectation.HttpStatus status -> "expects status " + status.status();
      case Expectation.Json json ->
          json.fields().size() == 1
              ? "expects JSON with 1 field"
              : "expects JSON with %d fields".formatted(json.fields().size());
      case Expectation.Count count ->
          "expects %d or more of \"%s\"".formatted(count.least(), cut(count.words()));
      case Expectation.Lines lines ->
          lines.lines().size() == 1
              ? "expects 1 line"
              : "expects %d lines".formatted(lines.lines().size());
      case Expectation.All all -> "expects %d things".formatted(all.parts().size());
      case Expectation.Prose _ -> "expectation a person judges";
    };
  }

  static String criterion(Mark.Criterion criterion) {
    String limit = criterion.comparison().map(c -> " " + c.symbol() + " ?").orElse("");
    String lasting = criterion.sustained().map(d -> " for " + length(d)).orElse("");
    return cut(criterion.metric()) + limit + lasting + ", a person judges";
  }

  static String trigger(Mark.Trigger trigger) {
    return trigger.condition().map(c -> "trigger " + c).orElse("trigger a person judges");
  }
}
