package tminus.simulation.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tminus.core.plan.Action;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Decider;
import tminus.core.run.Event;
import tminus.core.run.Event.Slots;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState.Phase;
import tminus.core.run.Waiting;
import tminus.core.traffic.Weight;
import tminus.engine.Effect;
import tminus.engine.Journal;
import tminus.engine.Lease;
import tminus.engine.RunId;
import tminus.simulation.Agenda;
import tminus.simulation.Deed;
import tminus.simulation.Doing;
import tminus.simulation.Reality;
import tminus.simulation.SimulatedWorld;
import tminus.simulation.soak.Ledger.Attempt;

/// Watches one run for the invariants: each entry of its journal, and everything that is really
/// done to the world. It takes nobody's word; the engine's own state is only compared with.
/// Confined to one thread.
final class Invariants {

  /// A request that was on its way when its sender was stopped or died arrives this much later at
  /// most.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  private final Agenda agenda;
  private final SimulatedWorld world;
  private final Slots slots;
  private final Journal journal;
  private final RunId run;
  private final Ledger ledger;
  private final Map<Object, Integer> done = new HashMap<>();
  private final Set<Object> happened = new HashSet<>();
  private Weight real = Weight.NONE;

  Invariants(SimulatedWorld world, Journal journal, RunId run, Ledger ledger, Slots slots) {
    this.world = world;
    this.agenda = world.reality().agenda();
    this.journal = journal;
    this.run = run;
    this.ledger = ledger;
    this.slots = slots;
    world.reality().asked(this::asked);
    world.reality().after(this::done);
  }

  /// Entries have come into the journal.
  void written(List<Recorded> events) {
    events.forEach(recorded -> ledger.write(recorded, agenda.instant()));
  }

  private static Optional<Attempt> attempt(Doing doing) {
    return doing
        .effect()
        .filter(effect -> effect.attempt() > 0)
        .map(effect -> new Attempt(effect.step(), effect.undo(), effect.attempt()));
  }

  // ---- The world

  /// Only who drives the run may touch the world for it.
  private void asked(Reality.Done wanted) {
    if (wanted.by().effect().isEmpty()) {
      return;
    }
    Optional<Lease> lease = journal.leases().find(Lease.ofRun(run));
    Invariant.ONE_DRIVER.holds(
        lease.filter(held -> held.owner().equals(wanted.by().who())).isPresent(),
        "%s does %s, and %s drives the run",
        wanted.by(),
        wanted.deed(),
        lease.map(Lease::owner).orElse("nobody"));
    Attempt attempt = attempt(wanted.by()).orElseThrow();
    Invariant.ONCE.holds(
        ledger.isIntended(attempt),
        "%s was done (%s), and nothing in the journal said so before",
        attempt,
        wanted.deed());
  }

  private void done(Reality.Done deed) {
    switch (deed.deed()) {
      case Deed.Routed _ -> routed(deed);
      case Deed.Ran(_, String command, boolean well) -> {
        if (command.startsWith("do ") || command.startsWith("undo ")) {
          once(deed.by(), command);
          if (well) {
            happened.add(List.of(attempt(deed.by()).orElseThrow(), command));
          }
        }
      }
      case Deed.Told(String key, _) ->
          Invariant.ONCE.holds(
              done.merge(key, 1, Integer::sum) == 1, "message %s was delivered twice", key);
      case Deed.Deployed _, Deed.Retired _ -> {}
    }
  }

  private void routed(Reality.Done deed) {
    Weight now = world.reality().weight(slots.candidate());
    boolean more = now.compareTo(real) > 0;
    real = now;
    if (!more) {
      return;
    }
    Invariant.TRAFFIC.holds(
        now.compareTo(ledger.allowed()) <= 0,
        "the candidate has %s of the traffic, and the plan's step allows %s (%s)",
        now,
        ledger.allowed(),
        deed.by());
    Optional<Instant> back = ledger.backSince();
    Invariant.TRAFFIC.holds(
        back.isEmpty() || !agenda.instant().isAfter(back.get().plus(ON_ITS_WAY)),
        "the candidate got %s of the traffic at %s, and the run is rolling back since %s (%s)",
        now,
        agenda.instant(),
        back,
        deed.by());
  }

  /// A command of an act runs again only if the attempt before is known to have failed, or a person
  /// said so.
  private void once(Doing by, String command) {
    Attempt attempt = attempt(by).orElseThrow();
    Invariant.ONCE.holds(
        done.merge(List.of(attempt, command), 1, Integer::sum) == 1,
        "%s ran '%s' twice",
        attempt,
        command);
    for (Attempt earlier : ledger.before(attempt)) {
      boolean ran = happened.contains(List.of(earlier, command));
      boolean failed = ledger.outcome(earlier).filter(Outcome.Failed.class::isInstance).isPresent();
      boolean reported = failed && !ledger.outcome(earlier).orElseThrow().results().isEmpty();
      boolean bySomebody =
          attempt.undo().isPresent()
              || !Recorded.TMINUS.equals(ledger.retriedBy(attempt.step()).orElse(Recorded.TMINUS));
      Invariant.ONCE.holds(
          !ran || reported || bySomebody,
          "%s ran '%s' after %s had, of which nobody knew what came of it",
          attempt,
          command,
          earlier);
    }
  }

  // ---- Standing still

  /// When nothing is under way, something must be going to come, or somebody be asked.
  void still(RunState state, Set<Effect> underWay) {
    if (state.status() == Status.FINISHED || underWay.stream().anyMatch(e -> e.attempt() > 0)) {
      return;
    }
    Optional<Waiting.For> waiting = Waiting.of(state);
    Invariant.END.holds(
        Decider.wake(state).isPresent(),
        "the run stands still at %s, and no time will make it go on",
        state.next().map(step -> step.id().value()).orElse("its end"));
    boolean postponed =
        state.next().filter(step -> state.step(step.id()).phase() == Phase.POSTPONED).isPresent();
    boolean again = state.undo().filter(undo -> undo.phase() == Phase.FAILED).isPresent();
    Invariant.END.holds(
        postponed || again || waiting.filter(who -> !who.whom().isEmpty()).isPresent(),
        "the run waits at %s, and for nobody",
        state.next().map(step -> step.id().value()).orElse("its end"));
  }

  // ---- The end

  /// The run is over, and whatever was on its way has arrived.
  ///
  /// @param seen the state as a driver or person has followed it
  /// @param chained whether the journal is chained by hashes, which are then held against it
  void end(RunState seen, boolean chained) {
    Invariant.END.holds(ledger.isOver(), "the run did not end although everybody helped");
    List<Recorded> events = journal.read(run, 0).orElseThrow().events();
    Invariant.REPLAY.holds(RunState.of(events).equals(seen), "the journal gives another state");
    if (chained) {
      Optional<Long> broken = journal.firstBroken(run);
      Invariant.REPLAY.holds(broken.isEmpty(), "the chain breaks at %s", broken);
    }
    Event.Result result = seen.result().orElseThrow();
    if (result == Event.Result.SUCCEEDED || ledger.isTakenByWord()) {
      return;
    }
    Weight candidate = world.reality().weight(slots.candidate());
    Invariant.WAY_BACK.holds(
        candidate.equals(Weight.NONE),
        "the run is over (%s), and the candidate has %s of the traffic",
        result,
        candidate);
    Invariant.WAY_BACK.holds(
        world.reality().version(slots.stable()).filter(slots.stableVersion()::equals).isPresent()
            || retiredWithoutUndo(events),
        "the run is over (%s), and %s holds %s",
        result,
        slots.stable(),
        world.reality().version(slots.stable()));
  }

  /// The plan itself takes the stable version away on its way back.
  private boolean retiredWithoutUndo(List<Recorded> events) {
    return events.stream()
        .anyMatch(recorded ->
            recorded.event() instanceof Event.StepStarted(var id, _)
                && ledger.action(id) instanceof Action.Act(Work.Retire(Work.Part part), _)
                && part == Work.Part.STABLE
                && isRollbackStep(events.getFirst(), id));
  }

  private static boolean isRollbackStep(Recorded first, StepId id) {
    return first.event() instanceof Event.RunStarted started
        && started.plan().rollback().stream().anyMatch(step -> step.id().equals(id));
  }
}
