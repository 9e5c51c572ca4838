package tminus.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;

/// What happened in a run, as a deployment log has it: a line for each thing that a reader would
/// ask about. Plain ticks are left to the boxes.
final class RunLog {

  /// A line of the log.
  record Entry(Instant at, String event, String status, String notes) {}

  private final Plan plan;

  private RunLog(Plan plan) {
    this.plan = plan;
  }

  /// The log of a run, in order.
  static List<Entry> of(Plan plan, List<Recorded> events) {
    RunLog log = new RunLog(plan);
    List<Entry> entries = new ArrayList<>();
    for (Recorded recorded : events) {
      log.entry(recorded).ifPresent(entries::add);
    }
    return entries;
  }

  private Optional<Entry> entry(Recorded at) {
    return switch (at.event()) {
      case Event.RunStarted _ -> say(at, "Run started", "IN PROGRESS", by(at));
      case Event.StepAsked _,
          Event.FormFilled _,
          Event.StepFollowed _,
          Event.GateSigned _,
          Event.TrafficMeasured _ ->
          Optional.empty();
      case Event.StepPostponed(StepId id, String why) -> say(at, title(id), "NOT YET", why);
      case Event.StepNotApplicable(StepId id, String why) ->
          say(at, title(id), "NOT APPLICABLE", by(at, why));
      case Event.EvidenceAttached(StepId id, Evidence evidence) ->
          say(at, title(id), "EVIDENCE", by(at, evidence.name()));
      case Event.GlassBroken(StepId id, String why) ->
          say(at, title(id), "BREAK-GLASS", by(at, why));
      case Event.PersonReminded(int number, String what, List<String> whom) ->
          say(at, "Reminder %d: %s".formatted(number, what), "", String.join(", ", whom));
      case Event.TriggerNoticed(_, String reading) ->
          say(at, "Rollback trigger", "NOTICED", reading);
      case Event.RollbackCancelled(String why) ->
          say(at, "Rollback called off", "ON HOLD", by(at, why));
      case Event.UndoAsked(StepId id, _, String what) ->
          say(at, "Undo of " + title(id), "ASKED", what);
      case Event.StepStarted(StepId id, int attempt) -> begun(at, id, attempt);
      case Event.StepEnded(StepId id, _, Outcome outcome) -> ended(at, id, outcome);
      case Event.StepSigned(StepId id) -> signed(at, id);
      case Event.StepRejected(StepId id, String why) -> say(at, title(id), "NOT GOOD", by(at, why));
      case Event.StepSkipped(StepId id, String why, boolean waived) ->
          say(at, title(id), waived ? "WAIVED" : "SKIPPED", by(at, why));
      case Event.StepRetried(StepId id) -> say(at, title(id), "RETRIED", by(at));
      case Event.GateDecided(StepId id, boolean go, String option) ->
          say(at, title(id), go ? "GO" : "NO-GO", by(at, isWord(option) ? "" : option));
      case Event.NoteTaken(String text) -> say(at, "Note", "", by(at, text));
      case Event.RunHeld(String why) -> say(at, "Run held", "ON HOLD", by(at, why));
      case Event.RunResumed _ -> say(at, "Run resumed", "IN PROGRESS", by(at));
      case Event.TriggerFired(_, String reading) -> say(at, "Rollback trigger", "FIRED", reading);
      case Event.RollbackStarted(String why) ->
          say(at, "Rollback started", "IN PROGRESS", by(at, why));
      case Event.UndoStarted _ -> Optional.empty();
      case Event.UndoEnded(StepId id, Work work, _, Outcome outcome) ->
          say(at, "Undo of " + title(id) + ": " + work.words(), status(outcome), outcome.detail());
      case Event.RunFinished(Event.Result result, String why) -> finished(at, result, why);
    };
  }

  private Optional<Entry> finished(Recorded at, Event.Result result, String why) {
    return switch (result) {
      case SUCCEEDED -> say(at, "Run finished", "SUCCESS", why);
      case ROLLED_BACK -> say(at, "Run finished", "ROLLED BACK", why);
      case NO_GO -> say(at, "Run finished", "NO-GO", why);
      case ABORTED -> say(at, "Run finished", "ABORTED", why);
    };
  }

  /// What takes a moment is logged when it ends, what takes long when it begins too.
  private Optional<Entry> begun(Recorded at, StepId id, int attempt) {
    Optional<Step> lasting = plan.step(id).filter(step -> step.isBarrier());
    return lasting.flatMap(
        step -> say(at, step.title(), "IN PROGRESS", attempt > 1 ? "attempt " + attempt : ""));
  }

  private Optional<Entry> ended(Recorded at, StepId id, Outcome outcome) {
    boolean quiet =
        outcome instanceof Outcome.Done && plan.step(id).filter(Step::isBarrier).isEmpty();
    return quiet ? Optional.empty() : say(at, title(id), status(outcome), outcome.detail());
  }

  /// A person's word is logged for what changes something, and for what is signed.
  private Optional<Entry> signed(Recorded at, StepId id) {
    boolean weighty =
        plan.step(id)
            .filter(
                step -> !step.form().signatures().isEmpty() || step.action() instanceof Action.Act)
            .isPresent();
    return weighty ? say(at, title(id), "COMPLETE", by(at)) : Optional.empty();
  }

  private static String status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "COMPLETE";
      case Outcome.Failed _ -> "FAILED";
      case Outcome.NeedsPerson _ -> "TO JUDGE";
      case Outcome.Unknown _ -> "UNKNOWN";
    };
  }

  private String title(StepId id) {
    return plan.step(id).map(Step::title).orElse(id.value());
  }

  private static Optional<Entry> say(Recorded at, String event, String status, String notes) {
    return Optional.of(new Entry(at.at(), event, status, notes));
  }

  /// Whether the outcome says no more than the status does.
  private static boolean isWord(String option) {
    return option.equalsIgnoreCase("go") || option.equalsIgnoreCase("no-go");
  }

  private static String by(Recorded at) {
    return at.by().equals(Recorded.TMINUS) ? "" : "by " + at.by();
  }

  private static String by(Recorded at, String why) {
    String who = by(at);
    return who.isEmpty() || why.isBlank() ? who + why : why + ", " + who;
  }
}
