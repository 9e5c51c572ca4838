package tminus.core.plan;

import java.util.Optional;
import tminus.core.judge.Condition;

/// A condition that rolls back.
///
/// @param line where it stands in the document, from 1
/// @param text its words
/// @param condition what is judged, at the run's pace; empty when only people can judge it
/// @param mode what follows when it comes true
public record Trigger(int line, String text, Optional<Condition> condition, Mode mode) {

  /// One that rolls back.
  public Trigger(int line, String text, Optional<Condition> condition) {
    this(line, text, condition, Mode.ACT);
  }

  /// What follows when a trigger comes true.
  public enum Mode {
    /// It is written down: for trying a trigger out.
    OBSERVE,
    /// People are told, and decide.
    ADVISE,
    /// Everything is taken back.
    ACT
  }
}
