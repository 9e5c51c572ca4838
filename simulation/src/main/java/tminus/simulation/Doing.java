package tminus.simulation;

import java.util.Optional;
import tminus.engine.Effect;

/// Who is doing something to the world: an engine by one of its effects, or a person's hand.
/// Compared by identity: the same effect begun twice is two doings.
public final class Doing {

  private final String who;
  private final Optional<Effect> effect;

  /// A person who acts past all engines.
  static Doing byHand() {
    return new Doing("by hand", Optional.empty());
  }

  Doing(String who, Optional<Effect> effect) {
    this.who = who;
    this.effect = effect;
  }

  /// Which engine, as its lease names it.
  public String who() {
    return who;
  }

  /// By which effect; empty for people.
  public Optional<Effect> effect() {
    return effect;
  }

  @Override
  public String toString() {
    return effect.map(what -> "%s: %s #%d".formatted(who, what.step(), what.attempt())).orElse(who);
  }
}
