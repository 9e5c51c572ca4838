package tminus.core.plan;

import java.time.Duration;
import java.util.List;

/// What it takes to pass a gate, and what happens while nobody decides.
///
/// @param quorum how many distinct people must say go; at least 1
/// @param deadline how long after the gate asks it is no-go if it has not passed by then; positive,
///   at the run's pace
/// @param remind after how long the people who are asked are reminded for the first time; each time
///   after that it takes twice as long; positive, at the run's pace
/// @param escalation whom the second reminder and all later ones go to as well
public record Approval(int quorum, Duration deadline, Duration remind, List<String> escalation) {

  /// One person's word, no-go after a day, a first reminder after half an hour.
  public static final Approval USUAL =
      new Approval(1, Duration.ofDays(1), Duration.ofMinutes(30), List.of());

  public Approval {
    if (quorum < 1) {
      throw new IllegalArgumentException(
          "approval: a quorum of %d passes by itself - use 1 or more".formatted(quorum));
    }
    if (!deadline.isPositive() || !remind.isPositive()) {
      throw new IllegalArgumentException(
          "approval: deadline %s and reminder %s must be positive".formatted(deadline, remind));
    }
    escalation = List.copyOf(escalation);
  }

  /// The same at another pace.
  ///
  /// @param pace how many times faster; more than 0
  Approval atPace(double pace) {
    return new Approval(quorum, atPace(deadline, pace), atPace(remind, pace), escalation);
  }

  private static Duration atPace(Duration written, double pace) {
    Duration shorter = Duration.ofNanos((long) (written.toNanos() / pace));
    return shorter.isPositive() ? shorter : Duration.ofNanos(1);
  }
}
