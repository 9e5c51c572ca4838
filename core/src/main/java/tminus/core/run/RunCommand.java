package tminus.core.run;

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
  record Start(Plan plan, String hash, Event.CommandPolicy policy, Optional<Event.Slots> slots)
      implements RunCommand {}

  /// Go on as far as possible: time has passed, or something has changed.
  record Advance() implements RunCommand {}

  /// A person's word that a step is done, with what it leaves open filled in. At a gate the choices
  /// are the decision: one that is not positive is a no-go.
  record Sign(StepId step, Map<Integer, String> fields, Map<Integer, Integer> choices)
      implements RunCommand {}

  /// A person's yes to running a step's commands.
  record Confirm(StepId step) implements RunCommand {}

  /// A person's decision to go on without a step.
  record Skip(StepId step, String reason) implements RunCommand {}

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

  /// What came of a step's effect.
  record Report(StepId step, int attempt, Outcome outcome) implements RunCommand {}

  /// What came of an undo.
  record ReportUndo(StepId step, Work work, int attempt, Outcome outcome) implements RunCommand {}

  /// A trigger came true.
  record Fire(int trigger, String reading) implements RunCommand {}

  /// What the slots answered.
  record Measure(Weight weight, List<Event.Reading> readings) implements RunCommand {}
}
