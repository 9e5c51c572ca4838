package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A person at a real terminal, as tmux has it: keys go in, the screen comes out.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GuideTest {

  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  private String tmux(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("tmux", "-S", folder.resolve("tmux").toString());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /// A shell in which `tminus` is this build's.
  private void openShell() throws IOException, InterruptedException {
    Path profile = folder.resolve("profile");
    Files.writeString(
        profile,
        """
        cd '%s'
        export TMINUS_USER=Ada TMINUS_STORE='%s/.tminus' PS1='shell '
        tminus() { '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' %s "$@"; echo "left with $?"; }
        """
            .formatted(
                folder,
                folder,
                ProcessHandle.current().info().command().orElse("java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    tmux(
        "-u", "new-session", "-d", "-x", "110", "-y", "50", "bash --noprofile --rcfile " + profile);
    see("shell");
  }

  /// What is typed does not read as what is printed, so that only the empty screen ends the wait.
  private void clear() throws IOException, InterruptedException {
    type("clear; echo clea''red");
    see("cleared");
  }

  private void type(String line) throws IOException, InterruptedException {
    tmux("send-keys", "-l", line);
    tmux("send-keys", "Enter");
  }

  /// Waits until the screen shows the words, and returns it.
  private String see(String words) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String screen = "";
    while (System.nanoTime() < end) {
      screen = tmux("capture-pane", "-p");
      if (screen.contains(words)) {
        return screen;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError("the screen never showed '%s':%n%s".formatted(words, screen));
  }

  @AfterEach
  void tearDown() throws IOException, InterruptedException {
    tmux("kill-server");
  }

  private void assumeTmux() throws InterruptedException {
    try {
      new ProcessBuilder("tmux", "-V").redirectErrorStream(true).start().waitFor();
    } catch (IOException _) {
      Assumptions.abort("SKIPPED: tmux is missing, so no terminal is tested");
    }
  }

  @Test
  void isWalkedThroughHeldAndTakenUpAgain() throws Exception {
    assumeTmux();
    Files.writeString(
        folder.resolve("a.md"),
        """
        # Walk

        **Lead:** ____

        - [ ] Greet
          ```bash
          echo "hello $((40 + 2))"
          # Expected: "hello 42"
          ```
        - [ ] Slow
          ```bash
          echo begun; sleep 2; echo ended > ended
          ```
        - [ ] Later
        - [ ] Latest

        **Decision: [ ] GO [ ] NO-GO**
        """);
    openShell();
    type("tminus run a.md");
    see("1 of 6");
    type("t");
    see("Lead:");
    type("Grace");
    see("2 of 6");
    type("x");
    see("'x' means nothing here");
    type("r");
    see("Greet: done (as expected)");
    see("3 of 6");
    type("r");
    see("│ begun");
    tmux("send-keys", "C-c");
    String left = see("left with 5");
    assertThat(left).contains("leaving when what runs has ended", "HELD by Ada");
    assertThat(folder.resolve("ended")).exists();

    type("tminus resume");
    see("4 of 6");
    type("T");
    see("go or no-go");
    type("go");
    see("left with 0");
    Cli cli = new Cli(folder);
    cli.run("report", "--out", "record");
    try (var files = Files.list(folder.resolve("record"))) {
      Path document =
          files.filter(file -> file.toString().endsWith(".md")).findFirst().orElseThrow();
      assertThat(Files.readString(document))
          .contains("**Lead:** Grace", "- [x] Latest", "[x] GO [ ] NO-GO");
    }
  }

  @Test
  void asksOnceWhichWayIsTakenBeforeTheRunStarts() throws Exception {
    assumeTmux();
    Files.writeString(
        folder.resolve("a.md"),
        """
        # Ship

        ## Going live

        ### Method 1: Blue-green (Recommended)

        - [ ] Switch the selector

        ### Method 2: Canary

        - [ ] Start the canary

        ## Rollback

        ### Way back (Blue-green)

        - [ ] Switch it back

        ### Way back (Rolling)

        - [ ] Undo the rollout
        """);
    openShell();
    type("tminus run a.md");
    String asked = see("which one? [1]");
    assertThat(asked).contains("Going live", "2  Method 2: Canary", "recommended by the document");
    assertThat(folder.resolve(".tminus")).doesNotExist();
    type("purple");
    see("'purple' is none of them");
    type("canary");
    see("0  none of them");
    type("0");
    assertThat(see("1 of 1")).contains("Rollback: none", "Start the canary");
    see("\n>");
    tmux("send-keys", "C-c");
    see("left with 5");

    clear();
    type("tminus run a.md");
    assertThat(see("left with 5")).contains("going on with run").doesNotContain("which one?");
    clear();
    type("tminus resume");
    see("1 of 1");
    type("t");
    see("left with 0");

    clear();
    type("tminus run a.md");
    see("which one? [1]");
    tmux("send-keys", "Enter");
    assertThat(see("1 of 1")).contains("Switch the selector");
    see("\n>");
    tmux("send-keys", "C-c");
    see("left with 5");

    clear();
    type("tminus run --new a.md");
    see("which one? [1]");
    tmux("send-keys", "C-c");
    assertThat(see("left with 2")).contains("no way was chosen, and nothing was started");
  }
}
