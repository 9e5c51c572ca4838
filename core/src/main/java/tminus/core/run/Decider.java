package tminus.core.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tminus.core.plan.Trigger;
import tminus.core.run.Decision.Accepted;
import tminus.core.run.Decision.Refused;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.Undo;
import tminus.core.run.StepState.Phase;

/// Decides which events follow from a command. Pure: the same state, command, person and moment
/// always give the same events.
public final class Decider {

  /// How often a failing undo is tried before a person is asked.
  public static final int UNDO_ATTEMPTS = 3;

  private Decider() {}

  /// The first event of a run.
  public static Event begin(RunCommand.Start start) {
    return new Event.RunStarted(
        start.plan(), start.hash(), start.policy(), start.slots(), start.zero());
  }

  /// What follows from the command in this state.
  ///
  /// @param by the person who says it, or [Recorded#TMINUS]
  /// @param now the moment at which it is said
  public static Decision decide(RunState state, RunCommand command, String by, Instant now) {
    if (state.status() == Status.FINISHED) {
      return finished(state, command);
    }
    Word word = new Word(state, by, now);
    return switch (command) {
      case RunCommand.Start _ -> new Refused("the run has started already - start another one");
      case RunCommand.Advance _ -> new Accepted(new Turn(state, now).events());
      case RunCommand.Sign sign -> word.sign(sign);
      case RunCommand.Confirm(var id) -> word.confirm(id);
      case RunCommand.Skip(var id, String reason) -> word.skip(id, reason);
      case RunCommand.NotApplicable(var id, String reason) -> word.notApplicable(id, reason);
      case RunCommand.Attach(var id, Evidence evidence) -> word.attach(id, evidence);
      case RunCommand.BreakGlass(var id, String reason) -> word.breakGlass(id, reason);
      case RunCommand.Retry(var id) -> word.retry(id);
      case RunCommand.Note(String text) ->
          text.isBlank()
              ? new Refused("the note is empty - say something")
              : accept(new Event.NoteTaken(text));
      case RunCommand.Hold(String reason) -> hold(state, reason);
      case RunCommand.Resume _ ->
          state.status() == Status.HELD ? accept(new Event.RunResumed()) : new Accepted(List.of());
      case RunCommand.Abort(String reason) ->
          end(state, Event.Result.ABORTED, "aborted: " + reason);
      case RunCommand.RollBack(String reason) ->
          state.status() == Status.ROLLING_BACK
              ? new Refused("the rollback has begun already - it runs by itself")
              : accept(new Event.RollbackStarted(reason));
      case RunCommand.CancelRollback(String reason) -> cancel(state, reason, by);
      case RunCommand.Report report -> report(state, report);
      case RunCommand.ReportUndo report -> reportUndo(state, report);
      case RunCommand.Fire(int trigger, String reading) -> fire(state, trigger, reading);
      case RunCommand.Measure measure ->
          accept(new Event.TrafficMeasured(measure.weight(), measure.readings()));
    };
  }

  /// The next moment at which [RunCommand.Advance] may have something to say though nothing has
  /// happened meanwhile: a deadline, a reminder, something that was not due. Empty when only an
  /// event can make the run go on.
  public static Optional<Instant> wake(RunState state) {
    return Turn.wake(state);
  }

  private static Accepted accept(Event... events) {
    return new Accepted(List.of(events));
  }

  /// After the end, remarks are welcome and late reports are dropped; nothing else changes.
  private static Decision finished(RunState state, RunCommand command) {
    return switch (command) {
      case RunCommand.Note(String text) when !text.isBlank() -> accept(new Event.NoteTaken(text));
      case RunCommand.Advance _,
          RunCommand.Report _,
          RunCommand.ReportUndo _,
          RunCommand.Fire _,
          RunCommand.Measure _ ->
          new Accepted(List.of());
      case RunCommand.Start _,
          RunCommand.Sign _,
          RunCommand.Confirm _,
          RunCommand.Skip _,
          RunCommand.NotApplicable _,
          RunCommand.Attach _,
          RunCommand.BreakGlass _,
          RunCommand.Retry _,
          RunCommand.Note _,
          RunCommand.Hold _,
          RunCommand.Resume _,
          RunCommand.Abort _,
          RunCommand.RollBack _,
          RunCommand.CancelRollback _ ->
          new Refused(
              "the run is over (%s) - start another one"
                  .formatted(words(state.result().orElseThrow())));
    };
  }

  /// A result in words.
  public static String words(Event.Result result) {
    return switch (result) {
      case SUCCEEDED -> "succeeded";
      case ROLLED_BACK -> "rolled back";
      case NO_GO -> "no-go";
      case ABORTED -> "aborted";
    };
  }

  private static Decision hold(RunState state, String reason) {
    return switch (state.status()) {
      case RUNNING -> accept(new Event.RunHeld(reason));
      case HELD -> new Accepted(List.of());
      case ROLLING_BACK -> new Refused("a rollback cannot be held - it never stops half-way");
      case FINISHED -> new Refused("the run is over - there is nothing to hold");
    };
  }

  /// Ends a run; what was changed is taken back first, so that nothing stops half-way.
  private static Decision end(RunState state, Event.Result result, String reason) {
    return state.status() == Status.ROLLING_BACK
        ? new Refused("a rollback cannot be aborted - it never stops half-way")
        : new Accepted(ending(state, result, reason));
  }

  static List<Event> ending(RunState state, Event.Result result, String reason) {
    if (state.status() == Status.ROLLING_BACK) {
      return List.of();
    }
    return state.hasUndos()
        ? List.of(new Event.RollbackStarted(reason))
        : List.of(new Event.RunFinished(result, reason));
  }

  /// Only before anything was taken back, so that nothing stops half-way.
  private static Decision cancel(RunState state, String reason, String by) {
    if (state.status() != Status.ROLLING_BACK) {
      return new Refused("nothing is rolling back - there is nothing to call off");
    }
    if (state.tookBack() || !state.hasUndos()) {
      return new Refused(
          "something was taken back already - a rollback never stops half-way, let it end");
    }
    if (state.undo().filter(undo -> undo.phase() == Phase.RUNNING).isPresent()) {
      return new Refused("an undo is under way - wait until it has ended or failed");
    }
    if (state.undo().filter(undo -> undo.phase() == Phase.UNKNOWN).isPresent()) {
      return new Refused("nobody knows whether an undo happened - settle that first");
    }
    if (reason.isBlank()) {
      return new Refused("to call a rollback off, say why");
    }
    return Authority.refuseCancel(state, by)
        .<Decision>map(refused -> refused)
        .orElseGet(() -> accept(new Event.RollbackCancelled("rollback called off: " + reason)));
  }

  /// A report of an attempt that is no longer under way is dropped: it is late, or said twice.
  private static Decision report(RunState state, RunCommand.Report report) {
    StepState at = state.steps().get(report.step());
    return at != null && at.phase() == Phase.RUNNING && at.attempt() == report.attempt()
        ? accept(new Event.StepEnded(report.step(), report.attempt(), report.outcome()))
        : new Accepted(List.of());
  }

  private static Decision reportUndo(RunState state, RunCommand.ReportUndo report) {
    boolean current =
        state
            .undo()
            .filter(undo -> undo.phase() == Phase.RUNNING && undo.attempt() == report.attempt())
            .filter(undo -> undo.undo().equals(new Undo(report.step(), report.work())))
            .isPresent();
    return current
        ? accept(
            new Event.UndoEnded(report.step(), report.work(), report.attempt(), report.outcome()))
        : new Accepted(List.of());
  }

  private static Decision fire(RunState state, int trigger, String reading) {
    if (state.status() == Status.ROLLING_BACK) {
      return new Accepted(List.of());
    }
    List<Trigger> triggers = state.plan().triggers();
    if (trigger < 0 || trigger >= triggers.size()) {
      return new Refused("trigger %d: the plan has %d".formatted(trigger, triggers.size()));
    }
    return switch (triggers.get(trigger).mode()) {
      case ACT ->
          accept(new Event.TriggerFired(trigger, reading), new Event.RollbackStarted(reading));
      case OBSERVE -> accept(new Event.TriggerNoticed(trigger, reading));
      case ADVISE ->
          state.status() == Status.HELD
              ? accept(new Event.TriggerNoticed(trigger, reading))
              : accept(
                  new Event.TriggerNoticed(trigger, reading),
                  new Event.RunHeld(reading + " - roll back, or resume?"));
    };
  }
}
