package tminus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that is written whole or not at all: what was there before stays until the new one is
/// complete.
final class WholeFile {

  private WholeFile() {}

  static Path replace(Path file, byte[] bytes) throws IOException {
    Path part =
        Files.createTempFile(
            file.toAbsolutePath().getParent(), file.getFileName().toString(), ".part");
    try {
      Files.write(part, bytes);
      return Files.move(
          part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
