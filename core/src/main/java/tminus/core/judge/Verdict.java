package tminus.core.judge;

/// What a judgement came to: five outcomes, never folded into two.
///
/// *Not enough data* is never a pass and never a failure; *unavailable* (the source does not
/// answer) holds and says so, and never rolls back a healthy release.
public sealed interface Verdict {

  /// Every condition was measured, and met for as long as it had to be.
  record Pass() implements Verdict {}

  /// Neither good nor bad enough: go no further.
  ///
  /// @param reason what was measured against what was asked, as a sentence fragment
  record Hold(String reason) implements Verdict {}

  /// Bad for long enough that the stable version must take the traffic back.
  ///
  /// @param reason what was measured against what was asked, as a sentence fragment
  record RollBack(String reason) implements Verdict {}

  /// The source answered, but with too little to judge by.
  ///
  /// @param reason how much there was and how much is needed
  record NotEnoughData(String reason) implements Verdict {}

  /// The source did not answer.
  ///
  /// @param reason what it said instead
  record Unavailable(String reason) implements Verdict {}
}
