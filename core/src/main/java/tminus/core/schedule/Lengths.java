package tminus.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tminus.core.checklist.Timing;
import tminus.core.plan.Action;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.schedule.Length.Source;

/// How long steps are expected to take: as in earlier runs, else as the step says itself, else its
/// share of what its section says.
///
/// A section's length is shared evenly among its steps; of a window, what is left of it from now on
/// is shared among those that are not settled. A moment says nothing about length, and neither does
/// a window that is over.
final class Lengths {

  private final Dues dues;
  private final Schedule.Situation situation;

  /// By section; its name is its first step's.
  private final Map<StepId, Optional<Length>> shares = new HashMap<>();

  Lengths(Dues dues, Schedule.Situation situation) {
    this.dues = dues;
    this.situation = situation;
  }

  Optional<Length> of(Step step) {
    Duration past = situation.past().medians().get(step.id());
    if (past != null) {
      return Optional.of(new Length(past, Source.PAST));
    }
    return switch (step.action()) {
      case Action.Bake(Duration duration, _) -> Optional.of(new Length(duration, Source.STEP));
      case Action.Wait(Duration duration) -> Optional.of(new Length(duration, Source.STEP));
      case Action.Parts _ -> Optional.of(new Length(Duration.ZERO, Source.STEP));
      case Action.Attest _,
          Action.Check _,
          Action.Act _,
          Action.Shift _,
          Action.Gate _,
          Action.Notify _ ->
          dues.of(step.id())
              .flatMap(section ->
                  shares.computeIfAbsent(section.steps().getFirst().id(), _ -> share(section)));
    };
  }

  private Optional<Length> share(Dues.Section section) {
    return switch (section.timing()) {
      case Timing.At _ -> Optional.empty();
      case Timing.Takes(Duration length) -> shared(length, working(section, false));
      case Timing.Between _ -> {
        Duration left = left(section);
        yield left.isZero() ? Optional.empty() : shared(left, working(section, true));
      }
    };
  }

  private Duration left(Dues.Section section) {
    Duration whole = section.end().minus(section.begin());
    if (situation.zero().isEmpty()) {
      return whole;
    }
    Due due = section.at(situation.zero().get());
    Instant from = situation.now().isAfter(due.begin()) ? situation.now() : due.begin();
    return from.isBefore(due.end()) ? Duration.between(from, due.end()) : Duration.ZERO;
  }

  private long working(Dues.Section section, boolean left) {
    return section.steps().stream()
        .filter(step -> !(step.action() instanceof Action.Parts))
        .filter(step -> !left || !situation.progress(step.id()).settled())
        .count();
  }

  private static Optional<Length> shared(Duration length, long steps) {
    return Optional.of(new Length(length.dividedBy(Math.max(1, steps)), Source.SECTION));
  }
}
