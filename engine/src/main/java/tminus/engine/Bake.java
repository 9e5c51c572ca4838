package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tminus.core.judge.BakeRule;
import tminus.core.judge.Observation;
import tminus.core.judge.Verdict;
import tminus.core.plan.Action;
import tminus.core.run.Outcome;
import tminus.core.run.RunCommand;
import tminus.engine.port.PortException;

/// Lets a bake's time pass and judges what was answered meanwhile. A wait is a bake that asks for
/// nothing.
///
/// Time counts from the moment the step's intent was journaled, also after a restart.
final class Bake implements Lookout {

  /// How often it looks again when there was too little to judge by.
  private static final Duration AGAIN = Duration.ofMillis(250);

  /// A bake that has too little to judge by goes on for up to this many times its length before a
  /// person is asked.
  private static final int PATIENCE = 3;

  /// A bake of no time, or one whose clock was set back, looks at the last moment.
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Action.Bake bake;
  private final Instant began;
  private final InstantSource clock;
  private final Function<Duration, Observation> metrics;
  private final Function<Outcome, RunCommand> report;
  private Optional<Instant> next;

  /// @param metrics what the watched slot answered in the time up to now
  Bake(
      Action.Bake bake,
      Instant began,
      InstantSource clock,
      Function<Duration, Observation> metrics,
      Function<Outcome, RunCommand> report) {
    this.bake = bake;
    this.began = began;
    this.clock = clock;
    this.metrics = metrics;
    this.report = report;
    this.next = Optional.of(began.plus(bake.duration()));
  }

  @Override
  public List<RunCommand> look() {
    Instant now = clock.instant();
    if (now.isBefore(began.plus(bake.duration()))) {
      return List.of();
    }
    Verdict verdict = verdict(now);
    boolean undecided =
        verdict instanceof Verdict.NotEnoughData || verdict instanceof Verdict.Unavailable;
    if (undecided && now.isBefore(began.plus(bake.duration().multipliedBy(PATIENCE)))) {
      next = Optional.of(now.plus(AGAIN));
      return List.of();
    }
    next = Optional.empty();
    return List.of(report.apply(outcome(verdict)));
  }

  @Override
  public Optional<Instant> next() {
    return next;
  }

  private Verdict verdict(Instant now) {
    if (bake.conditions().isEmpty()) {
      return new Verdict.Pass();
    }
    try {
      Duration since = Duration.between(began, now);
      return BakeRule.judge(
          bake.conditions(), metrics.apply(since.isPositive() ? since : SHORTEST));
    } catch (PortException e) {
      return new Verdict.Unavailable(e.getMessage());
    }
  }

  private Outcome outcome(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ ->
          new Outcome.Done(
              bake.conditions().isEmpty()
                  ? "the time is over, no trigger fired"
                  : "every condition is met",
              List.of());
      case Verdict.Hold(String reason) -> new Outcome.Failed("not met: " + reason, List.of());
      case Verdict.RollBack(String reason) -> new Outcome.Failed("not met: " + reason, List.of());
      case Verdict.NotEnoughData(String reason) ->
          new Outcome.NeedsPerson("not enough data: " + reason, List.of());
      case Verdict.Unavailable(String reason) ->
          new Outcome.NeedsPerson("not measured: " + reason, List.of());
    };
  }
}
