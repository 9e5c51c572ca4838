package tminus.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where one step stands. Immutable.
///
/// @param phase where
/// @param attempt how often its effect was started
/// @param since when it came there
/// @param began when it first left `PENDING`; empty before
/// @param by who brought it there; `tminus` for Tminus itself
/// @param detail why, in a few words
/// @param results its commands' evidence, of the last attempt
/// @param fields values by position among the step's fields
/// @param choices chosen options by position among the step's choices
/// @param signOffs who has said go so far, of a gate
/// @param evidence what people attached
/// @param breakers who wants to go on past it against the rules, of a gate
public record StepState(
    Phase phase,
    int attempt,
    Instant since,
    Optional<Instant> began,
    String by,
    String detail,
    List<CommandResult> results,
    Map<Integer, String> fields,
    Map<Integer, Integer> choices,
    List<SignOff> signOffs,
    List<Evidence> evidence,
    List<String> breakers) {

  /// Where a step can stand.
  public enum Phase {
    /// Not yet its turn.
    PENDING,
    /// It may not start yet: outside the windows, in a freeze, or before it is due.
    POSTPONED,
    /// A person is asked.
    ASKED,
    /// Its effect is under way.
    RUNNING,
    /// Done, and a person must say whether it is good.
    TO_JUDGE,
    /// It failed; a person decides what becomes of it.
    FAILED,
    /// Nobody knows whether its effect happened; a person decides.
    UNKNOWN,
    /// Settled: done.
    DONE,
    /// Settled: gone on without, with a reason.
    SKIPPED,
    /// Settled: the document calls it optional, and it does not apply.
    NOT_APPLICABLE,
    /// Settled: failed, and gone on all the same, with a reason.
    WAIVED;

    /// Whether the run can go on past it.
    public boolean isSettled() {
      return this == DONE || this == SKIPPED || this == NOT_APPLICABLE || this == WAIVED;
    }

    /// Whether a person must do something.
    public boolean needsPerson() {
      return this == ASKED || this == TO_JUDGE || this == FAILED || this == UNKNOWN;
    }
  }

  public StepState {
    results = List.copyOf(results);
    fields = Map.copyOf(fields);
    choices = Map.copyOf(choices);
    signOffs = List.copyOf(signOffs);
    evidence = List.copyOf(evidence);
    breakers = List.copyOf(breakers);
  }

  static StepState pending(Instant at) {
    return new StepState(
        Phase.PENDING,
        0,
        at,
        Optional.empty(),
        "",
        "",
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of());
  }

  StepState to(Phase next, Recorded why, String because) {
    boolean untouched = next == Phase.PENDING || next == Phase.POSTPONED;
    return new StepState(
        next,
        attempt,
        why.at(),
        untouched ? Optional.empty() : Optional.of(began.orElse(why.at())),
        why.by(),
        because,
        results,
        fields,
        choices,
        signOffs,
        evidence,
        breakers);
  }

  StepState with(List<CommandResult> outputs) {
    return new StepState(
        phase, attempt, since, began, by, detail, outputs, fields, choices, signOffs, evidence,
        breakers);
  }

  StepState attempt(int number) {
    return new StepState(
        phase, number, since, began, by, detail, List.of(), fields, choices, signOffs, evidence,
        breakers);
  }

  StepState filled(Map<Integer, String> moreFields, Map<Integer, Integer> moreChoices) {
    Map<Integer, String> allFields = new HashMap<>(fields);
    allFields.putAll(moreFields);
    Map<Integer, Integer> allChoices = new HashMap<>(choices);
    allChoices.putAll(moreChoices);
    return new StepState(
        phase,
        attempt,
        since,
        began,
        by,
        detail,
        results,
        allFields,
        allChoices,
        signOffs,
        evidence,
        breakers);
  }

  StepState signed(SignOff signOff) {
    List<SignOff> more = new ArrayList<>(signOffs);
    more.removeIf(other -> other.by().equals(signOff.by()));
    more.add(signOff);
    return new StepState(
        phase, attempt, since, began, by, detail, results, fields, choices, more, evidence,
        breakers);
  }

  StepState attached(Evidence attachment) {
    List<Evidence> more = new ArrayList<>(evidence);
    more.add(attachment);
    return new StepState(
        phase, attempt, since, began, by, detail, results, fields, choices, signOffs, more,
        breakers);
  }

  StepState breaking(String person) {
    List<String> more = new ArrayList<>(breakers);
    if (!more.contains(person)) {
      more.add(person);
    }
    return new StepState(
        phase, attempt, since, began, by, detail, results, fields, choices, signOffs, evidence,
        more);
  }
}
