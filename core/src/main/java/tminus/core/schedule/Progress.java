package tminus.core.schedule;

import java.time.Instant;
import java.util.Optional;

/// How far a step is.
///
/// @param settled whether the run can go on past it
/// @param began when it was begun; empty when it was not yet
public record Progress(boolean settled, Optional<Instant> began) {

  /// Not begun yet.
  public static final Progress NONE = new Progress(false, Optional.empty());
}
