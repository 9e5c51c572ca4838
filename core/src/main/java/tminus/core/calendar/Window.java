package tminus.core.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Hours of the week in which a run may act. Immutable.
///
/// The hours are those of a clock on the wall. Where it is put forward past `from` or `to`, the
/// window opens or closes at that moment; where it is put back and shows them twice, the first time
/// counts.
///
/// @param days the days it opens on, one at least
/// @param from when it opens
/// @param to when it closes, itself not in the window any more; a time not after `from` is one of
///   the day after, so that a window from midnight to midnight lasts a day
/// @param zone whose clock is meant
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  /// Long enough to meet each day of the week twice: one may fall into a gap of the clock.
  private static final int LOOK_AHEAD_DAYS = 15;

  public Window {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("window: it opens on no day - name one");
    }
    // In the order of the week: a plan's hash depends on it.
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  /// A stretch of time, `end` excluded.
  record Stretch(Instant begin, Instant end) {

    boolean contains(Instant moment) {
      return !moment.isBefore(begin) && moment.isBefore(end);
    }
  }

  /// The stretch the moment is in, if it is in one.
  Optional<Stretch> around(Instant moment) {
    LocalDate today = date(moment);
    return stretch(today)
        .filter(stretch -> stretch.contains(moment))
        .or(() -> stretch(today.minusDays(1)).filter(stretch -> stretch.contains(moment)));
  }

  /// The first stretch that begins after the moment.
  Optional<Stretch> after(Instant moment) {
    LocalDate today = date(moment);
    for (int day = 0; day <= LOOK_AHEAD_DAYS; day++) {
      Optional<Stretch> stretch =
          stretch(today.plusDays(day)).filter(it -> it.begin().isAfter(moment));
      if (stretch.isPresent()) {
        return stretch;
      }
    }
    return Optional.empty();
  }

  /// Far enough from the ends of the calendar to reckon in days.
  private LocalDate date(Instant moment) {
    LocalDate date = WallClock.at(moment, zone).toLocalDate();
    LocalDate least = LocalDate.MIN.plusDays(LOOK_AHEAD_DAYS);
    LocalDate most = LocalDate.MAX.minusDays(2L * LOOK_AHEAD_DAYS);
    return date.isBefore(least) ? least : date.isAfter(most) ? most : date;
  }

  private Optional<Stretch> stretch(LocalDate day) {
    if (!days.contains(day.getDayOfWeek())) {
      return Optional.empty();
    }
    LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
    Instant begin = WallClock.first(LocalDateTime.of(day, from), zone);
    Instant end = WallClock.first(LocalDateTime.of(last, to), zone);
    return begin.isBefore(end) ? Optional.of(new Stretch(begin, end)) : Optional.empty();
  }

  /// In words: `Mon-Thu 09:00-16:00 Europe/Berlin`.
  public String words() {
    String hours = from.equals(to) && from.equals(LocalTime.MIDNIGHT) ? "" : hours() + " ";
    return "%s %s%s".formatted(dayWords(), hours, zone);
  }

  private String hours() {
    return "%s-%s".formatted(from, to.equals(LocalTime.MIDNIGHT) ? "24:00" : to);
  }

  private String dayWords() {
    if (days.size() == DayOfWeek.values().length) {
      return "daily";
    }
    List<String> words = new ArrayList<>();
    for (DayOfWeek day : days) {
      if (!days.contains(day.minus(1))) {
        DayOfWeek last = day;
        while (days.contains(last.plus(1))) {
          last = last.plus(1);
        }
        words.add(last == day ? name(day) : name(day) + "-" + name(last));
      }
    }
    return String.join(", ", words);
  }

  private static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }
}
