package tminus.core.schedule;

import java.time.Duration;
import java.time.Instant;

/// When something is due.
///
/// @param begin when its turn comes
/// @param end when it should be over; the same as `begin` when nothing says
public record Due(Instant begin, Instant end) {

  public Due {
    if (end.isBefore(begin)) {
      throw new IllegalArgumentException(
          "due: it ends (%s) before it begins (%s)".formatted(end, begin));
    }
  }

  /// For how long it should have been over at that moment; zero before.
  public Duration late(Instant now) {
    return now.isAfter(end) ? Duration.between(end, now) : Duration.ZERO;
  }
}
