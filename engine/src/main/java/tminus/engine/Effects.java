package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tminus.core.judge.BakeRule;
import tminus.core.judge.Condition;
import tminus.core.judge.Observation;
import tminus.core.judge.Verdict;
import tminus.core.plan.Action;
import tminus.core.plan.Work;
import tminus.core.run.Event.Slots;
import tminus.core.run.Outcome;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.PortException;

/// Does what steps and undos say, and tells what came of it. Safe for concurrent use.
final class Effects {

  /// How often a bake looks.
  private static final Duration LOOK = Duration.ofMillis(250);

  /// A bake that has too little to judge by goes on for up to this many times its length before a
  /// person is asked.
  private static final int PATIENCE = 3;

  /// A bake of no time, or one whose clock was set back, looks at the last moment.
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final World world;
  private final InstantSource clock;

  Effects(World world, InstantSource clock) {
    this.world = world;
    this.clock = clock;
  }

  /// Does a step's action.
  ///
  /// @param watched the slot whose numbers a bake judges
  /// @param began when the step's intent was journaled: waits count from there, also after a
  ///   restart
  Outcome perform(Action action, Slots slots, Slot watched, Instant began, Consumer<String> output)
      throws InterruptedException {
    try {
      return switch (action) {
        case Action.Check check -> world.shell().run(check.commands(), output);
        case Action.Act act -> perform(act.work(), slots, output);
        case Action.Shift(Weight weight) -> shift(slots, weight);
        case Action.Bake(Duration duration, List<Condition> conditions) ->
            bake(watched, began, duration, conditions);
        case Action.Wait(Duration duration) -> {
          sleepUntil(began.plus(duration));
          yield done("the time is over");
        }
        case Action.Notify(String title, String body) ->
            done(world.notifier().deliver(title, body));
        case Action.Attest _, Action.Parts _, Action.Gate _ ->
            throw new IllegalStateException("there is nothing to perform in " + action.kind());
      };
    } catch (PortException e) {
      return new Outcome.Failed(e.getMessage(), List.of());
    }
  }

  /// Does one piece of work, or takes one back.
  Outcome perform(Work work, Slots slots, Consumer<String> output) throws InterruptedException {
    try {
      return switch (work) {
        case Work.Shell shell -> world.shell().run(shell.commands(), output);
        case Work.Deploy(Work.Part part, String version) -> deploy(slots.of(part), version);
        case Work.Revive _ -> deploy(slots.stable(), slots.stableVersion());
        case Work.Retire(Work.Part part) -> retire(slots.of(part));
        case Work.Restore _ -> shift(slots, Weight.NONE);
      };
    } catch (PortException e) {
      return new Outcome.Failed(e.getMessage(), List.of());
    }
  }

  private World.Delivery delivery() {
    return world
        .delivery()
        .orElseThrow(() ->
            new PortException(
                "nothing is bound that could do this - bind a target and a router in tminus.yaml"));
  }

  private static Outcome done(String detail) {
    return new Outcome.Done(detail, List.of());
  }

  private Outcome deploy(Slot slot, String version) {
    delivery().target().deploy(slot, version);
    String running =
        delivery()
            .target()
            .observe(slot)
            .orElseThrow(() ->
                new PortException(
                    "slot %s: nothing runs in it after the deployment".formatted(slot)))
            .version();
    return running.equals(version)
        ? done("%s runs %s and is ready".formatted(slot, version))
        : new Outcome.Failed(
            "%s says it runs %s, not %s".formatted(slot, running, version), List.of());
  }

  private Outcome retire(Slot slot) {
    Weight weight = delivery().router().weights().getOrDefault(slot, Weight.NONE);
    if (!weight.equals(Weight.NONE)) {
      return new Outcome.Failed(
          "%s still has %s of the traffic - shift it away first".formatted(slot, weight),
          List.of());
    }
    delivery().router().drain(slot);
    delivery().target().retire(slot);
    return done("%s is drained and gone".formatted(slot));
  }

  /// Sets the weights and reads them back: what is reported is what the router says, not what it
  /// was told.
  private Outcome shift(Slots slots, Weight candidate) {
    Map<Slot, Weight> wanted = new LinkedHashMap<>();
    wanted.put(slots.stable(), new Weight(100 - candidate.percent()));
    wanted.put(slots.candidate(), candidate);
    delivery().router().route(wanted);
    Map<Slot, Weight> found = delivery().router().weights();
    boolean inForce =
        wanted.entrySet().stream()
            .allMatch(
                entry -> found.getOrDefault(entry.getKey(), Weight.NONE).equals(entry.getValue()));
    String words =
        "%s has %s, %s has %s"
            .formatted(slots.stable(), wanted.get(slots.stable()), slots.candidate(), candidate);
    return inForce
        ? done(words)
        : new Outcome.Failed(
            "the router was told that %s, and says %s".formatted(words, found), List.of());
  }

  private Outcome bake(Slot watched, Instant began, Duration duration, List<Condition> conditions)
      throws InterruptedException {
    Instant end = began.plus(duration);
    Instant patience = began.plus(duration.multipliedBy(PATIENCE));
    while (true) {
      Instant now = clock.instant();
      if (now.isBefore(end)) {
        sleepUntil(end.isBefore(now.plus(LOOK)) ? end : now.plus(LOOK));
        continue;
      }
      Verdict verdict = look(watched, began, now, conditions);
      boolean undecided =
          verdict instanceof Verdict.NotEnoughData || verdict instanceof Verdict.Unavailable;
      if (undecided && now.isBefore(patience)) {
        sleepUntil(now.plus(LOOK));
        continue;
      }
      return switch (verdict) {
        case Verdict.Pass _ ->
            done(
                conditions.isEmpty()
                    ? "the time is over, no trigger fired"
                    : "every condition is met");
        case Verdict.Hold(String reason) -> new Outcome.Failed("not met: " + reason, List.of());
        case Verdict.RollBack(String reason) -> new Outcome.Failed("not met: " + reason, List.of());
        case Verdict.NotEnoughData(String reason) ->
            new Outcome.NeedsPerson("not enough data: " + reason, List.of());
        case Verdict.Unavailable(String reason) ->
            new Outcome.NeedsPerson("not measured: " + reason, List.of());
      };
    }
  }

  private Verdict look(Slot watched, Instant began, Instant now, List<Condition> conditions) {
    if (conditions.isEmpty()) {
      return new Verdict.Pass();
    }
    try {
      Duration since = Duration.between(began, now);
      Observation seen =
          delivery().metrics().observe(watched, since.isPositive() ? since : SHORTEST);
      return BakeRule.judge(conditions, seen);
    } catch (PortException e) {
      return new Verdict.Unavailable(e.getMessage());
    }
  }

  private void sleepUntil(Instant moment) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), moment);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }
}
