package tminus.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tminus.core.judge.Observation;
import tminus.core.plan.Action;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Work;
import tminus.core.run.Event.Slots;
import tminus.core.run.Outcome;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.PortException;
import tminus.engine.port.Target;

/// Does what steps and undos say, and tells what came of it. Safe for concurrent use.
final class Effects {

  static final String CUT_OFF = "it was under way when Tminus ended; look whether it happened";

  private final World world;

  Effects(World world) {
    this.world = world;
  }

  /// Does a step's action. What takes time is no effect, but looked at: [Bake], [Pause].
  ///
  /// @param key what tells this very effect from all others, for whoever must recognise it again
  /// @param timeout how long one of its commands may take, if that is said
  Outcome perform(
      String key, Action action, Slots slots, Optional<Duration> timeout, Consumer<String> output)
      throws InterruptedException {
    try {
      return switch (action) {
        case Action.Check check -> world.commands().run(check.commands(), timeout, output);
        case Action.Act act -> perform(act.work(), slots, timeout, output);
        case Action.Shift(Weight weight) -> shift(slots, weight);
        case Action.Notify(String title, String body) ->
            done(world.notifier().deliver(key, title, body));
        case Action.Bake _, Action.Wait _, Action.Attest _, Action.Parts _, Action.Gate _ ->
            throw new IllegalStateException("there is nothing to perform in " + action.kind());
      };
    } catch (PortException e) {
      return new Outcome.Failed(e.getMessage(), List.of());
    }
  }

  /// Does one piece of work, or takes one back.
  Outcome perform(Work work, Slots slots, Optional<Duration> timeout, Consumer<String> output)
      throws InterruptedException {
    try {
      return switch (work) {
        case Work.Shell shell -> world.commands().run(shell.commands(), timeout, output);
        case Work.Deploy(Work.Part part, String version) -> deploy(slots.of(part), version);
        case Work.Revive _ -> deploy(slots.stable(), slots.stableVersion());
        case Work.Retire(Work.Part part) -> retire(slots.of(part));
        case Work.Restore _ -> restore(slots);
      };
    } catch (PortException e) {
      return new Outcome.Failed(e.getMessage(), List.of());
    }
  }

  /// What a slot answered in the time up to now.
  Observation observe(Slot slot, Duration time) {
    return delivery().metrics().observe(slot, time);
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

  /// All traffic to the stable version, if it is there: traffic is never sent where nothing
  /// answers.
  private Outcome restore(Slots slots) {
    boolean serves =
        delivery().target().observe(slots.stable()).filter(Target.Deployed::ready).isPresent();
    return serves
        ? shift(slots, Weight.NONE)
        : new Outcome.Failed(
            "%s, where the stable version %s ran, is not ready to take traffic - bring it back, then retry"
                .formatted(slots.stable(), slots.stableVersion()),
            List.of());
  }

  /// Looks whether an effect that was cut off has happened.
  ///
  /// @return what came of it; empty when it has certainly not happened
  Optional<Outcome> observe(String key, Action action, Optional<ShellCommand> probe)
      throws InterruptedException {
    try {
      if (probe.isPresent()) {
        Outcome seen = world.commands().run(List.of(probe.get()), Optional.empty(), _ -> {});
        return switch (seen) {
          case Outcome.Done done ->
              Optional.of(new Outcome.Done("found done after a restart", done.results()));
          case Outcome.Failed _ -> Optional.empty();
          case Outcome.NeedsPerson _, Outcome.Unknown _ -> Optional.of(seen);
        };
      }
      if (action instanceof Action.Notify) {
        return Optional.of(
            world
                .notifier()
                .receipt(key)
                .map(Effects::done)
                .orElseGet(() -> new Outcome.Unknown(CUT_OFF)));
      }
      return Optional.of(new Outcome.Unknown(CUT_OFF));
    } catch (PortException e) {
      return Optional.of(
          new Outcome.Unknown("%s (looking failed: %s)".formatted(CUT_OFF, e.getMessage())));
    }
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
}
