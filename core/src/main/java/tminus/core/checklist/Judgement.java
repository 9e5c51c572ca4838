package tminus.core.checklist;

/// What became of an expectation when it met an output.
public sealed interface Judgement {

  /// The output is as expected.
  record Met() implements Judgement {}

  /// The output is not as expected.
  ///
  /// @param reason what was found and what was expected, as a sentence fragment: `status is 500,
  ///   expected 200`
  record NotMet(String reason) implements Judgement {}

  /// It cannot be told from the output: a person judges, with the output beside it.
  ///
  /// @param reason why it cannot be told, as a sentence fragment
  record NeedsPerson(String reason) implements Judgement {}
}
