package tminus.core.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tminus.core.plan.Action;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.RunState.Reminded;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.Undo;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.StepState.Phase;
import tminus.core.schedule.Dues;
import tminus.core.traffic.Weight;

/// The parts of a run's state, while the next one is made. Confined to [RunState].
final class RunDraft {

  final Event.RunStarted begin;
  final Instant started;
  final String startedBy;

  /// When sections are due, if the run has a T-0. Worked out once.
  final Optional<Dues> dues;

  Status status = Status.RUNNING;
  Instant since;
  StepTable steps;
  List<Undo> undos = List.of();
  Optional<UndoState> undo = Optional.empty();
  Map<Undo, Integer> attempts = Map.of();
  boolean tookBack;
  Weight weight = Weight.NONE;
  String reason = "";
  Optional<Event.Result> result = Optional.empty();
  long seq = 1;
  long evidence = 1;
  List<String> glass = List.of();
  Reminded reminded;

  RunDraft(Event.RunStarted begin, Recorded first) {
    this.begin = begin;
    this.started = first.at();
    this.startedBy = first.by();
    this.dues = begin.zero().map(_ -> Dues.of(begin.plan()));
    this.since = first.at();
    this.steps = StepTable.of(begin.plan(), StepState.pending(first.at()));
    this.reminded = new Reminded(first.at(), 0);
  }

  RunDraft(RunDraft other) {
    this.begin = other.begin;
    this.started = other.started;
    this.startedBy = other.startedBy;
    this.dues = other.dues;
    this.status = other.status;
    this.since = other.since;
    this.steps = other.steps;
    this.undos = other.undos;
    this.undo = other.undo;
    this.attempts = other.attempts;
    this.tookBack = other.tookBack;
    this.weight = other.weight;
    this.reason = other.reason;
    this.result = other.result;
    this.seq = other.seq;
    this.evidence = other.evidence;
    this.glass = other.glass;
    this.reminded = other.reminded;
  }

  List<Object> all() {
    return List.of(
        begin, started, startedBy, status, since, steps, undos, undo, attempts, tookBack, weight,
        reason, result, seq, evidence, glass, reminded);
  }

  private StepState step(StepId id) {
    return Objects.requireNonNull(steps.get(id), id::value);
  }

  /// Whether a gate could be decided otherwise for it.
  private static boolean isEvidence(Event event) {
    return switch (event) {
      case Event.StepEnded _,
          Event.StepSigned _,
          Event.StepRejected _,
          Event.StepFollowed _,
          Event.StepSkipped _,
          Event.StepNotApplicable _,
          Event.StepRetried _,
          Event.EvidenceAttached _,
          Event.TriggerFired _,
          Event.TriggerNoticed _ ->
          true;
      case Event.RunStarted _,
          Event.StepAsked _,
          Event.StepPostponed _,
          Event.StepStarted _,
          Event.FormFilled _,
          Event.GateSigned _,
          Event.GateDecided _,
          Event.GlassBroken _,
          Event.PersonReminded _,
          Event.NoteTaken _,
          Event.RunHeld _,
          Event.RunResumed _,
          Event.TrafficMeasured _,
          Event.RollbackStarted _,
          Event.RollbackCancelled _,
          Event.UndoAsked _,
          Event.UndoStarted _,
          Event.UndoEnded _,
          Event.RunFinished _ ->
          false;
    };
  }

  /// Makes this the state after one more event.
  ///
  /// @param before the state so far
  void apply(Recorded recorded, RunState before) {
    seq++;
    if (isEvidence(recorded.event())) {
      evidence = seq;
    }
    switch (recorded.event()) {
      case Event.RunStarted _ -> throw new IllegalStateException("run: it was started twice");
      case Event.StepAsked(StepId id, String what) ->
          set(id, step(id).to(Phase.ASKED, recorded, what));
      case Event.StepPostponed(StepId id, String why) ->
          set(id, step(id).to(Phase.POSTPONED, recorded, why));
      case Event.StepStarted(StepId id, int attempt) -> {
        set(id, step(id).attempt(attempt).to(Phase.RUNNING, recorded, ""));
        arm(id);
      }
      case Event.StepEnded ended -> ended(ended, recorded);
      case Event.FormFilled(
              StepId id,
              Map<Integer, String> fields,
              Map<Integer, Integer> choices) ->
          set(id, step(id).filled(fields, choices));
      case Event.StepSigned(StepId id) -> {
        set(id, step(id).to(Phase.DONE, recorded, ""));
        weigh(id);
      }
      case Event.StepRejected(StepId id, String why) ->
          set(id, step(id).to(Phase.FAILED, recorded, why));
      case Event.StepFollowed(StepId id) ->
          set(id, step(id).to(Phase.DONE, recorded, followed(id)));
      case Event.StepSkipped(StepId id, String why, boolean waived) ->
          set(id, step(id).to(waived ? Phase.WAIVED : Phase.SKIPPED, recorded, why));
      case Event.StepNotApplicable(StepId id, String why) ->
          set(id, step(id).to(Phase.NOT_APPLICABLE, recorded, why));
      case Event.EvidenceAttached(StepId id, Evidence evidence) ->
          set(id, step(id).attached(evidence));
      case Event.StepRetried(StepId id) ->
          set(id, step(id).to(Phase.PENDING, recorded, "to be tried again"));
      case Event.GateSigned(StepId id, String option, long seen) ->
          set(id, step(id).signed(new SignOff(recorded.by(), recorded.at(), seen, option)));
      case Event.GateDecided(StepId id, boolean go, String option) ->
          set(id, step(id).to(go ? Phase.DONE : Phase.FAILED, recorded, option));
      case Event.GlassBroken(StepId id, _) -> broken(id, recorded.by());
      case Event.PersonReminded(int number, _, _) ->
          reminded = new Reminded(Waiting.since(before).orElse(recorded.at()), number);
      case Event.NoteTaken _,
          Event.TrafficMeasured _,
          Event.TriggerFired _,
          Event.TriggerNoticed _ -> {}
      case Event.RunHeld(String why) -> status(Status.HELD, why, recorded);
      case Event.RunResumed _ -> status(Status.RUNNING, "", recorded);
      case Event.RollbackStarted(String why) -> rollBack(why, recorded);
      case Event.RollbackCancelled(String why) -> {
        undo = Optional.empty();
        status(Status.HELD, why, recorded);
      }
      case Event.UndoAsked(StepId id, Work work, String what) ->
          undo =
              Optional.of(
                  new UndoState(new Undo(id, work), 0, 0, Phase.ASKED, what, recorded.at()));
      case Event.UndoStarted(StepId id, Work work, int attempt) ->
          undoing(new Undo(id, work), attempt, recorded.at());
      case Event.UndoEnded ended -> undone(ended, recorded);
      case Event.RunFinished(Event.Result how, String why) -> {
        stop(recorded, "stopped by the end of the run");
        status(Status.FINISHED, why, recorded);
        result = Optional.of(how);
      }
    }
  }

  private String followed(StepId id) {
    return steps.find(id).filter(step -> step.form().isComputed()).isPresent()
        ? "filled in by the run"
        : "all parts done";
  }

  private void set(StepId id, StepState state) {
    steps = steps.with(id, state);
  }

  private void status(Status next, String why, Recorded recorded) {
    status = next;
    reason = why;
    since = recorded.at();
  }

  private void ended(Event.StepEnded ended, Recorded recorded) {
    StepState state = step(ended.step());
    String detail = ended.outcome().detail();
    set(
        ended.step(),
        switch (ended.outcome()) {
          case Outcome.Done done -> state.to(Phase.DONE, recorded, detail).with(done.results());
          case Outcome.Failed failed ->
              state.to(Phase.FAILED, recorded, detail).with(failed.results());
          case Outcome.NeedsPerson asks ->
              state.to(Phase.TO_JUDGE, recorded, detail).with(asks.results());
          case Outcome.Unknown _ -> state.to(Phase.UNKNOWN, recorded, detail);
        });
    if (ended.outcome() instanceof Outcome.Done) {
      weigh(ended.step());
    }
  }

  /// The undo is armed before the effect starts: an effect that was cut off may have happened.
  private void arm(StepId id) {
    Optional<Work> work =
        switch (steps.find(id).orElseThrow().action()) {
          case Action.Act act -> act.undo();
          case Action.Shift _ -> Optional.of(new Work.Restore());
          case Action.Attest _,
              Action.Parts _,
              Action.Check _,
              Action.Bake _,
              Action.Gate _,
              Action.Wait _,
              Action.Notify _ ->
              Optional.empty();
        };
    // One way back for all shifts: the first one's, since it leads to the stable version whatever
    // came after. What is done on the way back is not taken back itself.
    if (work.isEmpty()
        || status == Status.ROLLING_BACK
        || undos.stream().anyMatch(undo -> undo.work().equals(work.get()))) {
      return;
    }
    undos = Stream.concat(undos.stream(), Stream.of(new Undo(id, work.get()))).toList();
  }

  private void weigh(StepId id) {
    switch (steps.find(id).orElseThrow().action()) {
      case Action.Shift(Weight to) -> weight = to;
      case Action.Act(Work.Restore _, _) -> weight = Weight.NONE;
      case Action.Act _,
          Action.Attest _,
          Action.Parts _,
          Action.Check _,
          Action.Bake _,
          Action.Gate _,
          Action.Wait _,
          Action.Notify _ -> {}
    }
  }

  /// At a gate the second person decides it; elsewhere windows and freezes no longer count.
  private void broken(StepId id, String by) {
    if (steps.find(id).orElseThrow().action() instanceof Action.Gate) {
      set(id, step(id).breaking(by));
    } else if (!glass.contains(by)) {
      glass = Stream.concat(glass.stream(), Stream.of(by)).toList();
    }
  }

  private void rollBack(String why, Recorded recorded) {
    stop(recorded, "stopped by the rollback");
    status(Status.ROLLING_BACK, why, recorded);
    undo = Optional.empty();
    tookBack = false;
  }

  /// Nothing is under way and nobody asked any more.
  private void stop(Recorded recorded, String why) {
    steps =
        steps.map(state ->
            switch (state.phase()) {
              case RUNNING, ASKED, POSTPONED -> state.to(Phase.FAILED, recorded, why);
              case PENDING, TO_JUDGE, FAILED, UNKNOWN, DONE, SKIPPED, NOT_APPLICABLE, WAIVED ->
                  state;
            });
  }

  private void undone(Event.UndoEnded ended, Recorded recorded) {
    Undo ofEvent = new Undo(ended.step(), ended.work());
    if (ended.outcome() instanceof Outcome.Done) {
      List<Undo> left = new ArrayList<>(undos);
      left.remove(ofEvent);
      undos = List.copyOf(left);
      undo = Optional.empty();
      tookBack = true;
      if (ended.work() instanceof Work.Restore) {
        weight = Weight.NONE;
      }
      return;
    }
    Phase phase = ended.outcome() instanceof Outcome.Unknown ? Phase.UNKNOWN : Phase.FAILED;
    String detail = ended.outcome().detail();
    int failures = undo.map(UndoState::failures).orElse(0) + 1;
    undo =
        Optional.of(
            new UndoState(ofEvent, ended.attempt(), failures, phase, detail, recorded.at()));
  }

  private void undoing(Undo begun, int attempt, Instant at) {
    int failures = undo.map(UndoState::failures).orElse(0);
    undo = Optional.of(new UndoState(begun, attempt, failures, Phase.RUNNING, "", at));
    Map<Undo, Integer> more = new HashMap<>(attempts);
    more.put(begun, attempt);
    attempts = Map.copyOf(more);
  }
}
