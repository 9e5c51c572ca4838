package tminus.core.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may decide what in a run. Part of the plan, so that the plan's hash covers it. Immutable.
///
/// @param people who holds a role, by the role's name; empty when the binding names nobody: then
///   every name is believed, and one person may do everything
/// @param usual what it takes to pass a gate of which nothing else is said, and how people are
///   reminded of any other step
/// @param gates what it takes to pass a gate, by step
/// @param rollbackAuthority the roles that may call a rollback off
/// @param noReturn the steps past which the way back needs somebody's word, with the role whose:
///   taking them back may lose what was written since
/// @param probes commands that tell, after a crash, whether a step's own had happened: they succeed
///   when it had
/// @param timeouts how long one command of a step may take, or of what takes it back; of others
///   whoever drives the run says so
/// @param phases of a step that takes one phase back: the headings of that phase. It is not done
///   when nothing of the phase was
/// @param optional the steps the document lets people mark as not applicable
public record Rules(
    Map<String, List<String>> people,
    Approval usual,
    Map<StepId, Approval> gates,
    List<String> rollbackAuthority,
    Map<StepId, String> noReturn,
    Map<StepId, ShellCommand> probes,
    Map<StepId, Duration> timeouts,
    Map<StepId, List<String>> phases,
    Set<StepId> optional) {

  /// Nothing is said: nobody is named, and gates take what is usual.
  public static final Rules NONE =
      new Rules(
          Map.of(),
          Approval.USUAL,
          Map.of(),
          List.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Set.of());

  public Rules {
    people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
    rollbackAuthority = List.copyOf(rollbackAuthority);
    noReturn = Collections.unmodifiableMap(new LinkedHashMap<>(noReturn));
    probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
    timeouts = Collections.unmodifiableMap(new LinkedHashMap<>(timeouts));
    phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    optional = Collections.unmodifiableSet(new LinkedHashSet<>(optional));
  }

  /// What it takes to pass this gate.
  public Approval approval(StepId gate) {
    return gates.getOrDefault(gate, usual);
  }

  /// How long one command of the step may take, if that is said.
  public Optional<Duration> timeout(StepId step) {
    return Optional.ofNullable(timeouts.get(step));
  }

  /// Who holds one of the roles, without repetition; empty when nobody is named for any of them.
  public List<String> holders(List<String> roles) {
    Set<String> holders = new LinkedHashSet<>();
    for (String role : roles) {
      people.forEach((name, named) -> {
        if (Binding.role(name).equals(Binding.role(role))) {
          holders.addAll(named);
        }
      });
    }
    return List.copyOf(holders);
  }

  /// Whether the binding names people at all.
  public boolean namesPeople() {
    return !people.isEmpty();
  }
}
