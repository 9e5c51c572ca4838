package tminus.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.engine.Journal;
import tminus.engine.Runs;
import tminus.engine.World;

/// Goes on with a run, from where it stands.
@Command(
    name = "resume",
    description = "Go on with a run: one that was held, waited for somebody, or lost its process.")
final class ResumeCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Store store = new Store();
  @Mixin private Driving driving = new Driving();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run, or the beginning or end of its name (default: the latest).")
  private @Nullable String run;

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Runs runs = store.existing(console);
    try (var _ = runs.journal()) {
      Runs.View view = Store.find(runs, Optional.ofNullable(run));
      String by = driving.by(console);
      if (view.state().status() == Status.FINISHED) {
        throw new UsageException(
            "run %s is over - start another with tminus run".formatted(view.id()));
      }
      World world = world(console, runs, view, store.folder(console), driving.commandLimit());
      if (view.state().status() == Status.HELD) {
        runs.tell(view.id(), by, new RunCommand.Resume());
        new EventLines(console).print(view, runs.view(view.id()));
      }
      return new Session(console, runs, world).carry(runs.view(view.id()), driving.manner(console));
    }
  }

  /// The world a run was started in: its binding is read again, its parameters come from its plan.
  static World world(Console console, Runs runs, Runs.View view, Path store, Duration limit) {
    Journal.Origin origin =
        runs.journal().runs().stream()
            .filter(header -> header.id().equals(view.id()))
            .findFirst()
            .orElseThrow()
            .origin();
    BindingFile binding =
        BindingFile.again(
            Path.of(origin.file()),
            Optional.of(origin.binding()).filter(file -> !file.isEmpty()).map(Path::of));
    Wiring.Setting setting = new Wiring.Setting(Path.of(origin.folder()), store, limit);
    return new Wiring(console).world(binding, view.state().plan().parameters(), setting);
  }
}
