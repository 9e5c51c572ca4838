package tminus.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tminus.core.run.RunCommand;

/// Something that is looked at again and again: a bake, a wait, the watch. Confined to one thread
/// at a time; it blocks for no longer than what it looks at takes to answer.
public interface Lookout {

  /// Looks once, and returns what the run is to be told; often nothing.
  List<RunCommand> look();

  /// When to look the next time; empty when it has had its say.
  Optional<Instant> next();
}
