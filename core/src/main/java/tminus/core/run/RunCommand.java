package tminus.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.plan.Plan;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.traffic.Weight;

/// What people and the world tell a run.
public sealed interface RunCommand {

  /// Begins a run.
  ///
  /// @param zero T-0, when the run is scheduled
  record Start(
      Plan plan,
      String hash,
      Event.CommandPolicy policy,
      Optional<Event.Slots> slots,
      Optional<Instant> zero)
      implements RunCommand {

    /// One that is not scheduled.
    public Start(Plan plan, String hash, Event.CommandPolicy policy, Optional<Event.Slots> slots) {
      this(plan, hash, policy, slots, Optional.empty());
    }
  }

  /// Go on as far as possible: time has passed, or something has changed.
  record Advance() implements RunCommand {}

  /// A person's word that a step is done, with what it leaves open filled in. At a gate the choices
  /// are the decision: one that is not positive is a no-go.
  ///
  /// @param seen the journal entry up to which the run was shown to them; empty when they did not
  ///   look. A go is refused when something has changed since
  record Sign(
      StepId step, Map<Integer, String> fields, Map<Integer, Integer> choices, Optional<Long> seen)
      implements RunCommand {

    /// One that says nothing of what was seen.
    public Sign(StepId step, Map<Integer, String> fields, Map<Integer, Integer> choices) {
      this(step, fields, choices, Optional.empty());
    }
  }

  /// A person's yes to running a step's commands.
  record Confirm(StepId step) implements RunCommand {}

  /// A person's decision to go on without a step.
  record Skip(StepId step, String reason) implements RunCommand {}

  /// A person's word that a step the document calls optional does not apply here.
  record NotApplicable(StepId step, String reason) implements RunCommand {}

  /// Something a person attaches to a step.
  record Attach(StepId step, Evidence evidence) implements RunCommand {}

  /// Go on past a gate, a window or a freeze, against the rules. It takes two people.
  record BreakGlass(StepId step, String reason) implements RunCommand {}

  /// Try a failed or unknown step again, or the undo that failed.
  record Retry(Optional<StepId> step) implements RunCommand {}

  /// A remark.
  record Note(String text) implements RunCommand {}

  /// Start nothing new.
  record Hold(String reason) implements RunCommand {}

  /// Go on.
  record Resume() implements RunCommand {}

  /// End the run. What was changed is taken back first.
  record Abort(String reason) implements RunCommand {}

  /// Take everything back.
  record RollBack(String reason) implements RunCommand {}

  /// Call a rollback off, before anything was taken back.
  record CancelRollback(String reason) implements RunCommand {}

  /// What came of a step's effect.
  record Report(StepId step, int attempt, Outcome outcome) implements RunCommand {}

  /// What came of an undo.
  record ReportUndo(StepId step, Work work, int attempt, Outcome outcome) implements RunCommand {}

  /// A trigger came true.
  record Fire(int trigger, String reading) implements RunCommand {}

  /// What the slots answered.
  record Measure(Weight weight, List<Event.Reading> readings) implements RunCommand {}
}
