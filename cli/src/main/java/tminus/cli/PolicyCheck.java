package tminus.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tminus.cli.Place.Located;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Policy;
import tminus.core.plan.Step;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;

/// Holds what a binding says of gates, triggers and the way back against the plan: a wording that
/// stands nowhere would guard nothing.
final class PolicyCheck {

  private final Plan plan;
  private final Problems problems;

  /// @param plan all that could be planned
  PolicyCheck(Plan plan, Problems problems) {
    this.plan = plan;
    this.problems = problems;
  }

  void check(WrittenPolicy policy) {
    wordings(
        policy.gates(), "gate", words(step -> step.action() instanceof Action.Gate, true).toList());
    wordings(policy.triggers(), "trigger", plan.triggers().stream().map(Trigger::text).toList());
    wordings(policy.safety(), "step", words(_ -> true, false).toList());
    policy.safety().forEach(this::undo);
  }

  private Stream<String> words(Predicate<Step> which, boolean headings) {
    return Stream.concat(plan.steps().stream(), plan.rollback().stream())
        .filter(which)
        .flatMap(step ->
            headings
                ? Stream.concat(Stream.of(step.title()), step.section().stream())
                : Stream.of(step.title()));
  }

  private <T> void wordings(Map<String, Located<T>> said, String what, List<String> words) {
    said.forEach((wording, value) -> {
      boolean occurs = words.stream().anyMatch(text -> Binding.occurs(wording, text));
      if (!occurs && !wording.equals(WrittenPolicy.ANY)) {
        problems.add(
            value.place(),
            "'%s' stands in no %s of the document".formatted(wording, what),
            words.isEmpty()
                ? "it has none"
                : "there is, for example, '%s'".formatted(words.getFirst()));
      }
    });
  }

  /// What Tminus does itself it takes back itself; only what commands do needs to be told.
  private void undo(String wording, Located<Policy.Safety> safety) {
    boolean commands =
        plan.steps().stream()
            .filter(step -> Binding.occurs(wording, step.title()))
            .anyMatch(step -> step.action() instanceof Action.Act(Work.Shell _, _));
    boolean occurs = words(_ -> true, false).anyMatch(title -> Binding.occurs(wording, title));
    boolean needs = safety.value().undo().isPresent() || safety.value().probe().isPresent();
    if (occurs && needs && !commands) {
      problems.add(
          safety.place(),
          "'%s' runs no commands that change something".formatted(wording),
          "leave undo and probe out: there is nothing they could be of");
    }
    boolean runs =
        Stream.concat(plan.steps().stream(), plan.rollback().stream())
            .filter(step -> Binding.occurs(wording, step.title()))
            .anyMatch(step -> !step.action().commands().isEmpty());
    if (occurs && safety.value().timeout().isPresent() && !runs) {
      problems.add(
          safety.place(),
          "'%s' runs no commands".formatted(wording),
          "leave timeout out: there is nothing it could end");
    }
  }
}
