package tminus.engine;

import java.time.Instant;

/// Who had a resource last, and until when.
///
/// @param resource `run:ID` or `env:NAME`
/// @param owner who; stays when the lease has ended
/// @param token see [Fence]
/// @param until to the millisecond; exclusive
public record Lease(String resource, String owner, long token, Instant until) {

  /// The resource by which a run is driven.
  public static String ofRun(RunId run) {
    return "run:" + run.value();
  }

  /// The resource by which a run has an environment to itself.
  public static String ofEnvironment(String name) {
    return "env:" + name;
  }

  /// Whether the owner has it at that moment.
  public boolean isLive(Instant now) {
    return now.isBefore(until);
  }

  /// What its owner shows.
  public Fence fence() {
    return new Fence(resource, token);
  }
}
