package tminus.simulation;

import java.time.Duration;
import java.util.Optional;
import tminus.core.traffic.Weight;

/// Something that goes wrong in a rehearsal, and when. [FaultGrammar] reads it from words.
///
/// @param text as it was written
public record Fault(String text, Kind kind, When when) {

  /// When it begins, and how long it lasts.
  ///
  /// @param weight once the candidate has this share of the traffic
  /// @param step once a step with these words has begun
  /// @param after so long after that, or after the start of the run when neither is said
  /// @param lasting for how long; empty for good
  public record When(
      Optional<Weight> weight, Optional<String> step, Duration after, Optional<Duration> lasting) {}

  /// What goes wrong.
  public sealed interface Kind {

    /// The share of a version's answers that are errors.
    record Errors(Of of, double share) implements Kind {}

    /// A version's answers take so much longer.
    record Slower(Of of, Duration more) implements Kind {}

    /// A version answers no more.
    record Crash(Of of) implements Kind {}

    /// The candidate takes so long until it is ready.
    record SlowStart(Duration time) implements Kind {}

    /// The candidate gets slower and slower, and crashes after so long.
    record Leak(Duration untilCrash) implements Kind {}

    /// The metric source does not answer.
    record MetricsSilent() implements Kind {}

    /// The metric source says that all is well.
    record MetricsLie() implements Kind {}

    /// The metric source's numbers are so old.
    record MetricsLag(Duration lag) implements Kind {}

    /// The router refuses new weights.
    record RouterFails() implements Kind {}

    /// The router takes so long for each change.
    record RouterSlow(Duration time) implements Kind {}

    /// The router says yes, and changes only later.
    record RouterLate(Duration lag) implements Kind {}

    /// The candidate cannot be started.
    record DeployFails() implements Kind {}

    /// No message is delivered.
    record MessagesFail() implements Kind {}

    /// Commands that migrate the database fail.
    record MigrationFails() implements Kind {}

    /// Commands fail: those of the step it begins at, else all.
    record CheckFails() implements Kind {}

    /// People who do not answer.
    ///
    /// @param who words of their role or name; empty for everybody
    record Absent(String who) implements Kind {}

    /// People who take so much longer.
    ///
    /// @param who words of their role or name; empty for everybody
    record Late(Duration more, String who) implements Kind {}

    /// Tminus itself is killed, and started again when the fault is over, or after five seconds.
    record ControllerCrash() implements Kind {}
  }

  /// Which version.
  public enum Of {
    /// The one that comes in.
    CANDIDATE,
    /// The one in production.
    STABLE
  }
}
