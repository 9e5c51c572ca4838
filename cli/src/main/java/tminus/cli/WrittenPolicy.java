package tminus.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.cli.Place.Located;
import tminus.core.plan.Approval;
import tminus.core.plan.Policy;
import tminus.core.plan.Trigger;

/// What one place of a binding says of gates, triggers and the way back, with where it says so.
///
/// @param environment what a run has to itself
/// @param gates what it takes to pass gates, by wording; [#ANY] for all others
/// @param triggers what follows when triggers come true, by wording
/// @param rollbackAuthority the roles that may call a rollback off
/// @param safety what makes steps safe to be cut off and taken back, by wording
record WrittenPolicy(
    Optional<Located<String>> environment,
    Map<String, Located<Approval>> gates,
    Map<String, Located<Trigger.Mode>> triggers,
    List<Located<String>> rollbackAuthority,
    Map<String, Located<Policy.Safety>> safety) {

  /// The wording that stands for every gate of which nothing else is said.
  static final String ANY = "*";

  static final WrittenPolicy NOTHING =
      new WrittenPolicy(Optional.empty(), Map.of(), Map.of(), List.of(), Map.of());

  /// Both together. What both say is as this one says it.
  WrittenPolicy over(WrittenPolicy other) {
    return new WrittenPolicy(
        environment.or(other::environment),
        Written.byWording(gates, other.gates),
        Written.byWording(triggers, other.triggers),
        rollbackAuthority.isEmpty() ? other.rollbackAuthority : rollbackAuthority,
        Written.byWording(safety, other.safety));
  }

  /// As planning needs it.
  Policy planning() {
    Map<String, Approval> named = values(gates);
    Approval usual = named.getOrDefault(ANY, Approval.USUAL);
    named.remove(ANY);
    return new Policy(
        usual,
        named,
        rollbackAuthority.stream().map(Located::value).toList(),
        values(triggers),
        values(safety));
  }

  private static <T> Map<String, T> values(Map<String, Located<T>> located) {
    Map<String, T> values = new LinkedHashMap<>();
    located.forEach((wording, value) -> values.put(wording, value.value()));
    return values;
  }
}
