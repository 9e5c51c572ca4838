package tminus.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What came of a command that has ended.
record Finished(int exitCode, String out, String err) {

  /// Runs a command in a folder, with the environment of these tests. A command that cannot be
  /// started ends with 127, as in a shell.
  static Finished of(Path folder, String... command) {
    return of(new ProcessBuilder(command).directory(folder.toFile()));
  }

  /// Runs a command in a folder, with this environment and nothing else.
  static Finished with(Map<String, String> environment, Path folder, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return of(builder);
  }

  private static Finished of(ProcessBuilder builder) {
    try {
      Path err = Files.createTempFile("tminus-house", ".err");
      try {
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Finished(process.waitFor(), out, Files.readString(err));
      } catch (IOException e) {
        return new Finished(127, "", String.valueOf(e.getMessage()));
      } finally {
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command ran", e);
    }
  }
}
