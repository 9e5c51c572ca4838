package tminus.engine.port;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tminus.core.plan.ShellCommand;
import tminus.core.run.Outcome;

/// Runs the document's commands and judges what they print.
public interface Commands {

  /// Runs commands in order until one does not do what it should.
  ///
  /// @param limit how long one of them may take; empty for as long as is usual here
  /// @param output gets each line as it comes, secrets taken out; from several threads, one at a
  ///   time
  /// @throws InterruptedException when the calling thread is interrupted; what ran is ended then
  Outcome run(List<ShellCommand> commands, Optional<Duration> limit, Consumer<String> output)
      throws InterruptedException;
}
