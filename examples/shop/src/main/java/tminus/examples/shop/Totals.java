package tminus.examples.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What became of the requests of a [LoadGenerator] so far. Immutable.
///
/// @param sent requests on their way, answered or not
/// @param ok answered 2xx
/// @param failed answered otherwise; with this load that is 5xx, as it only asks for what there is
/// @param lost without an answer: no connection, a broken one, or none in time
/// @param skipped due but never sent, because too many were unanswered
/// @param failing from when to when answers failed; empty when none did
public record Totals(
    long sent, long ok, long failed, long lost, long skipped, Optional<Failing> failing) {

  public Totals {
    if (ok < 0 || failed < 0 || lost < 0 || skipped < 0 || ok + failed + lost > sent) {
      throw new IllegalArgumentException(
          "totals: %d sent, %d ok, %d failed, %d lost, %d skipped - the parts exceed the whole"
              .formatted(sent, ok, failed, lost, skipped));
    }
  }

  /// Sent and not answered yet. None after the generator was closed.
  public long inFlight() {
    return sent - ok - failed - lost;
  }

  /// When answers failed.
  ///
  /// @param first when the first failed answer came
  /// @param last when the last one came, so far; the same when there was one only
  public record Failing(Instant first, Instant last) {
    public Failing {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException(
            "failing: the last (%s) is before the first (%s) - swap them".formatted(last, first));
      }
    }

    /// From the first to the last.
    public Duration length() {
      return Duration.between(first, last);
    }

    Failing with(Instant another) {
      return new Failing(
          another.isBefore(first) ? another : first, another.isAfter(last) ? another : last);
    }
  }
}
