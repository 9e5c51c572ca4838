package tminus.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tminus.core.plan.ShellCommand;
import tminus.core.run.CommandJudge;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Outcome;
import tminus.engine.port.Commands;

/// Runs the document's commands and judges them. Safe for concurrent use.
///
/// Each runs under `bash -eo pipefail` with an empty standard input, in a process group of its own,
/// so that it can be ended whole, and does not end when somebody presses Ctrl-C in our terminal.
public final class Shell implements Commands {

  /// Job control gives the command a process group of its own, with no help from programs that not
  /// every system has.
  private static final String WRAPPER =
      """
      set -m
      exec 3>&2 2>/dev/null
      bash -eo pipefail -c "$1" </dev/null 2>&3 3>&- &
      exec 3>&-
      trap '' INT TERM QUIT
      wait $!
      """;

  private static final Duration GRACE = Duration.ofSeconds(5);

  /// How long a command that has just been started may take to show among the processes.
  private static final Duration GLANCE = Duration.ofMillis(10);

  private final Path folder;
  private final Duration usual;
  private final Duration grace;
  private final Secrets secrets;

  /// A shell.
  ///
  /// @param folder where commands run
  /// @param usual how long one command may take of which nothing else is said
  public Shell(Path folder, Duration usual, Secrets secrets) {
    this(folder, usual, GRACE, secrets);
  }

  /// A shell that is less patient.
  ///
  /// @param grace how long a command that is to end may take to, before it is made to
  Shell(Path folder, Duration usual, Duration grace, Secrets secrets) {
    this.folder = folder;
    this.usual = usual;
    this.grace = grace;
    this.secrets = secrets;
  }

  @Override
  public Outcome run(List<ShellCommand> commands, Optional<Duration> limit, Consumer<String> output)
      throws InterruptedException {
    Limit longest =
        limit
            .map(bound -> new Limit(bound, "timeout in the binding"))
            .orElse(new Limit(usual, "--timeout"));
    List<CommandResult> results = new ArrayList<>();
    for (ShellCommand command : commands) {
      CommandResult result = run(command, longest, output);
      results.add(result);
      if (result.judgement() instanceof Judgement.NotMet) {
        break;
      }
    }
    return CommandJudge.outcome(results);
  }

  /// How long a command may take.
  ///
  /// @param setBy where somebody can say otherwise
  private record Limit(Duration time, String setBy) {}

  private CommandResult run(ShellCommand command, Limit longest, Consumer<String> output)
      throws InterruptedException {
    long began = System.nanoTime();
    Process process;
    try {
      process =
          new ProcessBuilder("bash", "-c", WRAPPER, "tminus", command.text())
              .directory(folder.toFile())
              .start();
      process.getOutputStream().close();
    } catch (IOException e) {
      Judgement failed =
          new Judgement.NotMet("bash cannot be started (%s)".formatted(e.getMessage()));
      return new CommandResult(
          command.line(), shown(command), Optional.empty(), "", Duration.ZERO, failed);
    }
    Capture capture = new Capture(secrets, output);
    Thread out = capture.standard(process.getInputStream());
    Thread err = capture.other(process.getErrorStream());
    boolean ended;
    try {
      ended = process.waitFor(longest.time().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        end(process);
      }
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
    // What the command left running may hold its output open.
    boolean whole = out.join(grace) && err.join(grace);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Optional<Integer> exit = ended ? Optional.of(process.exitValue()) : Optional.empty();
    Judgement judgement =
        ended
            ? judge(command, process.exitValue(), capture.toJudge())
            : new Judgement.NotMet(
                "not done within %d s (%s), and ended"
                    .formatted(longest.time().toSeconds(), longest.setBy()));
    String note = whole ? "" : "[something it started still runs; what that prints is not kept]\n";
    return new CommandResult(
        command.line(), shown(command), exit, capture.evidence() + note, took, judgement);
  }

  private String shown(ShellCommand command) {
    return secrets.redact(command.text());
  }

  private Judgement judge(ShellCommand command, int exit, String output) {
    return switch (CommandJudge.judge(command, exit, output)) {
      case Judgement.Met met -> met;
      case Judgement.NotMet(String reason) -> new Judgement.NotMet(secrets.redact(reason));
      case Judgement.NeedsPerson(String reason) ->
          new Judgement.NeedsPerson(secrets.redact(reason));
    };
  }

  /// Ends all that the command started, politely and then for good: its process group, and what has
  /// left it. Returns when it is done, interrupted or not.
  private void end(Process process) {
    boolean interrupted = false;
    while (process.isAlive() && process.children().findAny().isEmpty()) {
      // The wrapper has not come to starting the command yet.
      interrupted |= !elapsed(process.onExit(), GLANCE);
    }
    List<Long> groups = process.children().map(ProcessHandle::pid).toList();
    List<ProcessHandle> all = process.descendants().toList();
    groups.forEach(group -> signal("TERM", group));
    long patience = System.nanoTime() + grace.toNanos();
    while (all.stream().anyMatch(Shell::runs) && System.nanoTime() < patience) {
      interrupted |= !elapsed(new CompletableFuture<>(), GLANCE);
    }
    groups.forEach(group -> signal("KILL", group));
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// A process that has ended stays in the list until somebody asks for its exit code, which nobody
  /// does in many a container; it has no command line any more.
  private static boolean runs(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return process.isAlive() && (info.command().isPresent() || info.commandLine().isPresent());
  }

  /// Waits until it is done or the time is over; false when interrupted.
  private static boolean elapsed(CompletableFuture<?> done, Duration time) {
    try {
      done.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException _) {
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private static void signal(String name, long group) {
    try {
      new ProcessBuilder(
              "bash",
              "-c",
              "kill -s \"$1\" -- \"-$2\" 2>/dev/null",
              "tminus",
              name,
              Long.toString(group))
          .start()
          .onExit()
          .join();
    } catch (IOException _) {
      ProcessHandle.of(group).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
