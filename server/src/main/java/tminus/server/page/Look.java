package tminus.server.page;

import java.util.Locale;
import tminus.core.run.Event;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState.Phase;
import tminus.engine.EventWords.Tone;

/// How tones look, and what states are called. Nothing is told by colour alone: each tone has a
/// sign of its own, and stands beside words that say the same.
public final class Look {

  private Look() {}

  /// The tone's sign.
  public static String sign(Tone tone) {
    return switch (tone) {
      case NEUTRAL -> "·";
      case GOOD -> "✓";
      case ASKS -> "?";
      case CAUTION -> "!";
      case BAD -> "✗";
    };
  }

  /// The tone's class in the style sheet.
  public static String style(Tone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  static Tone tone(Phase phase) {
    return switch (phase) {
      case PENDING, POSTPONED, RUNNING, NOT_APPLICABLE -> Tone.NEUTRAL;
      case ASKED, TO_JUDGE -> Tone.ASKS;
      case DONE -> Tone.GOOD;
      case SKIPPED, WAIVED -> Tone.CAUTION;
      case FAILED, UNKNOWN -> Tone.BAD;
    };
  }

  /// Where a step stands, in words.
  static String words(Phase phase) {
    return switch (phase) {
      case PENDING -> "not reached";
      case POSTPONED -> "not yet";
      case ASKED -> "waiting for a person";
      case RUNNING -> "under way";
      case TO_JUDGE -> "to be judged by a person";
      case DONE -> "done";
      case SKIPPED -> "skipped";
      case NOT_APPLICABLE -> "not applicable";
      case WAIVED -> "waived";
      case FAILED -> "failed";
      case UNKNOWN -> "outcome unknown";
    };
  }

  static Tone tone(RunState state) {
    if (state.result().isPresent()) {
      return switch (state.result().get()) {
        case SUCCEEDED -> Tone.GOOD;
        case ROLLED_BACK, NO_GO -> Tone.BAD;
        case ABORTED -> Tone.CAUTION;
      };
    }
    return state.status() == Status.RUNNING ? Tone.NEUTRAL : Tone.CAUTION;
  }

  /// Where a run stands or how it ended, in words.
  static String words(RunState state) {
    return switch (state.status()) {
      case RUNNING -> "Still running";
      case HELD -> "Held";
      case ROLLING_BACK -> "Rolling back";
      case FINISHED -> state.result().map(Look::words).orElse("Finished");
    };
  }

  private static String words(Event.Result result) {
    return switch (result) {
      case SUCCEEDED -> "Succeeded";
      case ROLLED_BACK -> "Rolled back";
      case NO_GO -> "No-go";
      case ABORTED -> "Aborted";
    };
  }
}
