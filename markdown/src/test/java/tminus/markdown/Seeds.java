package tminus.markdown;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tminus.core.checklist.Checklist;

/// The five checklists Tminus must be able to run. They are not part of this repository: they are
/// looked for beside it, in `../shared/seeds`.
final class Seeds {

  private Seeds() {}

  /// The files, by name; skips the test, with a message, where there are none.
  static List<Path> files() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path seeds = folder.resolveSibling("shared").resolve("seeds");
      if (Files.isDirectory(seeds)) {
        return list(seeds);
      }
      folder = folder.getParent();
    }
    return abort(
        "SKIPPED: no folder ../shared/seeds beside the repository - the reading of the five seed"
            + " checklists is NOT tested");
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The seed of that number, 0 to 4, read.
  static Checklist read(int number) {
    Path file = files().get(number);
    return MarkdownReader.read(file.getFileName().toString(), bytes(file));
  }

  /// The text of the seed of that number.
  static String text(int number) {
    Path file = files().get(number);
    return MarkdownReader.text(file.getFileName().toString(), bytes(file));
  }
}
