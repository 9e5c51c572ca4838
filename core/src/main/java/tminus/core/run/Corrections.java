package tminus.core.run;

import java.util.List;
import java.util.Optional;
import tminus.core.plan.Step;

/// A person's other word about what the run has filled in by itself.
final class Corrections {

  private Corrections() {}

  /// What follows from the word of a person about a settled step, when it is about nothing but
  /// computed blanks: it goes before what was computed, and the step stays settled. A value the
  /// document does not want there is refused, since the step would have to be opened again.
  static Optional<Decision> of(RunState state, RunCommand.Sign sign) {
    return state
        .plan()
        .step(sign.step())
        .filter(step -> state.step(step.id()).phase().isSettled())
        .filter(step -> !sign.fields().isEmpty() && sign.choices().isEmpty())
        .filter(step ->
            sign.fields().keySet().stream()
                .allMatch(field -> step.form().computed(field).isPresent()))
        .map(step -> decide(state, step, sign));
  }

  private static Decision decide(RunState state, Step step, RunCommand.Sign sign) {
    return Entries.unmet(state, step, sign.fields())
        .<Decision>map(why ->
            new Decision.Refused(
                "step %s: %s - it is settled; take a note instead".formatted(step.id(), why)))
        .orElseGet(() ->
            new Decision.Accepted(
                List.of(new Event.FormFilled(step.id(), sign.fields(), sign.choices()))));
  }
}
