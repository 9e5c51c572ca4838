package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tminus.core.plan.PlanWords;
import tminus.core.schedule.Due;

/// Moments in words, as people read them at one place and time.
///
/// @param zone whose clock they read
/// @param now the moment they read it
record Times(ZoneId zone, Instant now) {

  private static final DateTimeFormatter TIME = format("HH:mm");
  private static final DateTimeFormatter DATE = format("EEE uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter WHOLE = format("EEE uuuu-MM-dd HH:mm xxx");

  /// `Tue 2026-12-01 `, which years of four digits have.
  private static final int DAY_CHARACTERS = 15;

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /// The time; with its day when that is not today.
  String moment(Instant at) {
    return (day(at).equals(day(now)) ? TIME : DATE).format(at.atZone(zone));
  }

  /// Day, time and offset, and UTC where that is another.
  String whole(Instant at) {
    String local = WHOLE.format(at.atZone(zone));
    return isUtc(at) ? local : "%s (%s UTC)".formatted(local, utcBeside(at));
  }

  private String utcBeside(Instant at) {
    boolean sameDay = LocalDate.ofInstant(at, ZoneOffset.UTC).equals(day(at));
    return (sameDay ? TIME : DATE).format(at.atZone(ZoneOffset.UTC));
  }

  /// From when to when, in local time, and in UTC where that is another.
  String span(Due due) {
    String local = span(due, zone);
    return isUtc(due.begin()) && isUtc(due.end())
        ? local + " UTC"
        : "%s (%s UTC)".formatted(local, utcBeside(due));
  }

  private String utcBeside(Due due) {
    boolean sameDays =
        day(due.begin()).equals(LocalDate.ofInstant(due.begin(), ZoneOffset.UTC))
            && day(due.end()).equals(day(due.begin()))
            && day(due.end()).equals(LocalDate.ofInstant(due.end(), ZoneOffset.UTC));
    String utc = span(due, ZoneOffset.UTC);
    return sameDays ? utc.substring(DAY_CHARACTERS) : utc;
  }

  private static String span(Due due, ZoneId zone) {
    String begin = DATE.format(due.begin().atZone(zone));
    if (due.begin().equals(due.end())) {
      return begin;
    }
    boolean sameDay =
        LocalDate.ofInstant(due.begin(), zone).equals(LocalDate.ofInstant(due.end(), zone));
    return sameDay
        ? begin + "–" + TIME.format(due.end().atZone(zone))
        : begin + " – " + DATE.format(due.end().atZone(zone));
  }

  private boolean isUtc(Instant at) {
    return zone.getRules().getOffset(at).equals(ZoneOffset.UTC);
  }

  private LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, zone);
  }

  /// `in 52 min`, `now`, `12 min ago`.
  String away(Instant at) {
    Duration away = Duration.between(now, at);
    if (away.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    String length = length(away.abs());
    return away.isNegative() ? length + " ago" : "in " + length;
  }

  /// A length of time without what is too small to matter.
  static String length(Duration length) {
    ChronoUnit unit =
        length.compareTo(Duration.ofMinutes(1)) < 0 ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
    return PlanWords.words(length.truncatedTo(unit));
  }
}
