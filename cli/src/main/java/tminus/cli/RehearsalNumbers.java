package tminus.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tminus.core.run.Decider;
import tminus.simulation.Promise;
import tminus.simulation.Rehearsed;

/// What is kept of one of many rehearsals.
///
/// @param outcome in words
/// @param promised what it came to for each promise; empty when it did not come to that
/// @param kept whether each promise was kept
record RehearsalNumbers(
    String outcome,
    Duration took,
    Duration exposed,
    long hurt,
    Optional<Duration> detection,
    Optional<Duration> back,
    Optional<Duration> rollback,
    List<Optional<Duration>> promised,
    List<Boolean> kept) {

  static RehearsalNumbers of(Rehearsed rehearsed, List<Promise> promises) {
    return new RehearsalNumbers(
        outcome(rehearsed),
        rehearsed.took(),
        rehearsed.traffic().exposed(),
        rehearsed.traffic().hurt(),
        rehearsed.recovery().detection(),
        rehearsed.recovery().back(),
        rehearsed.recovery().rollback(),
        promises.stream().map(promise -> promise.measured(rehearsed)).toList(),
        promises.stream().map(promise -> promise.isKept(rehearsed)).toList());
  }

  static String outcome(Rehearsed rehearsed) {
    return rehearsed.state().result().map(Decider::words).orElse("still waiting");
  }
}
