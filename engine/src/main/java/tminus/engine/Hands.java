package tminus.engine;

import java.util.List;
import java.util.Set;
import tminus.core.run.RunCommand;

/// What performs the effects a run has decided on, beside the loop that decides. Confined to the
/// thread of its loop; effects themselves may run anywhere.
///
/// In production these are threads ([ThreadHands]); in a simulation, entries of a queue of virtual
/// time.
public interface Hands {

  /// What an effect does. It may block.
  @FunctionalInterface
  interface Performance {

    /// Does it, and returns what the run is to be told.
    List<RunCommand> perform() throws InterruptedException;
  }

  /// Begins an effect.
  void perform(Effect effect, Performance performance);

  /// Begins to look, at once and then when the lookout says so, until it has had its say.
  void look(Effect effect, Lookout lookout);

  /// Stops an effect: once this returns it has ended, and will say nothing more.
  void stop(Effect effect) throws InterruptedException;

  /// What is under way: begun, and what it had to say not yet told by [#told].
  Set<Effect> underWay();

  /// What has come in since this was last asked, in order. An effect is no longer under way once
  /// its word is taken.
  List<RunCommand> told();
}
