package tminus.engine;

import tminus.core.plan.StepId;
import tminus.core.run.Recorded;

/// Hears of a run as it happens. Called from the driver's threads: be quick, and do not call the
/// driver.
public interface RunListener {

  /// Hears nothing.
  RunListener NONE = new RunListener() {};

  /// An event, after it is in the journal; each once, in order, whoever wrote it.
  ///
  /// @param view the run after it and possibly after some that follow
  default void recorded(Runs.View view, Recorded recorded) {}

  /// A line a step's command printed.
  default void output(StepId step, String line) {}
}
