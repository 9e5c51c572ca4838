package tminus.core.run;

import java.util.List;
import java.util.Optional;
import tminus.core.plan.Rules;
import tminus.core.plan.Step;
import tminus.core.run.Decision.Refused;

/// Whose word counts. Enforced here, where every word passes, whatever surface it came from.
final class Authority {

  private Authority() {}

  /// Why this person's word does not settle the step, if so: somebody else is named for it. Where
  /// the binding names nobody every name is believed.
  static Optional<Refused> refuse(RunState state, Step step, String by) {
    return refuse(state, step.roles(), by, "step %s: it is".formatted(step.id()));
  }

  /// The same for other roles than the step's.
  static Optional<Refused> refuse(RunState state, Step step, List<String> roles, String by) {
    return refuse(state, roles, by, "step %s: it is".formatted(step.id()));
  }

  /// Why this person may not call the rollback off, if so.
  static Optional<Refused> refuseCancel(RunState state, String by) {
    Rules rules = state.plan().rules();
    if (rules.rollbackAuthority().isEmpty()) {
      return Optional.of(
          new Refused(
              "the rollback: nobody is named who may call it off - name a role in the document's rollback section or the binding's rollback-authority"));
    }
    return refuse(state, rules.rollbackAuthority(), by, "calling off a rollback is");
  }

  private static Optional<Refused> refuse(
      RunState state, List<String> roles, String by, String what) {
    Rules rules = state.plan().rules();
    if (roles.isEmpty() || !rules.namesPeople()) {
      return Optional.empty();
    }
    List<String> holders = rules.holders(roles);
    if (holders.isEmpty()) {
      return isNamed(state, by)
          ? Optional.empty()
          : Optional.of(
              new Refused(
                  "%s for %s, whom the binding names nobody for, and %s is not named in it at all - name them under people"
                      .formatted(what, String.join(" or ", roles), by)));
    }
    return holders.stream().anyMatch(by::equalsIgnoreCase)
        ? Optional.empty()
        : Optional.of(
            new Refused(
                "%s for %s (%s), and %s is none of them"
                    .formatted(what, String.join(" or ", roles), String.join(", ", holders), by)));
  }

  /// Whether the person is one of those the binding names, if it names any.
  static boolean isNamed(RunState state, String by) {
    Rules rules = state.plan().rules();
    return !rules.namesPeople()
        || rules.people().values().stream()
            .anyMatch(names -> names.stream().anyMatch(by::equalsIgnoreCase));
  }

  /// Whether those who said go are enough: as many distinct people as the gate asks for, and, where
  /// people are named, not only the one who started the run.
  static boolean suffices(RunState state, Step gate, List<SignOff> signOffs) {
    long people = signOffs.stream().map(SignOff::by).distinct().count();
    boolean another =
        !state.plan().rules().namesPeople()
            || signOffs.stream().anyMatch(signOff -> !signOff.by().equals(state.startedBy()));
    return people >= state.plan().rules().approval(gate.id()).quorum() && another;
  }
}
