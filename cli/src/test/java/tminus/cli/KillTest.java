package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed in the middle loses nothing, and what it was doing is not done again on
/// hope.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KillTest {

  @TempDir private Path folder;

  private Process start(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.command().addAll(java.util.List.of(arguments));
    builder.environment().put("TMINUS_STORE", folder.resolve(".tminus").toString());
    builder.environment().put("TMINUS_USER", "Ada");
    return builder.directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static String readUntil(BufferedReader output, String words) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(words)) {
        return line;
      }
    }
    throw new AssertionError("ended without saying '%s': %s".formatted(words, seen));
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aCommandUnderWayIsUnknownAfterwardsAndAPersonDecides() throws Exception {
    Cli cli = new Cli(folder);
    cli.write(
        "a.md",
        """
        - [ ] Before
          ```bash
          echo once >> before
          ```
        - [ ] Under way
          ```bash
          echo once >> under-way; echo "pid $$"; exec sleep 300
          ```
        - [ ] After
          ```bash
          echo once >> after
          ```
        """);
    Process process = start("run", "a.md", "--commands", "run");
    try (BufferedReader output = process.inputReader()) {
      String line = readUntil(output, "pid ");
      process.destroyForcibly().waitFor();
      kill(Long.parseLong(line.replaceAll("\\D+", " ").strip()));
    }

    Cli.Result resumed = cli.run("resume");
    assertThat(resumed.out())
        .contains("it was under way when Tminus ended", "tminus retry under-way");
    assertThat(resumed.code()).isEqualTo(5);
    assertThat(folder.resolve("after")).doesNotExist();

    assertThat(cli.run("sign", "under-way").code()).isZero();
    assertThat(cli.run("resume").code()).isZero();
    for (String once : new String[] {"before", "under-way", "after"}) {
      assertThat(Files.readString(folder.resolve(once))).as(once).isEqualTo("once\n");
    }
    assertThat(cli.run("verify").code()).isZero();
  }

  @Test
  void aWaitGoesOnWhereItWas() throws Exception {
    Cli cli = new Cli(folder);
    cli.write("a.md", "- [ ] Wait 5 seconds for the caches\n- [ ] Done\n");
    Process process = start("run", "a.md", "--wait");
    try (BufferedReader output = process.inputReader()) {
      readUntil(output, "Wait 5 seconds for the caches: started");
      process.destroyForcibly().waitFor();
    }
    Cli.Result resumed = cli.run("resume");
    assertThat(resumed.out()).contains("Wait 5 seconds for the caches: done", "tminus sign done");
    assertThat(cli.run("sign", "done").code()).isZero();
    assertThat(cli.run("resume").code()).isZero();
    assertThat(cli.run("verify").out()).contains("the chain holds");
  }
}
