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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment =
        Map.of("TMINUS_USER", "Ada", "TMINUS_STORE", folder.resolve(".tminus").toString());
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
    Path near = home();
    while (near.getParent() != null && !Files.isDirectory(near.resolveSibling("shared/seeds"))) {
      near = near.getParent();
    }
    Path folder = near.resolveSibling("shared/seeds");
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        () -> "SKIPPED: the real checklists are not there (%s)".formatted(folder));
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
