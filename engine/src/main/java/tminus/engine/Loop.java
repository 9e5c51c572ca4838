package tminus.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tminus.core.plan.Action;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Event.Slots;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Slot;

/// What a driver does over and over: tells the run what has come in, lets the state machine decide,
/// and starts or stops the effects that follow. It has no threads and no clock of its own, and
/// never waits; so a simulation can go through it as fast as it likes.
///
/// It is level-triggered: it compares the state with what is under way and starts what is missing.
/// Nothing lives in memory alone. Whatever line it is killed at, another loop reads the journal and
/// goes on: effects that may have happened are looked at or handed to a person, and never repeated
/// on hope. Confined to one thread.
public final class Loop {

  /// For plans that move no traffic: their steps name no slot.
  private static final Slots NO_SLOTS =
      new Slots(new Slot("stable"), new Slot("candidate"), "unknown");

  private final Runs runs;
  private final RunId id;
  private final World world;
  private final RunListener listener;
  private final InstantSource clock;
  private final Hands hands;
  private final BooleanSupplier mayAct;
  private final Effects effects;
  private long heard;
  private boolean listens;
  private final List<RunCommand> unsaid = new ArrayList<>();

  /// A loop of a run.
  ///
  /// @param listener hears of what happens from [#adopt] on
  /// @param mayAct whether the run is still driven from here, asked just before each effect:
  ///   between an intent and its effect the process may stand still for longer than its lease lasts
  public Loop(
      Runs runs,
      RunId id,
      World world,
      RunListener listener,
      InstantSource clock,
      Hands hands,
      BooleanSupplier mayAct) {
    this.runs = runs;
    this.id = id;
    this.world = world;
    this.listener = listener;
    this.clock = clock;
    this.hands = hands;
    this.mayAct = mayAct;
    this.effects = new Effects(world);
  }

  /// Takes the run over as it is found. To be called once, before the first turn.
  ///
  /// What was under way when another process ended is looked at: waiting goes on, shifts,
  /// deployments and checks are done again, since doing what is done changes nothing; commands and
  /// messages are observed, and where nobody can tell a person is asked.
  public void adopt() {
    Runs.View found = runs.view(id);
    listen(found);
    RunState state = found.state();
    for (StepId running : state.running()) {
      Step step = state.find(running).orElseThrow();
      if (!canRepeat(step.action())) {
        observe(state, step);
      }
    }
    state
        .undo()
        .filter(undo -> undo.phase() == Phase.RUNNING && undo.undo().work() instanceof Work.Shell)
        .ifPresent(undo -> {
          Effect effect = effect(undo);
          perform(effect, () -> List.of(report(effect, new Outcome.Unknown(Effects.CUT_OFF))));
        });
  }

  private static boolean canRepeat(Action action) {
    return switch (action) {
      case Action.Notify _ -> false;
      case Action.Act(Work work, _) -> !(work instanceof Work.Shell);
      case Action.Check _,
          Action.Shift _,
          Action.Bake _,
          Action.Wait _,
          Action.Attest _,
          Action.Parts _,
          Action.Gate _ ->
          true;
    };
  }

  private void observe(RunState state, Step step) {
    Effect effect = new Effect(step.id(), Optional.empty(), state.step(step.id()).attempt());
    Optional<ShellCommand> probe =
        Optional.ofNullable(state.plan().rules().probes().get(step.id()));
    perform(
        effect,
        () ->
            effects
                .observe(key(effect), step.action(), probe)
                .map(outcome -> List.of(report(effect, outcome)))
                .orElseGet(() ->
                    List.of(
                        report(
                            effect,
                            new Outcome.Failed("cut off before it had happened", List.of())),
                        new RunCommand.Retry(Optional.of(step.id())))));
  }

  /// One turn: everything that has come in, in one commit with what follows from it.
  ///
  /// @param fences the right by which the run is driven; nothing is written without it
  /// @param goesOn whether anything new may start
  /// @return the run after it; a longer journal than before means: take another turn at once
  /// @throws JournalException when the journal fails, or no longer takes this driver's word
  public Runs.View turn(Set<Fence> fences, boolean goesOn) throws InterruptedException {
    // What was told stays until it is written: the store may be out of reach for a moment.
    unsaid.addAll(hands.told());
    List<RunCommand> said = new ArrayList<>(unsaid);
    if (goesOn) {
      // With the outcome of one step in one commit: the intent of the next.
      said.add(new RunCommand.Advance());
    }
    Runs.View view = told(fences, said);
    unsaid.clear();
    hear(view);
    if (view.state().status() == Status.FINISHED) {
      return view;
    }
    stopForward(view.state());
    if (goesOn) {
      start(view.state());
    }
    return view;
  }

  private Runs.View told(Set<Fence> fences, List<RunCommand> commands) {
    return switch (runs.tell(id, Recorded.TMINUS, fences, commands.toArray(RunCommand[]::new))) {
      case Runs.Answer.Accepted(Runs.View view) -> view;
      case Runs.Answer.Refused(String reason) ->
          throw new IllegalStateException(
              "the run refused what its own driver reported: " + reason);
    };
  }

  /// Lets the listener hear of what happens from here on, and of the start of a new run.
  void listen(Runs.View found) {
    if (!listens) {
      listens = true;
      heard = found.seq() == 1 ? 0 : found.seq();
    }
  }

  /// Lets the listener hear what it has not heard yet.
  void hear(Runs.View view) {
    List<Recorded> events = view.events();
    while (heard < events.size()) {
      listener.recorded(view, events.get((int) heard));
      heard++;
    }
  }

  /// Before anything is taken back, whatever still changes things forward must have stopped. The
  /// rollback may have begun with the very commit that holds the intent of the first undo.
  private void stopForward(RunState state) throws InterruptedException {
    if (state.status() != Status.ROLLING_BACK) {
      return;
    }
    for (Effect effect : hands.underWay()) {
      boolean forward =
          !effect.equals(Effect.WATCH)
              && effect.undo().isEmpty()
              && state.step(effect.step()).phase() != Phase.RUNNING;
      if (forward) {
        hands.stop(effect);
      }
    }
  }

  /// Stops what only lets time pass: it goes on where it was with the next driver.
  void stopWaiting(RunState state) throws InterruptedException {
    for (Effect effect : hands.underWay()) {
      if (effect.equals(Effect.WATCH) || (effect.undo().isEmpty() && waits(state, effect))) {
        hands.stop(effect);
      }
    }
  }

  private static boolean waits(RunState state, Effect effect) {
    return switch (state.find(effect.step()).orElseThrow().action()) {
      case Action.Wait _, Action.Bake _ -> true;
      case Action.Check _,
          Action.Act _,
          Action.Shift _,
          Action.Notify _,
          Action.Attest _,
          Action.Parts _,
          Action.Gate _ ->
          false;
    };
  }

  /// Stops everything, at once.
  void stopAll() throws InterruptedException {
    for (Effect effect : hands.underWay()) {
      hands.stop(effect);
    }
  }

  // ---- Starting

  /// An effect that may no longer be begun says nothing: if the run is driven from here after all,
  /// the next turn finds it missing.
  private void perform(Effect effect, Hands.Performance performance) {
    hands.perform(effect, () -> mayAct.getAsBoolean() ? performance.perform() : List.of());
  }

  private void start(RunState state) {
    Slots slots = state.slots().orElse(NO_SLOTS);
    for (StepId running : state.running()) {
      StepState at = state.step(running);
      Effect effect = new Effect(running, Optional.empty(), at.attempt());
      if (!hands.underWay().contains(effect)) {
        start(state, state.find(running).orElseThrow(), effect, slots);
      }
    }
    state
        .undo()
        .filter(undo -> undo.phase() == Phase.RUNNING)
        .filter(undo -> !hands.underWay().contains(effect(undo)))
        .ifPresent(undo -> undo(state, undo, slots));
    watch(state);
  }

  private void start(RunState state, Step step, Effect effect, Slots slots) {
    Instant began = state.step(step.id()).since();
    switch (step.action()) {
      case Action.Wait wait ->
          hands.look(
              effect,
              new Pause(
                  began.plus(wait.duration()),
                  clock,
                  report(effect, new Outcome.Done("the time is over", List.of()))));
      case Action.Bake bake -> {
        Slot watched = state.status() == Status.ROLLING_BACK ? slots.stable() : slots.candidate();
        hands.look(
            effect,
            new Bake(
                bake,
                began,
                clock,
                time -> effects.observe(watched, time),
                outcome -> report(effect, outcome)));
      }
      case Action.Check _,
          Action.Act _,
          Action.Shift _,
          Action.Notify _,
          Action.Attest _,
          Action.Parts _,
          Action.Gate _ ->
          perform(
              effect,
              () ->
                  List.of(
                      report(
                          effect,
                          effects.perform(
                              key(effect),
                              step.action(),
                              slots,
                              state.plan().rules().timeout(step.id()),
                              line -> listener.output(step.id(), line)))));
    }
  }

  private void undo(RunState state, UndoState undo, Slots slots) {
    Effect effect = effect(undo);
    perform(
        effect,
        () ->
            List.of(
                report(
                    effect,
                    effects.perform(
                        undo.undo().work(),
                        slots,
                        state.plan().rules().timeout(effect.step()),
                        line -> listener.output(effect.step(), line)))));
  }

  /// The watch begins with the first shift and outlives everything but the run.
  private void watch(RunState state) {
    if (isExposed(state)
        && world.delivery().isPresent()
        && state.slots().isPresent()
        && !hands.underWay().contains(Effect.WATCH)) {
      hands.look(
          Effect.WATCH,
          new Watch(state.plan(), state.slots().get(), world.delivery().get(), clock));
    }
  }

  /// Whether the candidate has had traffic that is not taken back: then the triggers must be
  /// watched.
  public static boolean isExposed(RunState state) {
    return state.status() != Status.FINISHED
        && state.undos().stream().anyMatch(undo -> undo.work() instanceof Work.Restore);
  }

  /// The titles of what has begun and not ended, if nobody drives the run now: time that passes
  /// left out, since it passes anyway.
  static List<String> cutOff(RunState state) {
    Stream<StepId> forward =
        state.running().stream()
            .filter(step -> !(state.find(step).orElseThrow().action() instanceof Action.Wait));
    Stream<StepId> back =
        state.undo().filter(undo -> undo.phase() == Phase.RUNNING).stream()
            .map(undo -> undo.undo().step());
    return Stream.concat(forward, back)
        .map(step -> state.find(step).orElseThrow().title())
        .toList();
  }

  private static Effect effect(UndoState undo) {
    return new Effect(undo.undo().step(), Optional.of(undo.undo().work()), undo.attempt());
  }

  private String key(Effect effect) {
    return "%s/%s#%d".formatted(id, effect.step(), effect.attempt());
  }

  private static RunCommand report(Effect effect, Outcome outcome) {
    return effect
        .undo()
        .<RunCommand>map(
            work -> new RunCommand.ReportUndo(effect.step(), work, effect.attempt(), outcome))
        .orElseGet(() -> new RunCommand.Report(effect.step(), effect.attempt(), outcome));
  }
}
