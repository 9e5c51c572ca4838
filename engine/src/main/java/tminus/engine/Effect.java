package tminus.engine;

import java.util.Optional;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;

/// Something a run does to the world: a step's attempt, or an undo's.
///
/// @param step the step it belongs to
/// @param undo what it takes back; empty for the step itself
/// @param attempt 1 for the first
public record Effect(StepId step, Optional<Work> undo, int attempt) {

  /// The watch, which belongs to no step.
  static final Effect WATCH = new Effect(new StepId(""), Optional.empty(), 0);
}
