package tminus.core.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.plan.Choice;
import tminus.core.plan.Choice.Decision;
import tminus.core.plan.Choice.Way;

/// What the ways that are chosen say of each other. A choice nobody has made yet is no finding.
final class Ways {

  private static final Rule BACK =
      new Rule(
          "way-without-way-back",
          Severity.WARNING,
          "a chosen way that the rollback does not know, though it knows others",
          """
          The rollback has a procedure for some of the ways to deploy, and none for the one chosen. When it \
          has to go back, somebody follows the procedure of another way, which takes back what was not done.
          """,
          """
          Add a rollback procedure with the same name in parentheses, or choose one that does for this way \
          as well.
          """,
          """
          ---
          tminus:
            choose: { Deployment: Canary }
          ---

          ## Deployment

          ### Method 1: Blue-Green

          - [ ] Switch the selector

          ### Method 2: Canary

          - [ ] Start the canary

          ## Rollback

          ### The way back (Blue-Green)

          - [ ] Switch the selector back

          ### The way back (Rolling)

          - [ ] Undo the rollout
          """,
          """
          ---
          tminus:
            choose: { Deployment: Canary }
          ---

          ## Deployment

          ### Method 1: Blue-Green

          - [ ] Switch the selector

          ### Method 2: Canary

          - [ ] Start the canary

          ## Rollback

          ### The way back (Blue-Green)

          - [ ] Switch the selector back

          ### The way back (Canary)

          - [ ] Stop the canary
          """);

  static final List<Check> CHECKS = List.of(new Check(BACK, Ways::back));

  private Ways() {}

  private static void back(Subject subject, Report report) {
    List<Choice> choices = subject.plan().choices();
    for (Choice back : choices) {
      if (back.rollback() && back.taken().isEmpty() && back.decision() != Decision.UNNEEDED) {
        lacking(choices, back)
            .ifPresent(way ->
                report.add(
                    back.line(),
                    "%s is chosen, and the way back is known for %s only"
                        .formatted(way.name(), names(back)),
                    "add a procedure for %s, or choose one of these with `choose`"
                        .formatted(way.name())));
      }
    }
  }

  /// The way chosen elsewhere that is not among these, although others of its choice are.
  private static Optional<Way> lacking(List<Choice> choices, Choice back) {
    List<String> known = new ArrayList<>(back.keys());
    return choices.stream()
        .filter(choice -> !choice.rollback() && choice.decision() == Decision.CHOSEN)
        .filter(choice -> choice.keys().stream().anyMatch(known::contains))
        .flatMap(choice -> choice.taken().stream())
        .filter(way -> !known.contains(way.key()))
        .findFirst();
  }

  private static String names(Choice choice) {
    return String.join(" and ", choice.ways().stream().map(Way::name).toList());
  }
}
