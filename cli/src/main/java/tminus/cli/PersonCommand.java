package tminus.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.engine.Driver;
import tminus.engine.Lease;
import tminus.engine.Runs;
import tminus.engine.World;

/// What all commands share by which a person tells a run something from another shell.
abstract class PersonCommand implements Callable<Integer> {

  final Console console;

  @Mixin private Store store = new Store();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run, or the beginning or end of its name (default: the latest).")
  private @Nullable String run;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Who says so (default: $$TMINUS_USER or the login name).")
  private @Nullable String as;

  PersonCommand(Console console) {
    this.console = console;
  }

  /// What the person tells the run.
  abstract RunCommand command(Runs.View view);

  @Override
  public Integer call() throws InterruptedException {
    Runs runs = store.existing(console);
    try (var _ = runs.journal()) {
      Runs.View before = Store.find(runs, Optional.ofNullable(run));
      String by = as == null ? console.user() : as;
      return switch (runs.tell(before.id(), by, command(before))) {
        case Runs.Answer.Refused(String reason) -> throw new UsageException(reason);
        case Runs.Answer.Accepted(Runs.View after) -> {
          new EventLines(console).print(before, after);
          yield next(runs, after);
        }
      };
    }
  }

  /// Who goes on with the run? A rollback waits for nobody: when no process drives the run, this
  /// one does.
  private int next(Runs runs, Runs.View view) throws InterruptedException {
    if (view.state().status() == Status.FINISHED) {
      return ExitCode.DONE.code();
    }
    boolean driven =
        runs.journal()
            .leases()
            .holder(Lease.ofRun(view.id()), console.clock().instant())
            .isPresent();
    if (!driven && view.state().status() == Status.ROLLING_BACK) {
      World world =
          ResumeCommand.world(console, runs, view, store.folder(console), Driving.COMMAND_LIMIT);
      return new Session(console, runs, world)
          .carry(view, new Session.Manner(console.user(), false));
    }
    Driver.whatPersonsMustDo(view.state())
        .ifPresent(what -> console.line("run %s waits: %s", view.id(), what));
    if (!driven) {
      console.line("nobody drives run %s now: tminus resume %s", view.id(), view.id());
    }
    return ExitCode.DONE.code();
  }
}
