package tminus.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.engine.Driver;
import tminus.engine.Runs;

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
  public Integer call() {
    Runs runs = store.existing(console);
    try (var _ = runs.journal()) {
      Runs.View before = Store.find(runs, Optional.ofNullable(run));
      String by = as == null ? console.user() : as;
      return switch (runs.tell(before.id(), by, command(before))) {
        case Runs.Answer.Refused(String reason) -> throw new UsageException(reason);
        case Runs.Answer.Accepted(Runs.View after) -> {
          new EventLines(console).print(before, after);
          next(runs, after);
          yield ExitCode.DONE.code();
        }
      };
    }
  }

  private void next(Runs runs, Runs.View view) {
    if (view.state().status() == Status.FINISHED) {
      return;
    }
    Driver.whatPersonsMustDo(view.state())
        .ifPresent(what -> console.line("run %s waits: %s", view.id(), what));
    if (runs.journal().holder(view.id(), console.clock().instant()).isEmpty()) {
      console.line("nobody drives run %s now: tminus resume %s", view.id(), view.id());
    }
  }
}
