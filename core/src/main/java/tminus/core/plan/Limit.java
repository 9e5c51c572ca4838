package tminus.core.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tminus.core.judge.Comparison;
import tminus.core.judge.Quantity;
import tminus.core.judge.Quantity.Unit;

/// What the value of a blank must be, as written beside it: `(target: <5s)`, `(expected: 100)`.
///
/// @param field the position of the blank among the form's fields, from 0
/// @param comparison how the value must compare
/// @param bound with what; days for a date
/// @param asked the unit the document writes behind the blank, in which a bare number is taken
/// @param kind what the value is
/// @param of what the value is a part of, where the bound is a share: the 2019 of `____/2019`
public record Limit(
    int field, Comparison comparison, Quantity bound, Unit asked, Kind kind, Optional<Integer> of) {

  /// What kind of value is compared.
  public enum Kind {
    /// A number.
    NUMBER,
    /// A day, by how far it is from now.
    DATE
  }

  private static final Pattern NUMBER =
      Pattern.compile("(-?\\d+(?:[.,]\\d+)?)\\s*(%|[a-zA-Zµ]*)(?:\\s*/\\s*\\d+)?");

  /// Why a value does not do, if so. A value that cannot be read does not do: what was not measured
  /// is not met.
  ///
  /// @param now when it is said: what `from now` counts from
  public Optional<String> unmet(String value, Instant now) {
    Optional<Double> read = kind == Kind.DATE ? days(value, now) : number(value);
    if (read.isEmpty()) {
      return Optional.of(
          "'%s' is no %s to be held against %s"
              .formatted(
                  value.strip(), kind == Kind.DATE ? "day like 2026-12-31" : "number", words()));
    }
    return comparison.holds(read.get(), bound.base())
        ? Optional.empty()
        : Optional.of("%s is not %s".formatted(value.strip(), words()));
  }

  /// What is wanted: `< 5 s`.
  public String words() {
    String wanted = comparison.symbol() + " " + bound;
    return kind == Kind.DATE ? wanted.replace(" d", " days") + " from now" : wanted;
  }

  private Optional<Double> days(String value, Instant now) {
    String text = value.strip();
    if (text.length() < 10
        || (text.length() > 10
            && Character.isLetterOrDigit(text.charAt(10))
            && text.charAt(10) != 'T')) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.parse(text.substring(0, 10));
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      return Optional.of(
          (double) Duration.ofDays(day.toEpochDay() - today.toEpochDay()).toSeconds());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// The value in base units.
  private Optional<Double> number(String value) {
    Matcher matcher = NUMBER.matcher(value.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(matcher.group(1).replace(',', '.'));
    Optional<Unit> unit = matcher.group(2).isEmpty() ? Optional.of(asked) : unit(matcher.group(2));
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    if (of.isPresent() && unit.get() == Unit.NONE) {
      return Optional.of(number / of.get());
    }
    boolean comparable = kindOf(unit.get()) == kindOf(bound.unit()) || of.isPresent();
    return comparable ? Optional.of(new Quantity(number, unit.get()).base()) : Optional.empty();
  }

  private static int kindOf(Unit unit) {
    return switch (unit) {
      case PERCENT -> 0;
      case MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS -> 1;
      case BYTES, KILOBYTES, MEGABYTES, GIGABYTES -> 2;
      case PER_SECOND -> 3;
      case NONE -> 4;
    };
  }

  /// The unit these words begin with, if they are one.
  static Optional<Unit> unit(String words) {
    return switch (words.toLowerCase(Locale.ROOT)) {
      case "%", "percent" -> Optional.of(Unit.PERCENT);
      case "ms", "millisecond", "milliseconds" -> Optional.of(Unit.MILLISECONDS);
      case "s", "sec", "secs", "second", "seconds" -> Optional.of(Unit.SECONDS);
      case "min", "mins", "minute", "minutes" -> Optional.of(Unit.MINUTES);
      case "h", "hour", "hours" -> Optional.of(Unit.HOURS);
      case "d", "day", "days" -> Optional.of(Unit.DAYS);
      case "kb" -> Optional.of(Unit.KILOBYTES);
      case "mb" -> Optional.of(Unit.MEGABYTES);
      case "gb" -> Optional.of(Unit.GIGABYTES);
      case "rps" -> Optional.of(Unit.PER_SECOND);
      default -> Optional.empty();
    };
  }
}
