package tminus.core.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a team says of gates, triggers and the way back, by the document's words. Wordings match as
/// those of steps do; the longest one that occurs counts. Immutable.
///
/// @param usual what it takes to pass a gate of which nothing else is said
/// @param gates what it takes to pass a gate, by words of it or of its headings
/// @param rollbackAuthority the roles that may call a rollback off; empty for the document's own
/// @param triggers what follows when a trigger comes true, by words of it
/// @param safeties what takes a step back and tells whether it happened, by words of it
public record Policy(
    Approval usual,
    Map<String, Approval> gates,
    List<String> rollbackAuthority,
    Map<String, Trigger.Mode> triggers,
    Map<String, Safety> safeties) {

  /// Nothing is said.
  public static final Policy NONE =
      new Policy(Approval.USUAL, Map.of(), List.of(), Map.of(), Map.of());

  public Policy {
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
    rollbackAuthority = List.copyOf(rollbackAuthority);
    triggers = Collections.unmodifiableMap(new LinkedHashMap<>(triggers));
    safeties = Collections.unmodifiableMap(new LinkedHashMap<>(safeties));
  }

  /// What makes a step that runs commands safe to be cut off and to be taken back.
  ///
  /// @param undo a command that takes it back
  /// @param probe a command that succeeds when the step had happened
  /// @param noReturn the role whose word it needs to take it back, since that may lose what was
  ///   written since
  /// @param timeout how long one of its commands may take
  public record Safety(
      Optional<String> undo,
      Optional<String> probe,
      Optional<String> noReturn,
      Optional<Duration> timeout) {

    /// Nothing is said.
    public static final Safety NONE =
        new Safety(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// What is said in the longest wording that occurs in one of these words.
  static <T> Optional<T> of(Map<String, T> wordings, List<String> words) {
    return wordings.entrySet().stream()
        .filter(entry -> words.stream().anyMatch(text -> Binding.occurs(entry.getKey(), text)))
        .max(Comparator.comparingInt((Map.Entry<String, T> entry) -> entry.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
