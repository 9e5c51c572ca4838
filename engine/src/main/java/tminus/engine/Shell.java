package tminus.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.ExpectationJudge;
import tminus.core.plan.ShellCommand;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Outcome;

/// Runs the document's commands and judges them. Safe for concurrent use.
///
/// Each runs under `bash -eo pipefail` with an empty standard input, in a process group of its own,
/// so that it can be ended whole, and does not end when somebody presses Ctrl-C in our terminal.
public final class Shell {

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

  /// What is kept of each stream at its start and again at its end, in characters.
  private static final int KEPT = 64 * 1024;

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Path folder;
  private final Duration limit;
  private final Secrets secrets;

  /// A shell.
  ///
  /// @param folder where commands run
  /// @param limit how long one command may take
  public Shell(Path folder, Duration limit, Secrets secrets) {
    this.folder = folder;
    this.limit = limit;
    this.secrets = secrets;
  }

  /// Runs commands in order until one does not do what it should.
  ///
  /// @param output gets each line as it comes, secrets taken out; from several threads, one at a
  ///   time
  /// @throws InterruptedException when the calling thread is interrupted; what ran is ended then
  public Outcome run(List<ShellCommand> commands, Consumer<String> output)
      throws InterruptedException {
    List<CommandResult> results = new ArrayList<>();
    for (ShellCommand command : commands) {
      CommandResult result = run(command, output);
      results.add(result);
      if (result.judgement() instanceof Judgement.NotMet(String reason)) {
        return new Outcome.Failed("line %d: %s".formatted(command.line(), reason), results);
      }
    }
    return results.stream()
        .map(CommandResult::judgement)
        .filter(Judgement.NeedsPerson.class::isInstance)
        .map(judgement -> ((Judgement.NeedsPerson) judgement).reason())
        .findFirst()
        .<Outcome>map(reason -> new Outcome.NeedsPerson(reason, results))
        .orElseGet(() -> new Outcome.Done(done(results), results));
  }

  private static String done(List<CommandResult> results) {
    return results.size() == 1
        ? ((Judgement.Met) results.getFirst().judgement()).reason()
        : "%d commands, each as expected".formatted(results.size());
  }

  private CommandResult run(ShellCommand command, Consumer<String> output)
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
    Kept all = new Kept();
    Kept standard = new Kept();
    Thread out = pump(process.getInputStream(), output, all, standard);
    Thread err = pump(process.getErrorStream(), output, all, new Kept());
    boolean ended;
    try {
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        end(process);
      }
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
    out.join(GRACE);
    err.join(GRACE);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Optional<Integer> exit = ended ? Optional.of(process.exitValue()) : Optional.empty();
    Judgement judgement = judge(command, exit, standard.text());
    return new CommandResult(
        command.line(), shown(command), exit, secrets.redact(all.text()), took, judgement);
  }

  private String shown(ShellCommand command) {
    return secrets.redact(command.text());
  }

  /// Exit codes 126, 127, a signal and the time limit fail always; else the expectation decides,
  /// and without one the exit code.
  private Judgement judge(ShellCommand command, Optional<Integer> exit, String output) {
    if (exit.isEmpty()) {
      return new Judgement.NotMet("not done within %d s, and ended".formatted(limit.toSeconds()));
    }
    int code = exit.get();
    if (code == 127) {
      return new Judgement.NotMet("exit 127: a command was not found");
    }
    if (code == 126) {
      return new Judgement.NotMet("exit 126: a command is not executable");
    }
    if (code > 128) {
      return new Judgement.NotMet("ended by signal %d".formatted(code - 128));
    }
    Optional<Expectation> expectation = command.expectation();
    boolean prose = expectation.filter(Expectation.Prose.class::isInstance).isPresent();
    if (code != 0 && (expectation.isEmpty() || prose)) {
      return new Judgement.NotMet("exit %d".formatted(code));
    }
    return expectation
        .map(expected -> judge(expected, output))
        .orElseGet(() -> new Judgement.Met("exit 0"));
  }

  private Judgement judge(Expectation expected, String output) {
    return switch (ExpectationJudge.judge(expected, output)) {
      case tminus.core.checklist.Judgement.Met _ -> new Judgement.Met("as expected");
      case tminus.core.checklist.Judgement.NotMet(String reason) ->
          new Judgement.NotMet(secrets.redact(reason));
      case tminus.core.checklist.Judgement.NeedsPerson(String reason) ->
          new Judgement.NeedsPerson(secrets.redact(reason));
    };
  }

  private Thread pump(InputStream stream, Consumer<String> output, Kept all, Kept own) {
    return Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader reader =
              new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
              own.add(line);
              all.add(line);
              output.accept(secrets.redact(line));
              line = reader.readLine();
            }
          } catch (IOException e) {
            all.add("[the output ends here: %s]".formatted(e.getMessage()));
          }
        });
  }

  /// Ends the command's whole process group: politely, then for good.
  private static void end(Process process) {
    List<Long> groups = process.children().map(ProcessHandle::pid).toList();
    groups.forEach(group -> signal("TERM", group));
    boolean gone = false;
    try {
      gone = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!gone) {
      groups.forEach(group -> signal("KILL", group));
      process.destroyForcibly();
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
          .waitFor();
    } catch (IOException e) {
      ProcessHandle.of(group).ifPresent(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The start and the end of a text that may be very long.
  private static final class Kept {

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private long dropped;

    synchronized void add(String line) {
      if (head.length() + line.length() < KEPT) {
        head.append(line).append('\n');
        return;
      }
      tail.append(line).append('\n');
      if (tail.length() > 2 * KEPT) {
        int surplus = tail.length() - KEPT;
        dropped += surplus;
        tail.delete(0, surplus);
      }
    }

    synchronized String text() {
      return dropped == 0
          ? head.toString() + tail
          : "%s[… %d characters left out …]\n%s".formatted(head, dropped, tail);
    }
  }
}
