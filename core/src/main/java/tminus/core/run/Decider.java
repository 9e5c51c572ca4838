package tminus.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Decision.Accepted;
import tminus.core.run.Decision.Refused;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.Undo;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.StepState.Phase;

/// Decides which events follow from a command. Pure: the same state and command always give the
/// same events.
public final class Decider {

  /// How often a failing undo is tried before a person is asked.
  public static final int UNDO_ATTEMPTS = 3;

  private Decider() {}

  /// The first event of a run.
  public static Event begin(RunCommand.Start start) {
    return new Event.RunStarted(start.plan(), start.hash(), start.policy(), start.slots());
  }

  /// What follows from the command in this state.
  public static Decision decide(RunState state, RunCommand command) {
    if (state.status() == Status.FINISHED) {
      return finished(state, command);
    }
    return switch (command) {
      case RunCommand.Start _ -> new Refused("the run has started already - start another one");
      case RunCommand.Advance _ -> new Accepted(advance(state));
      case RunCommand.Sign sign -> sign(state, sign);
      case RunCommand.Confirm(StepId id) -> confirm(state, id);
      case RunCommand.Skip(StepId id, String reason) -> skip(state, id, reason);
      case RunCommand.Retry(Optional<StepId> id) -> retry(state, id);
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
      case RunCommand.Report report -> report(state, report);
      case RunCommand.ReportUndo report -> reportUndo(state, report);
      case RunCommand.Fire(int trigger, String reading) -> fire(state, trigger, reading);
      case RunCommand.Measure measure ->
          accept(new Event.TrafficMeasured(measure.weight(), measure.readings()));
    };
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
          RunCommand.Retry _,
          RunCommand.Note _,
          RunCommand.Hold _,
          RunCommand.Resume _,
          RunCommand.Abort _,
          RunCommand.RollBack _ ->
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

  private static List<Event> advance(RunState state) {
    return switch (state.status()) {
      case HELD, FINISHED -> List.of();
      case RUNNING -> nextStep(state, Event.Result.SUCCEEDED);
      case ROLLING_BACK -> nextUndo(state);
    };
  }

  private static List<Event> nextUndo(RunState state) {
    if (state.undo().isPresent()) {
      UndoState current = state.undo().get();
      if (current.phase() == Phase.RUNNING || state.stuckUndo().isPresent()) {
        return List.of();
      }
      return List.of(
          new Event.UndoStarted(
              current.undo().step(), current.undo().work(), current.attempt() + 1));
    }
    if (state.hasUndos()) {
      Undo top = state.undos().getLast();
      return List.of(new Event.UndoStarted(top.step(), top.work(), 1));
    }
    return nextStep(state, Event.Result.ROLLED_BACK);
  }

  private static List<Event> nextStep(RunState state, Event.Result whenDone) {
    Optional<Step> next = state.next();
    if (next.isEmpty()) {
      return List.of(new Event.RunFinished(whenDone, state.reason()));
    }
    Step step = next.get();
    StepState at = state.step(step.id());
    if (at.phase() != Phase.PENDING) {
      return List.of();
    }
    if (step.action() instanceof Action.Parts) {
      return List.of(follow(state, step));
    }
    return asks(state, step)
        .<List<Event>>map(what -> List.of(new Event.StepAsked(step.id(), what)))
        .orElseGet(() -> List.of(new Event.StepStarted(step.id(), at.attempt() + 1)));
  }

  /// An item is done when its parts are; one that had to go without a part is not.
  private static Event follow(RunState state, Step step) {
    // On the way back a number that is not as wished for holds nothing up; it stands in the record.
    boolean goingBack = state.status() == Status.ROLLING_BACK;
    Optional<String> unmet = goingBack ? Optional.empty() : Entries.unmet(state, step, Map.of());
    if (unmet.isPresent()) {
      return new Event.StepRejected(step.id(), unmet.get());
    }
    long left =
        step.parts().stream().filter(part -> state.step(part).phase() != Phase.DONE).count();
    return left == 0
        ? new Event.StepFollowed(step.id())
        : new Event.StepSkipped(step.id(), "%d of its parts not done".formatted(left), false);
  }

  /// What a person is asked before or instead of an effect, if anything.
  private static Optional<String> asks(RunState state, Step step) {
    return switch (step.action()) {
      case Action.Attest _ ->
          Optional.of(step.form().signatures().isEmpty() ? "to be done" : "to be signed");
      case Action.Gate _ -> Optional.of("go or no-go?");
      case Action.Check _, Action.Act _ ->
          commands(step.action()).isEmpty()
              ? Optional.empty()
              : asksForCommands(state, step.action());
      case Action.Parts _, Action.Shift _, Action.Bake _, Action.Wait _, Action.Notify _ ->
          Optional.empty();
    };
  }

  /// The document's own commands in an action.
  public static List<ShellCommand> commands(Action action) {
    return switch (action) {
      case Action.Check(List<ShellCommand> commands) -> commands;
      case Action.Act(Work.Shell(List<ShellCommand> commands), _) -> commands;
      case Action.Act _,
          Action.Attest _,
          Action.Parts _,
          Action.Shift _,
          Action.Bake _,
          Action.Gate _,
          Action.Wait _,
          Action.Notify _ ->
          List.of();
    };
  }

  private static List<String> missing(Action action) {
    return commands(action).stream()
        .flatMap(command -> command.missing().stream())
        .distinct()
        .toList();
  }

  private static Optional<String> asksForCommands(RunState state, Action action) {
    List<String> missing = missing(action);
    if (!missing.isEmpty()) {
      return Optional.of(
          "to be done by hand: no value for %s".formatted(String.join(", ", missing)));
    }
    return switch (state.policy()) {
      case ASK -> Optional.of("run its commands?");
      case NEVER -> Optional.of("to be done by hand: commands are off");
      case RUN -> Optional.empty();
    };
  }

  private static Decision sign(RunState state, RunCommand.Sign sign) {
    Optional<Decision> correction = Corrections.of(state, sign);
    if (correction.isPresent()) {
      return correction.get();
    }
    Optional<Refused> refusal = refuse(state, sign.step());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Step step = state.plan().step(sign.step()).orElseThrow();
    Optional<Refused> misfit = notForPeople(state, step).or(() -> misfit(step, sign));
    if (misfit.isPresent()) {
      return misfit.get();
    }
    List<Event> events = new ArrayList<>();
    if (!sign.fields().isEmpty() || !sign.choices().isEmpty()) {
      events.add(new Event.FormFilled(step.id(), sign.fields(), sign.choices()));
    }
    Map<Integer, Integer> choices =
        state.step(step.id()).filled(Map.of(), sign.choices()).choices();
    if (choices.size() < step.form().choices().size()) {
      return new Refused(
          "step %s: it asks for a choice - choose one of %s".formatted(step.id(), options(step)));
    }
    List<Mark.Choice.Option> chosen = new ArrayList<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      chosen.add(
          step.form().choices().get(i).options().get(Objects.requireNonNull(choices.get(i))));
    }
    Optional<Mark.Choice.Option> bad =
        chosen.stream().filter(option -> !option.positive()).findFirst();
    Optional<String> unmet = Entries.unmet(state, step, sign.fields());
    if (step.action() instanceof Action.Gate) {
      if (unmet.isPresent() && bad.isEmpty()) {
        return new Refused(
            "step %s: %s - a gate does not go on that; decide no-go, or correct the value"
                .formatted(step.id(), unmet.get()));
      }
      Mark.Choice.Option decision = bad.orElseGet(chosen::getFirst);
      events.add(new Event.GateDecided(step.id(), decision.positive(), decision.label()));
      if (bad.isPresent()) {
        events.addAll(ending(state, Event.Result.NO_GO, "no-go: " + step.title()));
      }
      return new Accepted(events);
    }
    events.add(
        bad.map(Mark.Choice.Option::label)
            .or(() -> unmet)
            .<Event>map(why -> new Event.StepRejected(step.id(), why))
            .orElseGet(() -> new Event.StepSigned(step.id())));
    return new Accepted(events);
  }

  /// Why the step is not settled by a person's word now, if so: what has parts follows them, and
  /// what Tminus does by itself is done, or skipped with a reason, but never just said to be done.
  private static Optional<Refused> notForPeople(RunState state, Step step) {
    Optional<StepId> part =
        step.parts().stream().filter(id -> !state.step(id).phase().isSettled()).findFirst();
    if (part.isPresent()) {
      return Optional.of(
          new Refused(
              "step %s: its part %s is not settled - settle that one first"
                  .formatted(step.id(), part.get())));
    }
    return state.step(step.id()).phase() == Phase.PENDING && asks(state, step).isEmpty()
        ? Optional.of(
            new Refused(
                "step %s: it goes on by itself when its turn comes - to do without it, skip it and say why"
                    .formatted(step.id())))
        : Optional.empty();
  }

  private static String options(Step step) {
    return step.form().choices().stream()
        .map(choice ->
            String.join(" / ", choice.options().stream().map(Mark.Choice.Option::label).toList()))
        .reduce((a, b) -> a + "; " + b)
        .orElse("");
  }

  private static Optional<Refused> misfit(Step step, RunCommand.Sign sign) {
    for (int field : sign.fields().keySet()) {
      if (field < 0 || field >= step.form().fields().size()) {
        return Optional.of(
            new Refused(
                "step %s: it has %d blanks, not %d"
                    .formatted(step.id(), step.form().fields().size(), field + 1)));
      }
    }
    for (Map.Entry<Integer, Integer> choice : sign.choices().entrySet()) {
      boolean known =
          choice.getKey() >= 0
              && choice.getKey() < step.form().choices().size()
              && choice.getValue() >= 0
              && choice.getValue() < step.form().choices().get(choice.getKey()).options().size();
      if (!known) {
        return Optional.of(
            new Refused(
                "step %s: there is no such choice - choose one of %s"
                    .formatted(step.id(), options(step))));
      }
    }
    return Optional.empty();
  }

  private static Decision confirm(RunState state, StepId id) {
    Optional<Refused> refusal = refuse(state, id);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Step step = state.plan().step(id).orElseThrow();
    if (commands(step.action()).isEmpty()) {
      String instead =
          step.action() instanceof Action.Gate ? "decide go or no-go" : "sign or skip it";
      return new Refused("step %s: there is nothing to run in it - %s".formatted(id, instead));
    }
    if (!state.next().map(Step::id).equals(Optional.of(id))) {
      return new Refused("step %s: it is not its turn - settle the steps before it".formatted(id));
    }
    if (state.policy() == Event.CommandPolicy.NEVER) {
      return new Refused("step %s: commands are off in this run - sign or skip it".formatted(id));
    }
    List<String> missing = missing(step.action());
    if (!missing.isEmpty()) {
      return new Refused(
          "step %s: no value for %s - start the run with --param %s=…"
              .formatted(id, String.join(", ", missing), missing.getFirst()));
    }
    return accept(new Event.StepStarted(id, state.step(id).attempt() + 1));
  }

  private static Decision skip(RunState state, StepId id, String reason) {
    Optional<UndoState> stuck =
        state.undo().filter(undo -> undo.undo().step().equals(id) && undo.phase() != Phase.RUNNING);
    if (stuck.isPresent()) {
      if (reason.isBlank()) {
        return new Refused("step %s: to take it back by hand, say how".formatted(id));
      }
      Outcome byHand = new Outcome.Done("taken back by hand: " + reason, List.of());
      return accept(
          new Event.UndoEnded(id, stuck.get().undo().work(), stuck.get().attempt(), byHand));
    }
    Optional<Refused> refusal = refuse(state, id);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (reason.isBlank()) {
      return new Refused("step %s: to go on without it, say why".formatted(id));
    }
    Step step = state.plan().step(id).orElseThrow();
    if (step.action() instanceof Action.Gate) {
      return new Refused("step %s: a gate cannot be skipped - decide go or no-go".formatted(id));
    }
    Phase phase = state.step(id).phase();
    boolean tried = phase == Phase.FAILED || phase == Phase.UNKNOWN || phase == Phase.TO_JUDGE;
    return accept(new Event.StepSkipped(id, reason, tried));
  }

  private static Decision retry(RunState state, Optional<StepId> id) {
    Optional<UndoState> undone =
        state.undo().filter(undo -> id.isEmpty() || undo.undo().step().equals(id.get()));
    if (id.isEmpty() || undone.isPresent()) {
      return undone
          .filter(undo -> undo.phase() != Phase.RUNNING)
          .<Decision>map(undo ->
              accept(
                  new Event.UndoStarted(
                      undo.undo().step(), undo.undo().work(), undo.attempt() + 1)))
          .orElseGet(() -> new Refused("no undo has failed - there is nothing to take back again"));
    }
    Optional<Refused> refusal = refuse(state, id.get());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Phase phase = state.step(id.get()).phase();
    boolean possible = phase == Phase.FAILED || phase == Phase.UNKNOWN || phase == Phase.TO_JUDGE;
    return possible
        ? accept(new Event.StepRetried(id.get()))
        : new Refused(
            "step %s: it has not failed - there is nothing to try again".formatted(id.get()));
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

  private static List<Event> ending(RunState state, Event.Result result, String reason) {
    if (state.status() == Status.ROLLING_BACK) {
      return List.of();
    }
    return state.hasUndos()
        ? List.of(new Event.RollbackStarted(reason))
        : List.of(new Event.RunFinished(result, reason));
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
    if (trigger < 0 || trigger >= state.plan().triggers().size()) {
      return new Refused(
          "trigger %d: the plan has %d".formatted(trigger, state.plan().triggers().size()));
    }
    return accept(new Event.TriggerFired(trigger, reading), new Event.RollbackStarted(reading));
  }

  /// Why a person cannot act on the step now, if so.
  private static Optional<Refused> refuse(RunState state, StepId id) {
    if (state.status() == Status.HELD) {
      return Optional.of(
          new Refused("the run is held (%s) - resume it first".formatted(state.reason())));
    }
    if (!state.steps().containsKey(id)) {
      return Optional.of(new Refused("there is no step " + id));
    }
    if (state.status() == Status.ROLLING_BACK && state.hasUndos()) {
      return Optional.of(
          new Refused(
              "step %s: what was changed is being taken back first - wait for it".formatted(id)));
    }
    Phase phase = state.step(id).phase();
    if (phase.isSettled()) {
      return Optional.of(new Refused("step %s: it is settled already".formatted(id)));
    }
    if (phase == Phase.RUNNING) {
      return Optional.of(
          new Refused("step %s: it is under way - wait for it, or hold the run".formatted(id)));
    }
    if (state.open().stream().noneMatch(step -> step.id().equals(id))) {
      String before = state.next().map(step -> step.id().value()).orElse("none");
      return Optional.of(
          new Refused("step %s: it is not its turn - the next one is %s".formatted(id, before)));
    }
    return Optional.empty();
  }
}
