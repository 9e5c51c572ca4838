package tminus.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// T-0 as it was given: the moment the checklist's times are counted from.
///
/// @param at the moment
/// @param zone whose clock people read it on
record TZero(Instant at, ZoneId zone) {

  private static final Pattern AWAY =
      Pattern.compile(
          "([+-])(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})(?:m|min))?(?:(\\d{1,5})s)?");
  private static final Pattern TIME =
      Pattern.compile("(?:(today|tomorrow)\\s+)?(\\d{1,2}:\\d{2})(?:\\s+(today|tomorrow))?");
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "([Zz]|[+-]\\d{2}(?::?\\d{2})?)?(?:\\[([^\\]]+)])?");

  /// The option of `plan` and `run`.
  static final class Given {

    @Option(
        names = "--t-zero",
        paramLabel = "TIME",
        description =
            "T-0: 2026-12-01T10:00 (with an offset or [zone], else this machine's), 10:00, +2h.")
    private @Nullable String text;

    Given() {}

    Optional<TZero> read(Console console) {
      return Optional.ofNullable(text)
          .map(words -> TZero.parse(words.strip(), console.clock().instant(), console.zone()));
    }
  }

  /// Reads a moment: a date and time with an offset, a zone or neither; a time of day, which is
  /// today's if it is still to come, else tomorrow's; or how far away it is.
  ///
  /// @param zone whose clock is meant where nothing says
  static TZero parse(String text, Instant now, ZoneId zone) {
    Matcher away = AWAY.matcher(text);
    if (text.length() > 1 && away.matches()) {
      return new TZero(now.plus(away(away)).truncatedTo(ChronoUnit.SECONDS), zone);
    }
    try {
      Matcher time = TIME.matcher(text.toLowerCase(Locale.ROOT));
      if (time.matches() && (time.group(1) == null || time.group(3) == null)) {
        return ofDay(text, time, now, zone);
      }
      Matcher iso = ISO.matcher(text);
      if (iso.matches()) {
        return ofDate(text, iso, zone);
      }
    } catch (DateTimeException _) {
      // Said below: 25:00, for example, or 30 February.
    }
    throw wrong("%s is no time".formatted(text), "write 2026-12-01T10:00, 10:00 or +2h");
  }

  private static Duration away(Matcher away) {
    Duration far =
        Duration.ofDays(number(away.group(2)))
            .plusHours(number(away.group(3)))
            .plusMinutes(number(away.group(4)))
            .plusSeconds(number(away.group(5)));
    return away.group(1).equals("-") ? far.negated() : far;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static TZero ofDay(String text, Matcher words, Instant now, ZoneId zone) {
    String hour = words.group(2).length() == 4 ? "0" + words.group(2) : words.group(2);
    LocalTime time = LocalTime.parse(hour);
    LocalDate today = LocalDate.ofInstant(now, zone);
    String day = words.group(1) == null ? words.group(3) : words.group(1);
    if (day == null) {
      Instant soon = on(text, today.atTime(time), zone);
      return new TZero(
          soon.isBefore(now) ? on(text, today.plusDays(1).atTime(time), zone) : soon, zone);
    }
    return new TZero(
        on(text, today.plusDays(day.equals("today") ? 0 : 1).atTime(time), zone), zone);
  }

  private static TZero ofDate(String text, Matcher iso, ZoneId machine) {
    LocalDateTime local = LocalDateTime.parse(iso.group(1) + "T" + iso.group(2));
    ZoneId zone = iso.group(4) == null ? machine : zone(iso.group(4));
    if (iso.group(3) == null) {
      return new TZero(on(text, local, zone), zone);
    }
    Instant at = local.toInstant(ZoneOffset.of(iso.group(3).toUpperCase(Locale.ROOT)));
    if (iso.group(4) != null && !LocalDateTime.ofInstant(at, zone).equals(local)) {
      throw wrong(
          "%s: the clock in %s then shows %s"
              .formatted(text, zone, LocalDateTime.ofInstant(at, zone)),
          "give the offset or the zone");
    }
    return new TZero(at, zone);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      throw wrong("there is no time zone " + name, "name one as Europe/Berlin or UTC");
    }
  }

  private static Instant on(String text, LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw wrong(
          "%s does not exist: clocks in %s are put forward then".formatted(text, zone),
          "take a time before or after");
    }
    if (offsets.size() > 1) {
      throw wrong(
          "%s comes twice: clocks in %s are put back then".formatted(text, zone),
          "say which: %s%s or %s%s".formatted(local, offsets.getFirst(), local, offsets.getLast()));
    }
    return local.toInstant(offsets.getFirst());
  }

  private static UsageException wrong(String what, String remedy) {
    return new UsageException("--t-zero: %s - %s".formatted(what, remedy));
  }
}
