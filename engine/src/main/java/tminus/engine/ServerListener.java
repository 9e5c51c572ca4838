package tminus.engine;

import tminus.core.plan.StepId;
import tminus.core.run.Recorded;

/// Hears what a server does. Called from many threads: be quick.
public interface ServerListener {

  /// What happens in a run that this server drives: an event after it is in the journal.
  void recorded(Runs.View view, Recorded recorded);

  /// A line a step's command printed.
  void output(RunId run, StepId step, String line);

  /// What became of a run here, in a few words: taken, let go, not to be driven here.
  void said(RunId run, String words);

  /// What became of the store, in a few words.
  void said(String words);
}
