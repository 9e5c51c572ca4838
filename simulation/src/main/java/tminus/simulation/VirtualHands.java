package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tminus.core.run.RunCommand;
import tminus.engine.Effect;
import tminus.engine.Hands;
import tminus.engine.Lookout;

/// Performs effects in virtual time: each begins a little later, takes the time it spends in the
/// world, and says what came of it when that is over. Confined to one thread.
final class VirtualHands implements Hands {

  /// How long it takes at most until an effect begins: a thread is started.
  private static final long REACH_MICROS = 2_000;

  private final Agenda agenda;
  private final InstantSource clock;
  private final Reality reality;
  private final String owner;
  private final RandomGenerator random;
  private final Host process;
  private final Map<Effect, Doing> begun = new LinkedHashMap<>();
  private final List<Said> said = new ArrayList<>();

  /// The process the hands are part of.
  interface Host {

    /// Runs something as a part of it, now or, if it is paused, when it goes on; and never when it
    /// has ended.
    void run(Runnable part);

    /// Something was said: the loop is to take a turn.
    void wake();
  }

  private record Said(Effect effect, List<RunCommand> commands, boolean last) {}

  /// @param clock what the process takes for the time
  /// @param owner who performs, as its lease names it
  VirtualHands(
      Reality reality, InstantSource clock, String owner, Host process, RandomGenerator random) {
    this.agenda = reality.agenda();
    this.reality = reality;
    this.clock = clock;
    this.owner = owner;
    this.process = process;
    this.random = random;
  }

  @Override
  public void perform(Effect effect, Performance performance) {
    Doing doing = new Doing(owner, Optional.of(effect));
    begun.put(effect, doing);
    Duration reach = Duration.ofNanos(1_000 * (1 + random.nextLong(REACH_MICROS)));
    later(reach, doing, effect, () -> perform(doing, effect, performance));
  }

  private void perform(Doing doing, Effect effect, Performance performance) {
    reality.doing(doing);
    List<RunCommand> words;
    try {
      words = performance.perform();
    } catch (InterruptedException _) {
      throw new IllegalStateException("nothing blocks in virtual time");
    } finally {
      reality.doing(Doing.byHand());
    }
    Duration took = Duration.between(agenda.instant(), agenda.moment());
    later(took, doing, effect, () -> say(new Said(effect, words, true)));
  }

  /// Does something in a while, unless the effect was stopped by then.
  private void later(Duration time, Doing doing, Effect effect, Runnable what) {
    agenda.at(
        agenda.instant().plus(time),
        () ->
            process.run(() -> {
              if (begun.get(effect) == doing) {
                what.run();
              }
            }));
  }

  private void say(Said word) {
    said.add(word);
    process.wake();
  }

  @Override
  public void look(Effect effect, Lookout lookout) {
    Doing doing = new Doing(owner, Optional.of(effect));
    begun.put(effect, doing);
    later(Duration.ZERO, doing, effect, () -> look(doing, effect, lookout));
  }

  private void look(Doing doing, Effect effect, Lookout lookout) {
    List<RunCommand> words = lookout.look();
    Optional<Instant> next = lookout.next();
    if (next.isEmpty() || !words.isEmpty()) {
      say(new Said(effect, words, next.isEmpty()));
    }
    next.ifPresent(moment -> {
      Duration wait = Duration.between(clock.instant(), moment);
      later(
          wait.isPositive() ? wait : Duration.ofMillis(1),
          doing,
          effect,
          () -> look(doing, effect, lookout));
    });
  }

  @Override
  public void stop(Effect effect) {
    Doing doing = begun.remove(effect);
    if (doing != null) {
      reality.stop(doing);
      said.removeIf(word -> word.effect().equals(effect));
    }
  }

  @Override
  public Set<Effect> underWay() {
    return Set.copyOf(begun.keySet());
  }

  @Override
  public List<RunCommand> told() {
    List<RunCommand> commands = new ArrayList<>();
    for (Said word : said) {
      commands.addAll(word.commands());
      if (word.last()) {
        begun.remove(word.effect());
      }
    }
    said.clear();
    return commands;
  }

  /// The process has ended: nothing more is said, and what is on its way may still arrive.
  void die() {
    begun.values().forEach(doing -> reality.die(doing, random.nextBoolean()));
    begun.clear();
    said.clear();
  }
}
