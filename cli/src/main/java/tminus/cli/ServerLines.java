package tminus.cli;

import java.util.concurrent.locks.ReentrantLock;
import tminus.core.plan.StepId;
import tminus.core.run.Recorded;
import tminus.engine.RunId;
import tminus.engine.Runs;
import tminus.engine.ServerListener;

/// Prints what happens in many runs, a line an event: the last letters of the run's name, then as
/// [EventLines] has it. Safe for concurrent use.
final class ServerLines implements ServerListener {

  private final Console console;
  private final EventLines lines;
  private final Style style;
  private final ReentrantLock lock = new ReentrantLock();
  private String mark = "";

  ServerLines(Console console) {
    this.console = console;
    this.style = console.style();
    this.lines = new EventLines(console, line -> console.line("%s %s", mark, line));
  }

  /// The part of its name by which a run is told from its neighbours.
  static String shortName(RunId run) {
    return run.value().substring(run.value().lastIndexOf('-') + 1);
  }

  private void say(RunId run, Runnable words) {
    lock.lock();
    try {
      mark = style.accent(shortName(run));
      words.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void recorded(Runs.View view, Recorded recorded) {
    say(view.id(), () -> lines.recorded(view, recorded));
  }

  @Override
  public void output(RunId run, StepId step, String line) {
    say(run, () -> lines.output(step, line));
  }

  @Override
  public void said(RunId run, String words) {
    say(run, () -> lines.said(console.clock().instant(), words));
  }

  @Override
  public void said(String words) {
    lock.lock();
    try {
      console.line("%s", words);
    } finally {
      lock.unlock();
    }
  }
}
