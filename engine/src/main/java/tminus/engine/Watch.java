package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tminus.core.judge.Condition;
import tminus.core.judge.Observation;
import tminus.core.judge.SustainedRule;
import tminus.core.judge.Verdict;
import tminus.core.plan.Plan;
import tminus.core.plan.Trigger;
import tminus.core.run.Event;
import tminus.core.run.Event.Slots;
import tminus.core.run.RunCommand;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Judges the triggers, and takes the readings for the record, whatever else the run is doing.
/// Confined to one thread.
final class Watch implements Lookout {

  /// How often it looks at first, and after each change of the weights.
  private static final Duration LOOK = Duration.ofMillis(200);

  /// How often at the least, when nothing has changed for hours.
  private static final Duration SLOWEST = Duration.ofSeconds(2);

  /// So many looks into calm, the time between two looks is one look's share of it: 200 ms up to
  /// ten minutes, 1.2 s after an hour. Whoever watches for weeks need not do so five times a
  /// second.
  private static final int SHARE = 3_000;

  /// A trigger looks back this long at least: shorter, and a few requests decide.
  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(2);

  private static final Duration LONGEST_WINDOW = Duration.ofSeconds(30);

  /// Readings go into the journal this often at first; for runs of hours the intervals grow with
  /// the run.
  private static final Duration READING = Duration.ofSeconds(1);

  /// So many looks in a row fail, or succeed again, before the record says so: once for each
  /// change, not for every look.
  private static final int CERTAIN = 5;

  private final Slots slots;
  private final World.Delivery delivery;
  private final InstantSource clock;
  private final Instant began;
  private final Map<Integer, SustainedRule> rules = new TreeMap<>();
  private final Map<Integer, Trigger.Mode> modes = new HashMap<>();
  private final Set<Integer> noticed = new HashSet<>();
  private Instant lastReading;
  private Instant calmSince;
  private Weight weight = Weight.NONE;
  private boolean blind;
  private int changed;

  Watch(Plan plan, Slots slots, World.Delivery delivery, InstantSource clock) {
    this.slots = slots;
    this.delivery = delivery;
    this.clock = clock;
    this.began = clock.instant();
    this.lastReading = began;
    this.calmSince = began;
    for (int i = 0; i < plan.triggers().size(); i++) {
      Optional<Condition> condition = plan.triggers().get(i).condition();
      if (condition.isPresent()) {
        rules.put(i, SustainedRule.of(condition.get()));
        modes.put(i, plan.triggers().get(i).mode());
      }
    }
  }

  /// What one look says: a reading when one is due, a trigger when one fires, and when the watch
  /// can no longer see or sees again. Whatever the source does, the watch goes on.
  @Override
  public List<RunCommand> look() {
    List<RunCommand> commands = new ArrayList<>();
    Instant now = clock.instant();
    reading(now).ifPresent(commands::add);
    Optional<String> trouble = Optional.empty();
    for (Map.Entry<Integer, SustainedRule> entry : rules.entrySet()) {
      SustainedRule.Judged judged;
      try {
        judged =
            entry
                .getValue()
                .judge(
                    now, delivery.metrics().observe(slots.candidate(), window(entry.getValue())));
      } catch (RuntimeException e) {
        // A source that does not answer is no sign of health either way: the rule stays where it
        // is.
        trouble = Optional.of(String.valueOf(e.getMessage()));
        continue;
      }
      entry.setValue(judged.rule());
      if (judged.verdict() instanceof Verdict.RollBack(String reason)) {
        boolean acts = modes.get(entry.getKey()) == Trigger.Mode.ACT;
        // What does not act is said once, until it is over.
        if (acts || noticed.add(entry.getKey())) {
          commands.add(new RunCommand.Fire(entry.getKey(), reason));
        }
        if (acts) {
          return commands;
        }
      } else if (judged.verdict() instanceof Verdict.Pass) {
        noticed.remove(entry.getKey());
      }
    }
    sight(trouble).ifPresent(commands::add);
    return commands;
  }

  @Override
  public Optional<Instant> next() {
    return Optional.of(clock.instant().plus(pace()));
  }

  private Duration pace() {
    Duration share = share(Duration.between(calmSince, clock.instant()), SHARE);
    if (share.compareTo(LOOK) < 0) {
      return LOOK;
    }
    return share.compareTo(SLOWEST) > 0 ? SLOWEST : share;
  }

  /// A part of a time. [Duration#dividedBy] takes the way over big decimals, five times a second.
  private static Duration share(Duration time, int parts) {
    return Duration.ofNanos(time.toNanos() / parts);
  }

  /// A watch that cannot see looks just like one that sees nothing wrong: people must know.
  private Optional<RunCommand> sight(Optional<String> trouble) {
    changed = trouble.isPresent() == blind ? 0 : changed + 1;
    if (changed < CERTAIN) {
      return Optional.empty();
    }
    changed = 0;
    blind = !blind;
    return Optional.of(
        new RunCommand.Note(
            trouble
                .map(why -> "the watch has no numbers (%s); no trigger can fire".formatted(why))
                .orElse("the watch has numbers again")));
  }

  private static Duration window(SustainedRule rule) {
    Duration third = share(rule.condition().sustained().orElse(Duration.ZERO), 3);
    if (third.compareTo(SHORTEST_WINDOW) < 0) {
      return SHORTEST_WINDOW;
    }
    return third.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : third;
  }

  private Optional<RunCommand> reading(Instant now) {
    Duration since = Duration.between(lastReading, now);
    Duration due = READING.plus(share(Duration.between(began, now), 300));
    if (since.compareTo(due) < 0) {
      return Optional.empty();
    }
    try {
      Weight found = delivery.router().weights().getOrDefault(slots.candidate(), Weight.NONE);
      if (!found.equals(weight)) {
        weight = found;
        calmSince = now;
      }
      RunCommand measured =
          new RunCommand.Measure(
              found, List.of(reading(slots.stable(), since), reading(slots.candidate(), since)));
      lastReading = now;
      return Optional.of(measured);
    } catch (RuntimeException _) {
      // The record misses one reading; the rules say so when it lasts.
      return Optional.empty();
    }
  }

  private Event.Reading reading(Slot slot, Duration interval) {
    Observation seen = delivery.metrics().observe(slot, interval);
    return new Event.Reading(
        slot,
        seen.interval().toMillis() / 1000.0,
        seen.requests(),
        seen.errors(),
        seen.latencies().quantile(0.95).map(p95 -> p95.toNanos() / 1e6));
  }
}
