package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.engine.Driver;
import tminus.engine.Lease;
import tminus.engine.Presence;
import tminus.engine.Runs;
import tminus.engine.World;

/// What all commands share by which a person tells a run something from another shell.
abstract class PersonCommand implements Callable<Integer> {

  /// Servers look for news twice a second; a busy one takes longer.
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(50);

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
    boolean served = Presence.isThere(runs.journal(), console.clock().instant());
    boolean rollsBack = view.state().status() == Status.ROLLING_BACK;
    boolean driven = isDriven(runs, view) || (served && rollsBack && isSoonDriven(runs, view));
    if (!driven && rollsBack) {
      World world =
          ResumeCommand.world(
              console,
              runs,
              view,
              store.folder(console),
              Duration.ofSeconds(Driving.COMMAND_SECONDS));
      return new Session(console, runs, world)
          .carry(view, new Session.Manner(console.user(), false));
    }
    Driver.whatPersonsMustDo(view.state())
        .ifPresent(what -> console.line("run %s waits: %s", view.id(), what));
    if (!driven && !served) {
      console.line("nobody drives run %s now: tminus resume %s", view.id(), view.id());
    }
    return ExitCode.DONE.code();
  }

  private boolean isDriven(Runs runs, Runs.View view) {
    return runs.journal()
        .leases()
        .holder(Lease.ofRun(view.id()), console.clock().instant())
        .isPresent();
  }

  /// Whether a server takes the run in hand within the time it needs to notice.
  private boolean isSoonDriven(Runs runs, Runs.View view) throws InterruptedException {
    Instant end = console.clock().instant().plus(NOTICED_WITHIN);
    while (console.clock().instant().isBefore(end)) {
      if (isDriven(runs, view) || runs.view(view.id()).seq() > view.seq()) {
        return true;
      }
      Thread.sleep(LOOK);
    }
    return false;
  }
}
