package tminus.core.run;

import java.time.Duration;
import java.util.Optional;

/// What came of one shell command: evidence.
///
/// @param line where the command stands in the document, from 1
/// @param command what bash got
/// @param exit its exit code; empty when it did not end by itself
/// @param output what it printed, both streams as they came; secrets are out and the middle of very
///   long output too
/// @param took how long it ran
/// @param judgement what its output was judged to be
public record CommandResult(
    int line,
    String command,
    Optional<Integer> exit,
    String output,
    Duration took,
    Judgement judgement) {

  /// Whether a command did what it should.
  public sealed interface Judgement {

    /// It did.
    record Met(String reason) implements Judgement {}

    /// It did not.
    record NotMet(String reason) implements Judgement {}

    /// A machine cannot tell: a person judges, with the output beside it.
    record NeedsPerson(String reason) implements Judgement {}
  }
}
