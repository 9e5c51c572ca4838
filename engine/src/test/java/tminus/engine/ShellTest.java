package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.checklist.Expectation;
import tminus.core.judge.Comparison;
import tminus.core.plan.ShellCommand;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Outcome;

/// Runs a real bash.
@Timeout(60)
class ShellTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  /// Nobody waits this long in a test; whatever sleeps so long is ended.
  private static final String FOR_EVER = "sleep 300";

  @TempDir Path folder;

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  private Shell shell(Map<String, String> secrets) {
    return new Shell(folder, LONG, Secrets.of(secrets));
  }

  private Outcome run(ShellCommand... commands) throws InterruptedException {
    return shell(Map.of()).run(List.of(commands), Optional.empty(), lines::add);
  }

  private Outcome run(String command) throws InterruptedException {
    return run(Plans.command(command));
  }

  private static ShellCommand expecting(String command, Expectation expectation) {
    return new ShellCommand(7, "", command, Optional.of(expectation), List.of());
  }

  private static CommandResult only(Outcome outcome) {
    assertThat(outcome.results()).hasSize(1);
    return outcome.results().getFirst();
  }

  // ---- Judging

  /// A command, what comes of it, and why.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true => Done => exit 0",
        "echo fine >&2 => Done => exit 0",
        "false => Failed => line 1: exit 1",
        "exit 7 => Failed => line 1: exit 7",
        "false; true => Failed => line 1: exit 1",
        "false | true => Failed => line 1: exit 1",
        "grep x /dev/null | wc -l => Failed => line 1: exit 1",
        "false || true => Done => exit 0",
        "if false; then :; fi => Done => exit 0",
        "no-such-program => Failed => line 1: exit 127: a command was not found",
        "/etc/passwd => Failed => line 1: exit 126: a command is not executable",
        "kill -9 $$ => Failed => line 1: ended by signal 9",
        "kill -TERM $$ => Failed => line 1: ended by signal 15",
        "exit 255 => Failed => line 1: exit 255",
        "if => Failed => line 1: exit 2",
      })
  void withoutAnExpectationTheExitCodeDecides(String row) throws InterruptedException {
    String[] cells = row.split(" => ", 3);
    Outcome outcome = run(cells[0]);
    assertThat(outcome.getClass().getSimpleName()).isEqualTo(cells[1]);
    assertThat(outcome.detail()).isEqualTo(cells[2]);
  }

  @Test
  void withAnExpectationTheOutputDecides() throws InterruptedException {
    Expectation ok = new Expectation.Literal("`ok`", "ok");
    assertThat(run(expecting("echo ok", ok)))
        .isInstanceOfSatisfying(
            Outcome.Done.class, done -> assertThat(done.detail()).isEqualTo("as expected"));
    assertThat(run(expecting("echo ok; exit 3", ok))).isInstanceOf(Outcome.Done.class);
    assertThat(run(expecting("echo broken", ok)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.detail()).startsWith("line 7: "));
    assertThat(run(expecting("true", new Expectation.Empty("nothing"))))
        .isInstanceOf(Outcome.Done.class);
    assertThat(
            run(expecting("echo 0.3", new Expectation.Amount("< 0.5", Comparison.LESS, 0.5, "s"))))
        .isInstanceOf(Outcome.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo ok; exit 127", "echo ok; exit 126", "echo ok; kill -9 $$"})
  void someExitCodesFailWhateverWasPrinted(String command) throws InterruptedException {
    assertThat(run(expecting(command, new Expectation.Literal("`ok`", "ok"))))
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void proseIsForAPersonUnlessTheCommandFailed() throws InterruptedException {
    Expectation prose = new Expectation.Prose("Normal levels");
    assertThat(run(expecting("echo 17", prose))).isInstanceOf(Outcome.NeedsPerson.class);
    assertThat(run(expecting("false", prose))).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void errorOutputIsEvidenceButNotJudged() throws InterruptedException {
    Outcome outcome =
        run(expecting("echo noise >&2; echo ok", new Expectation.Lines("ok", List.of("ok"))));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(only(outcome).output().lines()).containsExactlyInAnyOrder("noise", "ok");
    assertThat(run(expecting("echo noise >&2", new Expectation.Empty("nothing"))))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void commandsRunInOrderUntilOneFails() throws InterruptedException {
    Outcome outcome =
        run(Plans.command("echo a"), Plans.command("echo b; false"), Plans.command("echo c"));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(outcome.results())
        .extracting(CommandResult::exit)
        .containsExactly(Optional.of(0), Optional.of(1));
    assertThat(lines).containsExactly("a", "b");
    assertThat(run(Plans.command("true"), Plans.command("true")).detail())
        .isEqualTo("2 commands, each as expected");
  }

  // ---- Surroundings

  @Test
  void standardInputIsEmptyAndTheFolderIsTheOneGiven() throws InterruptedException {
    assertThat(only(run("cat; pwd -P")).output().strip())
        .isEqualTo(folder.toAbsolutePath().toString());
  }

  @Test
  void aFolderThatIsNotThereIsAFailure() throws InterruptedException {
    Outcome outcome =
        new Shell(folder.resolve("gone"), LONG, Secrets.of(Map.of()))
            .run(List.of(Plans.command("true")), Optional.empty(), lines::add);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(outcome.detail()).contains("bash cannot be started").contains("gone");
  }

  @Test
  void quotesNewlinesAndHeredocsReachBashAsTheyAre() throws InterruptedException {
    assertThat(only(run("cat <<'E'\n$HOME \"'\\\nE\nprintf '%s\\n' \"a  b\" 'ü €'")).output())
        .isEqualTo("$HOME \"'\\\na  b\nü €\n");
  }

  // ---- Output

  @Test
  void ofHugeOutputTheStartAndTheEndAreKept() throws InterruptedException {
    Outcome outcome = run("seq 1 400000");
    String output = only(outcome).output();
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(output).startsWith("1\n2\n3\n").endsWith("\n399999\n400000\n");
    assertThat(output).containsPattern("\\[… \\d+ characters left out …]");
    assertThat(output.length()).isLessThan(4 * 64 * 1024);
    assertThat(lines).hasSize(400_000);
  }

  @Test
  void aLongLineAfterShortOnesStaysInItsPlace() throws InterruptedException {
    String command = "echo first; head -c 70000 /dev/zero | tr '\\0' x; echo; echo last";
    String output = only(run(command)).output();
    assertThat(output).startsWith("first\nxxx").endsWith("x\nlast\n");
  }

  @Test
  void aLineWithoutAnEndIsKeptInBounds() throws InterruptedException {
    String command = "head -c 3000000 /dev/zero | tr '\\0' x";
    assertThat(only(run(command)).output().length()).isLessThan(4 * 64 * 1024);
  }

  @Test
  void progressBarsAreLines() throws InterruptedException {
    run("printf '10%%\\r20%%\\r\\nend'");
    assertThat(lines).containsExactly("10%", "20%", "end");
  }

  @Test
  void bytesThatAreNoTextDoNoHarm() throws InterruptedException {
    assertThat(only(run("printf 'a\\xff\\xfeb\\0c\\n'")).output()).startsWith("a").endsWith("c\n");
  }

  // ---- Secrets

  @Test
  void secretsAreTakenOutOfEverythingThatIsKeptOrTold() throws InterruptedException {
    String token = "s3cr3t-t0k3n";
    Shell shell = shell(Map.of("API_TOKEN", token));
    Outcome outcome =
        shell.run(
            List.of(
                expecting(
                    "echo " + token + "; echo x" + token + "y >&2",
                    new Expectation.Literal("`none`", "none"))),
            Optional.empty(),
            lines::add);
    assertThat(outcome.toString()).doesNotContain(token);
    assertThat(String.join("\n", lines)).doesNotContain(token).contains("x[REDACTED]y");
    assertThat(only(outcome).command()).isEqualTo("echo [REDACTED]; echo x[REDACTED]y >&2");
    assertThat(only(outcome).judgement()).isInstanceOf(Judgement.NotMet.class);
  }

  @Test
  void theOutputIsJudgedBeforeSecretsAreTakenOut() throws InterruptedException {
    Outcome outcome =
        shell(Map.of("API_TOKEN", "s3cr3t-t0k3n"))
            .run(
                List.of(
                    expecting(
                        "echo s3cr3t-t0k3n", new Expectation.Literal("`t0k3n`", "s3cr3t-t0k3n"))),
                Optional.empty(),
                lines::add);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aSecretIsFoundWhereverALongLineIsCut() throws InterruptedException {
    String token = "0123456789abcdef";
    // Its places in the line shift against every buffer's end.
    String command = "for i in $(seq 1 9000); do printf '%s.' 0123456789''abcdef; done";
    Outcome outcome =
        shell(Map.of("API_TOKEN", token))
            .run(List.of(Plans.command(command)), Optional.empty(), lines::add);
    assertThat(String.join("", lines)).doesNotContain("abcdef").doesNotContain("01234");
    assertThat(only(outcome).output()).doesNotContain(token);
  }

  @Test
  void eachLineOfALongSecretIsTakenOut() throws InterruptedException {
    Outcome outcome =
        shell(Map.of("TLS_PRIVATE_KEY", "-----BEGIN-----\nabcdefghij\n-----END-----\n"))
            .run(
                List.of(Plans.command("echo 'key: abcdefghij'; echo x")),
                Optional.empty(),
                lines::add);
    assertThat(lines).containsExactly("key: [REDACTED]", "x");
    assertThat(only(outcome).output()).doesNotContain("abcdefghij");
  }

  // ---- Ending

  /// A command under way in a thread of its own. All that it starts holds a pipe open, so that its
  /// end is seen by all of it having ended.
  private final class UnderWay {

    private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final FileChannel alive;
    private volatile Optional<Outcome> outcome = Optional.empty();
    private volatile boolean interrupted;

    UnderWay(Shell shell, String command) throws IOException, InterruptedException {
      this(shell, Optional.empty(), command);
    }

    UnderWay(Shell shell, Optional<Duration> limit, String command)
        throws IOException, InterruptedException {
      Path pipe = folder.resolve("alive");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  outcome =
                      Optional.of(
                          shell.run(
                              List.of(Plans.command("exec 9>alive; " + command)),
                              limit,
                              printed::add));
                } catch (InterruptedException _) {
                  interrupted = true;
                }
              });
      alive = FileChannel.open(pipe);
    }

    /// Waits until it has printed so many lines.
    void prints(int count) throws InterruptedException {
      for (int i = 0; i < count; i++) {
        assertThat(printed.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();
      }
    }

    void interrupt() throws InterruptedException {
      thread.interrupt();
      thread.join();
      assertThat(interrupted).isTrue();
    }

    void assertAllEnded() throws IOException {
      assertThat(alive.read(ByteBuffer.allocate(1))).as("end of the pipe").isEqualTo(-1);
      alive.close();
    }
  }

  private Shell impatient(Duration limit) {
    return new Shell(folder, limit, Duration.ofMillis(200), Secrets.of(Map.of()));
  }

  /// A shell, its child and its grandchild: each says that it is there, and waits for ever.
  private static final String FAMILY =
      "echo I; bash -c 'echo and I; (echo and I; exec %s) & wait' & wait".formatted(FOR_EVER);

  /// The shell's own limit, or that of these commands.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTimeLimitEndsTheWholeFamily(boolean own) throws IOException, InterruptedException {
    Duration second = Duration.ofSeconds(1);
    UnderWay command =
        own
            ? new UnderWay(impatient(second), FAMILY)
            : new UnderWay(impatient(LONG), Optional.of(second), FAMILY);
    command.thread.join();
    command.assertAllEnded();
    assertThat(command.outcome.orElseThrow())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.detail())
                    .isEqualTo(
                        "line 1: not done within 1 s (%s), and ended"
                            .formatted(own ? "--timeout" : "timeout in the binding")));
    assertThat(only(command.outcome.orElseThrow()).exit()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "trap '' TERM; ", "trap 'echo no' TERM; "})
  void anInterruptionEndsTheWholeFamilyHoweverStubborn(String trap)
      throws IOException, InterruptedException {
    UnderWay command = new UnderWay(impatient(LONG), trap + FAMILY);
    command.prints(3);
    command.interrupt();
    command.assertAllEnded();
  }

  @Test
  void aPoliteCommandHasTimeToCleanUp() throws IOException, InterruptedException {
    UnderWay command =
        new UnderWay(
            shell(Map.of()),
            "trap 'touch cleaned; exit 0' TERM; echo I; %s & wait".formatted(FOR_EVER));
    command.prints(1);
    command.interrupt();
    command.assertAllEnded();
    assertThat(folder.resolve("cleaned")).exists();
  }

  @Test
  void whatHasLeftTheGroupIsEndedToo() throws IOException, InterruptedException {
    UnderWay command =
        new UnderWay(
            impatient(LONG), "setsid bash -c 'echo I; exec %s' & wait".formatted(FOR_EVER));
    command.prints(1);
    command.interrupt();
    command.assertAllEnded();
  }

  @Test
  void aCommandInterruptedBeforeItHasBegunDoesNotRun() {
    String marker = "tminus-test-" + ProcessHandle.current().pid();
    Shell shell = impatient(LONG);
    for (int i = 0; i < 5; i++) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() ->
              shell.run(
                  List.of(Plans.command("exec -a %s %s".formatted(marker, FOR_EVER))),
                  Optional.empty(),
                  _ -> {}))
          .isInstanceOf(InterruptedException.class);
    }
    CompletableFuture<?>[] left =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains(marker))
            .map(ProcessHandle::onExit)
            .toArray(CompletableFuture[]::new);
    assertThat(CompletableFuture.allOf(left)).succeedsWithin(LONG);
  }

  @Test
  void whatACommandLeavesRunningKeepsNobodyWaiting() throws IOException, InterruptedException {
    UnderWay command = new UnderWay(impatient(LONG), FOR_EVER + " & echo $!");
    String pid = command.printed.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    command.thread.join();
    assertThat(command.outcome.orElseThrow()).isInstanceOf(Outcome.Done.class);
    assertThat(only(command.outcome.orElseThrow()).output())
        .endsWith("[something it started still runs; what that prints is not kept]\n");
    ProcessHandle left = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
    command.assertAllEnded();
  }
}
