package tminus.simulation.soak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Rules;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.traffic.Weight;

/// What the journal of a run has promised so far, kept without the state machine: who checks that
/// must not ask it. Confined to one thread.
final class Ledger {

  /// An attempt at a step, or at taking it back.
  record Attempt(StepId step, Optional<Work> undo, int number) {}

  private final Plan plan;
  private final String starter;
  private final Map<StepId, Step> steps = new HashMap<>();
  private final Set<StepId> settled = new HashSet<>();
  private final Set<Attempt> begun = new HashSet<>();
  private final Map<Attempt, Outcome> ended = new HashMap<>();
  private final Set<Attempt> cutOff = new HashSet<>();
  private final Map<StepId, Set<String>> signed = new HashMap<>();
  private final Map<StepId, Set<String>> glass = new HashMap<>();
  private final Map<StepId, String> retriedBy = new HashMap<>();
  private Weight allowed = Weight.NONE;
  private boolean back;
  private boolean over;
  private boolean takenByWord;
  private Optional<Instant> backSince = Optional.empty();

  Ledger(Plan plan, String starter) {
    this.plan = plan;
    this.starter = starter;
    plan.steps().forEach(step -> steps.put(step.id(), step));
    plan.rollback().forEach(step -> steps.put(step.id(), step));
  }

  /// Takes down an entry.
  ///
  /// @param now the true time
  void write(Recorded recorded, Instant now) {
    switch (recorded.event()) {
      case Event.StepStarted(StepId id, int attempt) -> started(id, attempt);
      case Event.StepEnded(StepId id, int attempt, Outcome outcome) -> {
        ended(new Attempt(id, Optional.empty(), attempt), outcome);
        if (outcome instanceof Outcome.Done) {
          settled.add(id);
        }
      }
      case Event.StepSigned(StepId id) -> settled.add(id);
      case Event.StepFollowed(StepId id) -> settled.add(id);
      case Event.StepSkipped(StepId id, _, _) -> settled.add(id);
      case Event.StepNotApplicable(StepId id, _) -> settled.add(id);
      case Event.StepRetried(StepId id) -> retriedBy.put(id, recorded.by());
      case Event.GateSigned(StepId id, _, _) ->
          signed.computeIfAbsent(id, _ -> new HashSet<>()).add(recorded.by());
      case Event.GlassBroken(StepId id, _) ->
          glass.computeIfAbsent(id, _ -> new HashSet<>()).add(recorded.by());
      case Event.GateDecided(StepId id, boolean go, _) -> {
        if (go) {
          settled.add(id);
          passed(id);
        }
      }
      case Event.RollbackStarted _ -> {
        back = true;
        backSince = Optional.of(now);
        begun.stream().filter(a -> a.undo().isEmpty()).forEach(cutOff::add);
      }
      case Event.RollbackCancelled _ -> {
        back = false;
        backSince = Optional.empty();
      }
      case Event.UndoStarted(StepId id, Work work, int attempt) -> undo(id, work, attempt);
      case Event.UndoEnded(StepId id, Work work, int attempt, Outcome outcome) -> {
        ended(new Attempt(id, Optional.of(work), attempt), outcome);
        takenByWord |= !recorded.by().equals(Recorded.TMINUS) && !(work instanceof Work.Shell);
      }
      case Event.RunFinished(Event.Result result, _) -> finished(result);
      case Event.RunStarted _,
          Event.StepAsked _,
          Event.StepPostponed _,
          Event.FormFilled _,
          Event.StepRejected _,
          Event.EvidenceAttached _,
          Event.PersonReminded _,
          Event.NoteTaken _,
          Event.RunHeld _,
          Event.RunResumed _,
          Event.TrafficMeasured _,
          Event.TriggerFired _,
          Event.TriggerNoticed _,
          Event.UndoAsked _ -> {}
    }
  }

  private Step step(StepId id) {
    return Optional.ofNullable(steps.get(id)).orElseThrow();
  }

  private void started(StepId id, int attempt) {
    Step step = step(id);
    boolean check = step.action() instanceof Action.Check;
    for (Step earlier : back ? plan.rollback() : plan.steps()) {
      if (earlier.equals(step)) {
        break;
      }
      boolean beside = check && earlier.action() instanceof Action.Check;
      Invariant.ORDER.holds(
          settled.contains(earlier.id()) || beside,
          "%s started and %s before it is not settled",
          id,
          earlier.id());
    }
    Invariant.ORDER.holds(
        (back ? plan.rollback() : plan.steps()).contains(step),
        "%s started and is no step of the way %s",
        id,
        back ? "back" : "forward");
    Attempt begins = new Attempt(id, Optional.empty(), attempt);
    Invariant.ONCE.holds(begun.add(begins), "%s began twice", begins);
    if (step.action() instanceof Action.Shift(Weight to)) {
      // Until the router has it, the weight before is allowed too.
      allowed = to;
    }
    if (step.action() instanceof Action.Act(Work.Restore _, Optional<Work> _)) {
      allowed = Weight.NONE;
    }
  }

  private void passed(StepId id) {
    Rules rules = plan.rules();
    if (glass.getOrDefault(id, Set.of()).size() >= 2) {
      return;
    }
    Set<String> people = signed.getOrDefault(id, Set.of());
    int quorum = rules.approval(id).quorum();
    Invariant.ORDER.holds(
        people.size() >= quorum, "gate %s passed with %s of %d", id, people, quorum);
    List<String> holders = rules.holders(step(id).roles());
    Invariant.ORDER.holds(
        holders.isEmpty() || people.stream().anyMatch(holders::contains),
        "gate %s passed with %s, and %s decide",
        id,
        people,
        holders);
    Invariant.ORDER.holds(
        !rules.namesPeople() || !people.equals(Set.of(starter)),
        "gate %s passed by the word of who started the run",
        id);
  }

  private void undo(StepId id, Work work, int attempt) {
    Invariant.ORDER.holds(back, "%s is taken back and nothing rolls back", id);
    Attempt begins = new Attempt(id, Optional.of(work), attempt);
    Invariant.ONCE.holds(begun.add(begins), "%s began twice", begins);
    if (work instanceof Work.Restore) {
      allowed = Weight.NONE;
    }
  }

  private void ended(Attempt attempt, Outcome outcome) {
    // A person settles an undo that has not begun with the number 0.
    Invariant.ONCE.holds(
        attempt.number() == 0 || begun.contains(attempt), "%s ended and had not begun", attempt);
    ended.put(attempt, outcome);
  }

  private void finished(Event.Result result) {
    over = true;
    Invariant.WAY_BACK.holds(
        !back || result != Event.Result.SUCCEEDED, "a rollback ended as %s", result);
    begun.forEach(attempt ->
        Invariant.ONCE.holds(
            ended.containsKey(attempt) || cutOff.contains(attempt) || !isAct(attempt),
            "%s has no outcome at the end of the run",
            attempt));
  }

  private boolean isAct(Attempt attempt) {
    return attempt.undo().isPresent()
        || switch (step(attempt.step()).action()) {
          case Action.Act _, Action.Shift _, Action.Notify _ -> true;
          case Action.Attest _,
              Action.Bake _,
              Action.Check _,
              Action.Gate _,
              Action.Parts _,
              Action.Wait _ ->
              false;
        };
  }

  /// Whether this attempt's intent is in the journal.
  boolean isIntended(Attempt attempt) {
    return begun.contains(attempt);
  }

  /// What came of an attempt, if that is known.
  Optional<Outcome> outcome(Attempt attempt) {
    return Optional.ofNullable(ended.get(attempt));
  }

  /// Who had a step tried again last.
  Optional<String> retriedBy(StepId step) {
    return Optional.ofNullable(retriedBy.get(step));
  }

  /// What the candidate may have by the plan's current step.
  Weight allowed() {
    return allowed;
  }

  /// Since when the run is on its way back.
  Optional<Instant> backSince() {
    return backSince;
  }

  /// Whether it is over.
  boolean isOver() {
    return over;
  }

  /// Whether somebody said of traffic or versions that they took them back by hand.
  boolean isTakenByWord() {
    return takenByWord;
  }

  /// The attempts before this one, latest first.
  List<Attempt> before(Attempt attempt) {
    List<Attempt> earlier = new ArrayList<>();
    for (int i = attempt.number() - 1; i > 0; i--) {
      earlier.add(new Attempt(attempt.step(), attempt.undo(), i));
    }
    return earlier;
  }

  /// The action of a step.
  Action action(StepId step) {
    return step(step).action();
  }
}
