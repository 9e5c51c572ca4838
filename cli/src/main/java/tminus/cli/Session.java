package tminus.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tminus.core.plan.Action;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState;
import tminus.engine.Driver;
import tminus.engine.Loop;
import tminus.engine.Owner;
import tminus.engine.RunId;
import tminus.engine.RunListener;
import tminus.engine.Runs;
import tminus.engine.World;

/// Carries a run through from this process: the driver in the background, a person in front when
/// there is a terminal.
final class Session {

  private final Console console;
  private final Runs runs;
  private final World world;

  Session(Console console, Runs runs, World world) {
    this.console = console;
    this.runs = runs;
    this.world = world;
  }

  /// How a session goes.
  ///
  /// @param by who sits here
  /// @param patient whether to wait for people elsewhere when there is no terminal
  record Manner(String by, boolean patient) {}

  /// Goes on with the run until it is over, or stops here; returns the process's exit code.
  int carry(Runs.View begun, Manner manner) throws InterruptedException {
    if (console.interactive()) {
      return new Guide(console, runs, world, manner.by()).walk(begun);
    }
    RunListener lines = sayingThatItStays(new EventLines(console), manner.patient());
    Driver driver =
        new Driver(runs, begun.id(), world, lines, console.clock(), Owner.current().toString());
    driver
        .other()
        .ifPresent(other -> console.line("run %s is driven by %s: looking on", begun.id(), other));
    Thread hold = Thread.ofPlatform().unstarted(driver::close);
    Runtime.getRuntime().addShutdownHook(hold);
    try {
      Driver.Patience patience =
          manner.patient() ? Driver.Patience.ALWAYS : Driver.Patience.WHILE_EXPOSED;
      if (driver.awaitTurn(patience).isEmpty()) {
        driver.drive(patience);
      }
    } finally {
      removeHook(hold);
    }
    return end(runs.view(begun.id()));
  }

  /// A run that waits while the new version has traffic is not left alone, and people should know.
  private RunListener sayingThatItStays(RunListener lines, boolean patient) {
    AtomicBoolean said = new AtomicBoolean(patient);
    return new RunListener() {
      @Override
      public void recorded(Runs.View view, Recorded recorded) {
        lines.recorded(view, recorded);
        boolean waits =
            recorded.event() instanceof Event.StepAsked
                || recorded.event() instanceof Event.RunHeld;
        if (waits && Loop.isExposed(view.state()) && !said.getAndSet(true)) {
          console.line(
              "the new version has traffic: the watch goes on here while the run waits - decide from another shell, or leave with Ctrl-C");
        }
      }

      @Override
      public void output(StepId step, String line) {
        lines.output(step, line);
      }
    };
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already, and the hook has run.
    }
  }

  /// Says where the run stands when this process leaves it.
  int end(Runs.View view) {
    RunState state = view.state();
    if (state.status() == Status.FINISHED) {
      console.line("report: tminus report %s", view.id());
      return ExitCode.of(state.result().orElseThrow()).code();
    }
    Optional<String> waits = Driver.whatPersonsMustDo(state);
    Optional<String> later =
        state
            .next()
            .filter(step -> state.step(step.id()).phase() == StepState.Phase.POSTPONED)
            .map(step -> "%s: not yet, %s".formatted(step.id(), state.step(step.id()).detail()));
    console.line(
        "run %s waits: %s", view.id(), waits.or(() -> later).orElse("it was stopped here"));
    if (state.status() != Status.HELD) {
      state
          .next()
          .filter(step -> state.step(step.id()).phase().needsPerson())
          .ifPresent(step -> ways(step, state.step(step.id()).phase(), view.id()));
    }
    console.line("then: tminus resume %s", view.id());
    return ExitCode.WAITING.code();
  }

  private void ways(Step step, StepState.Phase phase, RunId run) {
    List<String> verbs =
        step.action() instanceof Action.Gate
            ? List.of("go %s", "no-go %s")
            : phase == StepState.Phase.ASKED
                ? List.of("sign %s", "skip %s --reason '…'")
                : List.of("retry %s", "sign %s", "waive %s --reason '…'", "rollback");
    for (String verb : verbs) {
      console.line("  tminus %s --run %s", verb.formatted(step.id()), run);
    }
  }
}
