package tminus.core.schedule;

import java.time.Instant;
import java.util.Optional;

/// When a run is expected to end.
///
/// @param earliest when the steps of which nobody knows how long they take took no time
/// @param about when each of these took the median of what is known of its kind, people's or
///   machine's; none, where nothing is known of that
/// @param latest when each of them took the longest that is known of its kind; empty when nothing
///   is known of its kind, or a change would then wait for a calendar that does not open
/// @param fromPast of how many of the steps left earlier runs say how long they take
/// @param fromDocument of how many the document says it
/// @param unknown of how many nobody does
public record Ending(
    Instant earliest,
    Instant about,
    Optional<Instant> latest,
    int fromPast,
    int fromDocument,
    int unknown) {

  /// How much of what is left is known, in percent of its steps, rounded down; 100 when nothing is
  /// left.
  public int knownPercent() {
    int known = fromPast + fromDocument;
    return known + unknown == 0 ? 100 : 100 * known / (known + unknown);
  }
}
