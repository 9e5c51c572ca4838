package tminus.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tminus.core.plan.Step;
import tminus.core.run.RunState;

/// Finds the step a person means: by its id, the beginning of it, or words of its title.
final class StepNames {

  private StepNames() {}

  /// The step, looked for among those that can be settled now before all others.
  ///
  /// @param words as typed; empty for the one the run waits for
  static Step find(RunState state, Optional<String> words) {
    if (words.isEmpty()) {
      return state
          .undo()
          .flatMap(undo -> state.plan().step(undo.undo().step()))
          .or(state::next)
          .orElseThrow(() -> new UsageException("the run waits for no step"));
    }
    List<Step> all =
        java.util.stream.Stream.concat(
                state.plan().steps().stream(), state.plan().rollback().stream())
            .toList();
    for (List<Step> candidates : List.of(state.open(), all)) {
      List<Step> matching = matching(candidates, words.get());
      if (matching.size() == 1) {
        return matching.getFirst();
      }
      if (matching.size() > 1) {
        throw new UsageException(
            "step '%s': could be %s - write more of it"
                .formatted(
                    words.get(),
                    String.join(
                        ", ", matching.stream().limit(6).map(step -> step.id().value()).toList())));
      }
    }
    throw new UsageException(
        "step '%s': there is none with these words - tminus status shows the next ones"
            .formatted(words.get()));
  }

  private static List<Step> matching(List<Step> steps, String words) {
    String folded = words.toLowerCase(Locale.ROOT).strip();
    List<Step> exact = steps.stream().filter(step -> step.id().value().equals(folded)).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    List<Step> beginning =
        steps.stream().filter(step -> step.id().value().startsWith(folded)).toList();
    if (!beginning.isEmpty()) {
      return beginning;
    }
    List<String> each = List.of(folded.split("\\s+"));
    return steps.stream()
        .filter(step ->
            each.stream().allMatch(word -> step.title().toLowerCase(Locale.ROOT).contains(word)))
        .toList();
  }
}
