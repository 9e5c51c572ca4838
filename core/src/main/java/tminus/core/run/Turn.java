package tminus.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tminus.core.calendar.Calendar;
import tminus.core.plan.Action;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.Undo;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.StepState.Phase;

/// What follows by itself at a moment: steps and undos whose turn has come, and what is due.
final class Turn {

  /// Checks that follow each other run side by side, at most this many: more would hit the service
  /// they look at all at once.
  static final int SIDE_BY_SIDE = 4;

  /// The wait before a failed undo is tried again; the next one is twice as long. A router that
  /// restarts is back by then, and nobody waits long.
  static final Duration AGAIN = Duration.ofMillis(500);

  private final RunState state;
  private final Instant now;

  Turn(RunState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  List<Event> events() {
    List<Event> steps =
        switch (state.status()) {
          case HELD, FINISHED -> List.of();
          case RUNNING -> steps(Event.Result.SUCCEEDED);
          case ROLLING_BACK -> undos();
        };
    return steps.isEmpty() ? late() : steps;
  }

  // ---- Undos

  private List<Event> undos() {
    if (state.undo().isPresent()) {
      UndoState current = state.undo().get();
      boolean again =
          current.phase() == Phase.FAILED
              && state.stuckUndo().isEmpty()
              && !now.isBefore(again(current));
      return again
          ? List.of(
              new Event.UndoStarted(
                  current.undo().step(), current.undo().work(), current.attempt() + 1))
          : List.of();
    }
    return state
        .nextUndo()
        .map(this::begin)
        .map(List::of)
        .orElseGet(() -> steps(Event.Result.ROLLED_BACK));
  }

  private static Instant again(UndoState failed) {
    return failed.since().plus(AGAIN.multipliedBy(1L << (failed.failures() - 1)));
  }

  private Event begin(Undo undo) {
    String role = state.plan().rules().noReturn().get(undo.step());
    return role == null
        ? new Event.UndoStarted(undo.step(), undo.work(), state.attempts(undo) + 1)
        : new Event.UndoAsked(
            undo.step(),
            undo.work(),
            "taking it back may lose what was written since: %s decides (run or skip)"
                .formatted(role));
  }

  // ---- Steps

  private List<Event> steps(Event.Result whenDone) {
    Optional<Step> next = state.next();
    if (next.isEmpty()) {
      return List.of(new Event.RunFinished(whenDone, state.reason()));
    }
    Step step = next.get();
    if (isAutomaticCheck(step)) {
      return sideBySide();
    }
    return switch (state.step(step.id()).phase()) {
      case PENDING -> List.of(begin(step));
      case POSTPONED -> postponedStill(step);
      case ASKED -> passed(step);
      case RUNNING, TO_JUDGE, FAILED, UNKNOWN, DONE, SKIPPED, NOT_APPLICABLE, WAIVED -> List.of();
    };
  }

  /// A gate whose last go was written down, and whose decision was not.
  private List<Event> passed(Step step) {
    List<SignOff> signOffs = Waiting.signOffs(state, step);
    return step.action() instanceof Action.Gate && Authority.suffices(state, step, signOffs)
        ? List.of(new Event.GateDecided(step.id(), true, signOffs.getLast().option()))
        : List.of();
  }

  private Event begin(Step step) {
    return postponed(step)
        .<Event>map(why -> new Event.StepPostponed(step.id(), why))
        .orElseGet(() -> beginDue(step));
  }

  private Event beginDue(Step step) {
    if (step.action() instanceof Action.Parts) {
      return follow(step);
    }
    Optional<List<String>> untouched = untouchedPhase(step);
    if (untouched.isPresent()) {
      return new Event.StepNotApplicable(
          step.id(), "nothing of “%s” was done".formatted(untouched.get().getLast()));
    }
    return asks(state, step)
        .<Event>map(what -> new Event.StepAsked(step.id(), what))
        .orElseGet(() -> new Event.StepStarted(step.id(), state.step(step.id()).attempt() + 1));
  }

  /// The phase that a step of the rollback takes back, if nothing of that phase was done: then
  /// there is nothing to take back, and doing so could do harm.
  private Optional<List<String>> untouchedPhase(Step step) {
    return Optional.ofNullable(state.plan().rules().phases().get(step.id()))
        .filter(phase ->
            state.plan().steps().stream()
                .filter(other -> isUnder(other, phase))
                .noneMatch(other -> isTouched(state.step(other.id()))));
  }

  private static boolean isUnder(Step step, List<String> section) {
    return step.section().size() >= section.size()
        && step.section().subList(0, section.size()).equals(section);
  }

  private static boolean isTouched(StepState at) {
    return at.attempt() > 0 || at.phase() == Phase.DONE || at.phase() == Phase.WAIVED;
  }

  /// An item is done when its parts are, those that do not apply left out; one that had to go
  /// without a part is not.
  private Event follow(Step step) {
    // On the way back a number that is not as wished for holds nothing up; it stands in the record.
    boolean goingBack = state.status() == Status.ROLLING_BACK;
    Optional<String> unmet = goingBack ? Optional.empty() : Entries.unmet(state, step, Map.of());
    if (unmet.isPresent()) {
      return new Event.StepRejected(step.id(), unmet.get());
    }
    long left =
        step.parts().stream()
            .map(part -> state.step(part).phase())
            .filter(phase -> phase != Phase.DONE && phase != Phase.NOT_APPLICABLE)
            .count();
    return left == 0
        ? new Event.StepFollowed(step.id())
        : new Event.StepSkipped(step.id(), "%d of its parts not done".formatted(left), false);
  }

  /// Checks change nothing, so those of a section that stand next to each other need not wait for
  /// each other.
  private List<Event> sideBySide() {
    List<Event> events = new ArrayList<>();
    int room = SIDE_BY_SIDE - state.running().size();
    List<String> section = state.next().orElseThrow().section();
    for (Step step : state.rest()) {
      if (!isAutomaticCheck(step) || !step.section().equals(section) || room == 0) {
        break;
      }
      Phase phase = state.step(step.id()).phase();
      if (phase == Phase.PENDING || phase == Phase.POSTPONED) {
        Optional<String> why = postponed(step);
        if (why.isEmpty()) {
          events.add(beginDue(step));
          room--;
        } else if (phase == Phase.PENDING) {
          events.add(new Event.StepPostponed(step.id(), why.get()));
        }
      }
    }
    return events;
  }

  private boolean isAutomaticCheck(Step step) {
    return step.action() instanceof Action.Check && asks(state, step).isEmpty();
  }

  // ---- Not yet

  /// Why the step may not start at this moment, if so. A rollback never waits.
  private Optional<String> postponed(Step step) {
    return state.status() == Status.ROLLING_BACK
        ? Optional.empty()
        : notDue(step).or(() -> closed(state, step, now));
  }

  private Optional<String> notDue(Step step) {
    return state.notBefore(step.id()).filter(now::isBefore).map(due -> "due at " + due);
  }

  /// Why the calendar does not let the step begin to change anything at this moment, if so. A
  /// rollback never asks it, and two people may go on in spite of it.
  static Optional<String> closed(RunState state, Step step, Instant now) {
    boolean asks =
        step.changes() && state.status() != Status.ROLLING_BACK && !state.isGlassBroken();
    return asks
        ? switch (state.plan().calendar().at(now)) {
          case Calendar.State.Open _ -> Optional.empty();
          case Calendar.State.Closed(String reason, Optional<Instant> opens) ->
              Optional.of(reason + opens.map(at -> ", until " + at).orElse(""));
        }
        : Optional.empty();
  }

  /// When a postponed step may start as far as is known: when it is due and the calendar is open.
  private static Optional<Instant> starts(RunState state, Step step) {
    Instant since = state.step(step.id()).since();
    Instant due = state.notBefore(step.id()).filter(since::isBefore).orElse(since);
    return switch (state.plan().calendar().at(due)) {
      case Calendar.State.Closed(String _, Optional<Instant> opens)
          when step.changes() && !state.isGlassBroken() ->
          opens;
      case Calendar.State.Closed _, Calendar.State.Open _ -> Optional.of(due);
    };
  }

  /// A postponed step starts, or is told anew why it does not.
  private List<Event> postponedStill(Step step) {
    Optional<String> why = postponed(step);
    if (why.isEmpty()) {
      return List.of(beginDue(step));
    }
    return why.get().equals(state.step(step.id()).detail())
        ? List.of()
        : List.of(new Event.StepPostponed(step.id(), why.get()));
  }

  // ---- Asking

  /// What a person is asked before or instead of an effect, if anything.
  static Optional<String> asks(RunState state, Step step) {
    return switch (step.action()) {
      case Action.Attest _ ->
          Optional.of(step.form().signatures().isEmpty() ? "to be done" : "to be signed");
      case Action.Gate _ -> Optional.of("go or no-go?");
      case Action.Check _, Action.Act _ ->
          step.action().commands().isEmpty() ? Optional.empty() : asksForCommands(state, step);
      case Action.Parts _, Action.Shift _, Action.Bake _, Action.Wait _, Action.Notify _ ->
          Optional.empty();
    };
  }

  static List<String> missing(Action action) {
    return action.commands().stream()
        .map(ShellCommand::missing)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private static Optional<String> asksForCommands(RunState state, Step step) {
    List<String> missing = missing(step.action());
    if (!missing.isEmpty()) {
      return Optional.of(
          "to be done by hand: no value for %s".formatted(String.join(", ", missing)));
    }
    return switch (state.policy()) {
      case ASK -> Optional.of("run its commands?");
      case NEVER -> Optional.of("to be done by hand: commands are off");
      case RUN -> mayLoseData(state, step);
    };
  }

  /// On the way back, what may lose data never runs by itself.
  private static Optional<String> mayLoseData(RunState state, Step step) {
    return state.status() == Status.ROLLING_BACK
        ? Optional.ofNullable(state.plan().rules().noReturn().get(step.id()))
            .map(role -> "it may lose what was written since: %s decides, run it?".formatted(role))
        : Optional.empty();
  }

  // ---- Late

  private List<Event> late() {
    Optional<Instant> deadline = Waiting.deadline(state);
    if (deadline.isPresent() && !now.isBefore(deadline.get())) {
      Step gate = state.next().orElseThrow();
      List<Event> events = new ArrayList<>();
      events.add(new Event.GateDecided(gate.id(), false, "nobody decided by its deadline"));
      events.addAll(Decider.ending(state, Event.Result.NO_GO, "no-go: " + gate.title()));
      return events;
    }
    return Waiting.reminder(state, now).stream().toList();
  }

  /// The next moment at which something follows though nothing has happened: never before, and
  /// possibly later than it.
  static Optional<Instant> wake(RunState state) {
    if (state.status() == Status.FINISHED) {
      return Optional.empty();
    }
    Stream<Optional<Instant>> moments =
        Stream.of(
            Waiting.deadline(state),
            Waiting.nextReminder(state),
            state
                .undo()
                .filter(undo -> undo.phase() == Phase.FAILED && state.stuckUndo().isEmpty())
                .map(Turn::again),
            state
                .next()
                .filter(step -> state.step(step.id()).phase() == Phase.POSTPONED)
                .flatMap(step -> starts(state, step)));
    return moments.flatMap(Optional::stream).min(Instant::compareTo);
  }
}
