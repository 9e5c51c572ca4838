package tminus.simulation.soak;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Timing;
import tminus.core.plan.Action;
import tminus.core.plan.Rules;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.Undo;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Weight;

/// What must hold in every run, looked at after each event.
final class Promises {

  /// Checks that follow each other run side by side, at most this many.
  private static final int SIDE_BY_SIDE = 4;

  private record Attempt(StepId step, Optional<Work> undo, int number) {}

  private final Set<Attempt> begun = new HashSet<>();

  /// A promise that was broken.
  static final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  private static void promise(boolean kept, String promise, Object what) {
    if (!kept) {
      throw new Broken("%s: %s".formatted(promise, what));
    }
  }

  /// Looks at one event and what it made of the run.
  void keep(RunState before, RunCommand command, Recorded recorded, RunState after) {
    Event event = recorded.event();
    signOffs(before, command, recorded);
    early(before, command, recorded);
    promise(
        before.status() != Status.FINISHED || event instanceof Event.NoteTaken,
        "nothing but notes after the end",
        event);
    starts(before, command, event);
    ends(event);
    settles(before, command, event, after);
    traffic(before, event, after);
    oneAtATime(after);
    theEnd(before, event, after);
  }

  private void starts(RunState before, RunCommand command, Event event) {
    if (event instanceof Event.StepStarted(StepId id, int attempt)) {
      promise(before.status() != Status.HELD, "nothing starts while the run is held", event);
      promise(
          earlier(before, id).stream()
              .allMatch(step -> settled(before, step) || sideBySide(before, step, id)),
          "no step starts before what stands before it is settled",
          event);
      promise(
          attempt == before.step(id).attempt() + 1
              && begun.add(new Attempt(id, Optional.empty(), attempt)),
          "each attempt starts once",
          event);
      promise(
          before.status() != Status.ROLLING_BACK || !before.hasUndos(),
          "what was changed is taken back before anything else",
          event);
    }
    if (event instanceof Event.UndoStarted(StepId id, Work work, int attempt)) {
      promise(
          before.undos().contains(new Undo(id, work)) && isNext(before.undos(), work),
          "traffic goes back first, the rest last in, first out",
          event);
      promise(
          begun.add(new Attempt(id, Optional.of(work), attempt)), "each undo starts once", event);
      boolean unknown = before.undo().filter(undo -> undo.phase() == Phase.UNKNOWN).isPresent();
      promise(
          !unknown || command instanceof RunCommand.Retry,
          "what may have happened is not repeated on hope",
          event);
    }
  }

  private void ends(Event event) {
    if (event instanceof Event.StepEnded(StepId id, int attempt, _)) {
      promise(
          begun.contains(new Attempt(id, Optional.empty(), attempt)),
          "what ends has started",
          event);
    }
    if (event instanceof Event.UndoEnded(StepId id, Work work, int attempt, _)) {
      // One that a person was asked about and left alone never began.
      promise(
          attempt == 0 || begun.contains(new Attempt(id, Optional.of(work), attempt)),
          "an undo that ends has started",
          event);
    }
  }

  private static void settles(RunState before, RunCommand command, Event event, RunState after) {
    for (Step step : all(before)) {
      Phase was = before.step(step.id()).phase();
      Phase is = after.step(step.id()).phase();
      promise(!was.isSettled() || is == was, "what is settled stays settled", step.id());
      if (was.isSettled() || !is.isSettled()) {
        continue;
      }
      promise(before.course().contains(step), "only steps of the course are settled", step.id());
      promise(
          earlier(before, step.id()).stream()
              .filter(other -> step.isBarrier() || other.isBarrier())
              .allMatch(other -> settled(before, other)),
          "nothing is settled past a barrier",
          step.id());
      boolean said = event instanceof Event.StepSigned || event instanceof Event.GateDecided;
      promise(
          !said || step.parts().stream().allMatch(part -> before.step(part).phase().isSettled()),
          "nothing is signed before its parts",
          step.id());
      if (step.action() instanceof Action.Gate) {
        promise(
            command instanceof RunCommand.BreakGlass
                || (command instanceof RunCommand.Sign sign
                    && sign.step().equals(step.id())
                    && isGo(step, before.step(step.id()), sign)),
            "a gate passes by people's word only",
            event);
      }
    }
  }

  private static boolean isGo(Step step, StepState at, RunCommand.Sign sign) {
    Map<Integer, Integer> choices = new HashMap<>(at.choices());
    choices.putAll(sign.choices());
    List<Mark.Choice> asked = step.form().choices();
    for (int i = 0; i < asked.size(); i++) {
      Integer chosen = choices.get(i);
      if (chosen == null || !asked.get(i).options().get(chosen).positive()) {
        return false;
      }
    }
    return true;
  }

  private static void traffic(RunState before, Event event, RunState after) {
    Weight told =
        switch (event) {
          case Event.StepEnded(StepId id, _, Outcome.Done _) -> moved(before, id);
          case Event.StepSigned(StepId id) -> moved(before, id);
          case Event.UndoEnded(_, Work.Restore _, _, Outcome.Done _) -> Weight.NONE;
          default -> before.weight();
        };
    promise(
        after.weight().equals(told), "traffic moves by a shift or its undo, and only so", event);
    promise(
        before.status() != Status.ROLLING_BACK || after.weight().compareTo(before.weight()) <= 0,
        "the candidate gets no more traffic once the way back has begun",
        event);
    boolean armed = after.undos().stream().anyMatch(undo -> undo.work() instanceof Work.Restore);
    promise(
        after.weight().equals(Weight.NONE) || armed,
        "while the candidate has traffic, the way back is armed",
        event);
  }

  /// Where the traffic is once the step is done.
  private static Weight moved(RunState state, StepId id) {
    return switch (state.plan().step(id).orElseThrow().action()) {
      case Action.Shift(Weight to) -> to;
      case Action.Act(Work.Restore _, _) -> Weight.NONE;
      default -> state.weight();
    };
  }

  private static void oneAtATime(RunState after) {
    long running =
        after.steps().values().stream().filter(step -> step.phase() == Phase.RUNNING).count();
    boolean checks =
        after.running().stream()
            .allMatch(id -> after.find(id).orElseThrow().action() instanceof Action.Check);
    boolean undoing = after.undo().filter(undo -> undo.phase() == Phase.RUNNING).isPresent();
    promise(
        running + (undoing ? 1 : 0) <= 1 || (checks && !undoing && running <= SIDE_BY_SIDE),
        "one effect at a time, but for checks",
        after.undo());
    promise(after.running().size() == running, "the steps under way are known", after.running());
  }

  private static void theEnd(RunState before, Event event, RunState after) {
    if (!(event instanceof Event.RunFinished(Event.Result result, _))) {
      return;
    }
    boolean settled = before.course().stream().allMatch(step -> settled(before, step));
    switch (result) {
      case SUCCEEDED ->
          promise(
              before.status() == Status.RUNNING && settled,
              "a run succeeds when every step is settled",
              before.status());
      case ROLLED_BACK ->
          promise(
              before.status() == Status.ROLLING_BACK
                  && settled
                  && after.undos().isEmpty()
                  && after.weight().equals(Weight.NONE),
              "a rolled back run has nothing left to take back",
              after.undos());
      case NO_GO, ABORTED ->
          promise(after.undos().isEmpty(), "no run ends with changes to take back", after.undos());
    }
  }

  /// Checks that stand next to each other need not wait for each other.
  private static boolean sideBySide(RunState state, Step earlier, StepId later) {
    List<Step> between =
        state.course().stream()
            .dropWhile(step -> !step.equals(earlier))
            .takeWhile(step -> !step.id().equals(later))
            .toList();
    return state.find(later).orElseThrow().action() instanceof Action.Check
        && between.stream()
            .allMatch(step -> step.action() instanceof Action.Check || settled(state, step));
  }

  /// Whether this work is to be taken back before all other.
  private static boolean isNext(List<Undo> undos, Work work) {
    if (undos.stream().anyMatch(undo -> undo.work() instanceof Work.Revive)) {
      return work instanceof Work.Revive;
    }
    if (undos.stream().anyMatch(undo -> undo.work() instanceof Work.Restore)) {
      return work instanceof Work.Restore;
    }
    return undos.getLast().work().equals(work);
  }

  /// Who said go at each gate, on what they saw, with no regard to what the state makes of it.
  private final Map<StepId, Map<String, Long>> gone = new HashMap<>();

  private final Map<StepId, Set<String>> broken = new HashMap<>();
  private long evidence = 1;

  private void signOffs(RunState before, RunCommand command, Recorded recorded) {
    switch (recorded.event()) {
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
          evidence = before.seq() + 1;
      case Event.GateSigned(StepId id, _, long seen) ->
          gone.computeIfAbsent(id, _ -> new HashMap<>()).put(recorded.by(), seen);
      case Event.GlassBroken(StepId id, _) ->
          broken.computeIfAbsent(id, _ -> new HashSet<>()).add(recorded.by());
      case Event.GateDecided(StepId id, boolean go, _) -> {
        if (go) {
          decided(before, command, id);
        }
      }
      default -> {}
    }
  }

  private void decided(RunState state, RunCommand command, StepId id) {
    if (command instanceof RunCommand.BreakGlass) {
      promise(
          broken.getOrDefault(id, Set.of()).size() >= 2, "break-glass takes two people", broken);
      return;
    }
    Rules rules = state.plan().rules();
    Set<String> people = new HashSet<>();
    gone.getOrDefault(id, Map.of())
        .forEach((person, seen) -> {
          if (seen >= evidence) {
            people.add(person);
          }
        });
    List<String> holders = rules.holders(state.find(id).orElseThrow().roles());
    promise(
        people.size() >= rules.approval(id).quorum(), "no gate passes without its quorum", people);
    promise(
        holders.isEmpty() || holders.containsAll(people),
        "a gate passes by its authority's word",
        people);
    promise(
        rules.people().isEmpty() || !people.equals(Set.of(state.startedBy())),
        "who started the run is not its only approver",
        people);
  }

  /// What has a time after T-0 does not start by itself before it.
  private static void early(RunState before, RunCommand command, Recorded recorded) {
    if (command instanceof RunCommand.Advance
        && before.status() == Status.RUNNING
        && recorded.event() instanceof Event.StepStarted(StepId id, _)) {
      Step step = before.find(id).orElseThrow();
      boolean tooEarly =
          before.zero().isPresent()
              && step.timing()
                  .filter(timing ->
                      timing instanceof Timing.Between(Duration from, _)
                          && from.isPositive()
                          && recorded.at().isBefore(before.zero().get().plus(from)))
                  .isPresent();
      promise(!tooEarly, "nothing starts before it is due", recorded);
    }
  }

  private static List<Step> all(RunState state) {
    return Stream.concat(state.plan().steps().stream(), state.plan().rollback().stream()).toList();
  }

  private static List<Step> earlier(RunState state, StepId id) {
    return state.course().stream().takeWhile(step -> !step.id().equals(id)).toList();
  }

  private static boolean settled(RunState state, Step step) {
    return state.step(step.id()).phase().isSettled();
  }
}
