package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A real `tminus` in a process of its own, and what it prints.
final class TminusProcess implements AutoCloseable {

  /// Longer than anything takes on a busy machine.
  private static final long LONG_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private final List<String> all = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private TminusProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /// Starts one in a folder.
  static TminusProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(environment);
    return new TminusProcess(builder.directory(folder.toFile()).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        all.add(line);
        news.add(line);
      }
    } catch (IOException e) {
      all.add("its output ended: " + e.getMessage());
    }
  }

  /// Waits for a line with all these words; those before it are not waited for again.
  String await(String... words) throws InterruptedException {
    List<String> others = new ArrayList<>();
    while (true) {
      String line = news.poll(LONG_SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("%s, after %s", List.of(words), others).isNotNull();
      if (List.of(words).stream().allMatch(line::contains)) {
        return line;
      }
      others.add(line);
    }
  }

  long pid() {
    return process.pid();
  }

  /// What it has printed so far.
  List<String> lines() {
    return List.copyOf(all);
  }

  /// Whether it ends by itself within that time.
  boolean endsWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// As if the machine had lost its power: no hook runs.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /// `STOP`, `CONT`, `TERM`: the signal of that name.
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }

  /// Waits for its end; returns its exit code.
  int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(LONG_SECONDS, TimeUnit.SECONDS)).as("ended: %s", all).isTrue();
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(LONG_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
