package tminus.core.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// A time in which no run may begin to act, whatever the windows say. Immutable.
///
/// Where the clock is put back and shows `from` or `to` twice, the freeze is the longer one.
///
/// @param from when it begins
/// @param to when it ends, itself not in the freeze any more; empty until further notice
/// @param reason why, in a few words
/// @param zone whose clock is meant
public record Freeze(LocalDateTime from, Optional<LocalDateTime> to, String reason, ZoneId zone) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  public Freeze {
    if (to.isPresent() && !to.get().isAfter(from)) {
      throw new IllegalArgumentException(
          "freeze: it ends (%s) before it begins (%s)".formatted(to.get(), from));
    }
  }

  /// When it begins.
  Instant begin() {
    return WallClock.first(from, zone);
  }

  /// When it ends, if it does.
  Optional<Instant> end() {
    return to.map(time -> WallClock.last(time, zone));
  }

  boolean contains(Instant moment) {
    return !moment.isBefore(begin()) && end().map(moment::isBefore).orElse(true);
  }

  /// In words: `year end (2026-12-19 to 2027-01-02 Europe/Berlin)`.
  public String words() {
    return "%s (%s %s)".formatted(reason, span(), zone);
  }

  private String span() {
    if (to.isEmpty()) {
      return "from %s until further notice".formatted(whole(from) ? date(from) : minute(from));
    }
    LocalDateTime end = to.get();
    if (whole(from) && whole(end)) {
      LocalDate last = end.toLocalDate().minusDays(1);
      return last.equals(from.toLocalDate()) ? date(from) : date(from) + " to " + last;
    }
    return minute(from) + " to " + minute(end);
  }

  private static boolean whole(LocalDateTime time) {
    return time.toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  private static String date(LocalDateTime time) {
    return time.toLocalDate().toString();
  }

  private static String minute(LocalDateTime time) {
    return MINUTE.format(time);
  }
}
