package tminus.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Runs command lines in this process, in a folder of their own, without a terminal.
record Cli(Path folder) {

  /// What a command line came to.
  record Result(int code, String out, String err) {}

  Result run(String... arguments) {
    return run(
        Map.of("TMINUS_USER", "Ada", "TMINUS_STORE", folder.resolve(".tminus").toString()),
        arguments);
  }

  Result run(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            environment,
            folder,
            InstantSource.system());
    int code = Main.execute(console, arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Writes a checklist into the folder.
  String write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return name;
  }

  /// The repository's folder.
  static Path home() {
    return Path.of(System.getProperty("tminus.home", "")).toAbsolutePath();
  }

  /// Five real checklists that lie beside the repository on some machines. Skips loudly elsewhere.
  static List<Path> seeds() throws IOException {
    Path folder = home().resolveSibling("shared").resolve("seeds");
    for (Path at = home(); at != null && !Files.isDirectory(folder); at = at.getParent()) {
      folder = at.resolveSibling("shared").resolve("seeds");
    }
    Path found = folder;
    Assumptions.assumeTrue(
        Files.isDirectory(found),
        () -> "SKIPPED: the real checklists are not there (%s)".formatted(found));
    try (Stream<Path> files = Files.list(found)) {
      return files.sorted().toList();
    }
  }
}
