package tminus.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.plan.Plan;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Something that happened in a run. Events are only ever added.
public sealed interface Event {

  /// A run of this plan began.
  ///
  /// @param hash SHA-256 of the plan as JSON, in lower-case hex: what sign-offs are bound to
  /// @param policy what happens to the document's own commands
  /// @param slots which slot is which, when the plan moves traffic
  /// @param zero T-0, when the run was scheduled
  record RunStarted(
      Plan plan, String hash, CommandPolicy policy, Optional<Slots> slots, Optional<Instant> zero)
      implements Event {

    /// One that is not scheduled.
    public RunStarted(Plan plan, String hash, CommandPolicy policy, Optional<Slots> slots) {
      this(plan, hash, policy, slots, Optional.empty());
    }
  }

  /// What happens to the document's own commands.
  enum CommandPolicy {
    /// A person confirms each step's commands before they run.
    ASK,
    /// They run when their step is due.
    RUN,
    /// They never run; people do and judge everything.
    NEVER
  }

  /// Which slot plays which part, from what served when the run started.
  ///
  /// @param stableVersion what the stable slot ran then
  record Slots(Slot stable, Slot candidate, String stableVersion) {

    /// The slot that plays the part.
    public Slot of(Work.Part part) {
      return part == Work.Part.STABLE ? stable : candidate;
    }
  }

  /// The run waits for a person at this step.
  ///
  /// @param what what is asked of them
  record StepAsked(StepId step, String what) implements Event {}

  /// The step's turn has come, and it may not start yet: outside the windows, in a freeze, or
  /// before it is due.
  record StepPostponed(StepId step, String reason) implements Event {}

  /// The step's effect is about to happen. Written before it does.
  ///
  /// @param attempt 1 for the first
  record StepStarted(StepId step, int attempt) implements Event {}

  /// What came of it.
  record StepEnded(StepId step, int attempt, Outcome outcome) implements Event {}

  /// A person filled in what the step leaves open.
  ///
  /// @param fields values by the position of the blank among the step's fields
  /// @param choices position of the chosen option, by the position of the choice among the step's
  ///   choices
  record FormFilled(StepId step, Map<Integer, String> fields, Map<Integer, Integer> choices)
      implements Event {

    public FormFilled {
      fields = Map.copyOf(fields);
      choices = Map.copyOf(choices);
    }
  }

  /// A person's word that the step is done.
  record StepSigned(StepId step) implements Event {}

  /// A person's word that it is not good.
  record StepRejected(StepId step, String reason) implements Event {}

  /// Settled without anybody doing anything: it follows from its parts.
  record StepFollowed(StepId step) implements Event {}

  /// A person decided to go on without the step.
  ///
  /// @param waived whether it had been tried and had failed
  record StepSkipped(StepId step, String reason, boolean waived) implements Event {}

  /// A person's word that what the document itself calls optional does not apply here.
  record StepNotApplicable(StepId step, String reason) implements Event {}

  /// A person attached something to the step.
  record EvidenceAttached(StepId step, Evidence evidence) implements Event {}

  /// The step is to be tried again.
  record StepRetried(StepId step) implements Event {}

  /// One of those whose go a gate needs has said so.
  ///
  /// @param seen the journal entry up to which the run was shown to them
  record GateSigned(StepId step, String option, long seen) implements Event {}

  /// A gate passed, or did not: its authority decided, or its deadline did.
  record GateDecided(StepId step, boolean go, String option) implements Event {}

  /// A person wants to go on past a gate, a window or a freeze, against the rules. When a second
  /// one does, it is done.
  record GlassBroken(StepId step, String reason) implements Event {}

  /// Those the run waits for were reminded.
  ///
  /// @param number from 1
  /// @param what what is waited for
  /// @param whom people, or roles where nobody is named
  record PersonReminded(int number, String what, List<String> whom) implements Event {

    public PersonReminded {
      whom = List.copyOf(whom);
    }
  }

  /// A remark.
  record NoteTaken(String text) implements Event {}

  /// Nothing new starts until the run is resumed; what is under way, and the watch, go on.
  record RunHeld(String reason) implements Event {}

  /// The run goes on.
  record RunResumed() implements Event {}

  /// What a slot answered, for the record's charts.
  ///
  /// @param weight the candidate's share then
  /// @param readings by slot
  record TrafficMeasured(Weight weight, List<Reading> readings) implements Event {

    public TrafficMeasured {
      readings = List.copyOf(readings);
    }
  }

  /// One slot's numbers.
  ///
  /// @param requests answered in the interval
  /// @param errors failed in the interval
  /// @param p95Millis 95th percentile in milliseconds; empty without requests
  record Reading(
      Slot slot, double seconds, long requests, long errors, Optional<Double> p95Millis) {}

  /// A trigger came true.
  ///
  /// @param trigger its position in the plan
  /// @param reading what was measured against what
  record TriggerFired(int trigger, String reading) implements Event {}

  /// A trigger came true that does not act: it is on trial, or people decide.
  ///
  /// @param trigger its position in the plan
  record TriggerNoticed(int trigger, String reading) implements Event {}

  /// The way back has begun. Nobody needs to approve it.
  record RollbackStarted(String reason) implements Event {}

  /// The rollback's authority called it off, before anything was taken back. The run is held.
  record RollbackCancelled(String reason) implements Event {}

  /// Taking this back may lose data: a person is asked first.
  ///
  /// @param what what is asked of them
  record UndoAsked(StepId step, Work work, String what) implements Event {}

  /// One undo is about to happen. Written before it does.
  ///
  /// @param step the step whose work is taken back
  record UndoStarted(StepId step, Work work, int attempt) implements Event {}

  /// What came of it.
  record UndoEnded(StepId step, Work work, int attempt, Outcome outcome) implements Event {}

  /// The run is over.
  record RunFinished(Result result, String reason) implements Event {}

  /// How a run ends.
  enum Result {
    /// Everything is settled.
    SUCCEEDED,
    /// The stable version has all the traffic again.
    ROLLED_BACK,
    /// A gate said no, before anything had to be taken back.
    NO_GO,
    /// A person ended it, before anything had to be taken back.
    ABORTED
  }
}
