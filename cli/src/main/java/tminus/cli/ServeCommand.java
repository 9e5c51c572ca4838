package tminus.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.engine.ElsewhereException;
import tminus.engine.Journal;
import tminus.engine.JournalException;
import tminus.engine.Owner;
import tminus.engine.RunServer;
import tminus.engine.Runs;
import tminus.engine.World;

/// Drives all runs of a store, until it is told to end.
@Command(
    name = "serve",
    description = {
      "Drive all runs of a store that are not over, until told to end (Ctrl-C, SIGTERM).",
      "Several servers share the runs of one PostgreSQL database: any of them may die."
    })
final class ServeCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Store store = new Store();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "How long one command may take of which the binding says nothing (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = Driving.COMMAND_SECONDS;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description =
          "How long commands under way may take to end when this is told to (default: ${DEFAULT-VALUE}).")
  private int graceSeconds = 20;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration limit = seconds("--timeout", timeoutSeconds, 1);
    Duration grace = seconds("--grace", graceSeconds, 0);
    Runs runs = store.open(console);
    ServerLines lines = new ServerLines(console);
    RunServer server =
        new RunServer(
            runs,
            view -> world(runs, view, limit),
            lines,
            console.clock(),
            Owner.current().toString());
    CountDownLatch ended = new CountDownLatch(1);
    // A process that is told to end has the code of the signal; one that did as told has none.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("end").unstarted(() -> end(server, runs, lines, grace)));
    int left = server.start();
    lines.said(
        "serving %s as %s: %s"
            .formatted(
                runs.journal().name(),
                Owner.current(),
                left == 1 ? "1 run is not over" : left + " runs are not over"));
    ended.await();
    return ExitCode.DONE.code();
  }

  private static Duration seconds(String option, int given, int least) {
    if (given < least) {
      throw new UsageException(
          "%s: %d is not a number of seconds - use %d or more".formatted(option, given, least));
    }
    return Duration.ofSeconds(given);
  }

  private void end(RunServer server, Runs runs, ServerLines lines, Duration grace) {
    int code = ExitCode.DONE.code();
    try {
      lines.said("ending: no more runs are taken, and what is under way may end");
      server.close(grace);
      runs.journal().close();
      lines.said("ended");
    } catch (JournalException e) {
      lines.said("ended, but: " + e.getMessage());
      code = ExitCode.FAULT.code();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    console.out().flush();
    Runtime.getRuntime().halt(code);
  }

  /// The world a run was started in, if its files are here.
  private World world(Runs runs, Runs.View view, Duration limit) throws ElsewhereException {
    Journal.Origin origin = runs.journal().header(view.id()).orElseThrow().origin();
    Path folder = Path.of(origin.folder());
    if (!Files.isDirectory(folder)) {
      throw new ElsewhereException(
          "%s is no folder of this machine - start a server where it is".formatted(folder));
    }
    for (String file : new String[] {origin.file(), origin.binding()}) {
      if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
        throw new ElsewhereException(
            "%s is not on this machine, or cannot be read - start a server where it is"
                .formatted(file));
      }
    }
    return ResumeCommand.world(console, runs, view, store.folderOf(console, folder), limit);
  }
}
