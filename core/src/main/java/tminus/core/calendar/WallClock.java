package tminus.core.calendar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/// When a clock on the wall shows a time. Where it is put forward past the time, it is when it is
/// put forward; where it is put back and shows the time twice, there are two answers.
final class WallClock {

  private WallClock() {}

  /// When it shows the time, or a later one, first.
  static Instant first(LocalDateTime time, ZoneId zone) {
    return shows(time, zone, true);
  }

  /// When it shows the time, or a later one, for the last time.
  static Instant last(LocalDateTime time, ZoneId zone) {
    return shows(time, zone, false);
  }

  private static Instant shows(LocalDateTime time, ZoneId zone, boolean first) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(time);
      return gap.getInstant();
    }
    return time.toInstant(first ? offsets.getFirst() : offsets.getLast());
  }

  /// What it shows at a moment; the ends of the calendar stand for what lies beyond them.
  static LocalDateTime at(Instant moment, ZoneId zone) {
    try {
      return LocalDateTime.ofInstant(moment, zone);
    } catch (DateTimeException _) {
      return moment.isBefore(Instant.EPOCH) ? LocalDateTime.MIN : LocalDateTime.MAX;
    }
  }
}
