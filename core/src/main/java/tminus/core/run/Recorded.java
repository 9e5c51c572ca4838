package tminus.core.run;

import java.time.Instant;

/// An event with when and by whom.
///
/// @param at when it was written down, in UTC, to the millisecond
/// @param by the person, or [#TMINUS]
public record Recorded(Instant at, String by, Event event) {

  /// Who is named when Tminus itself did it.
  public static final String TMINUS = "tminus";
}
