package tminus.adapter.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The last lines of a log, for a message.
///
/// @param log the file
record LogTail(Path log) {

  private static final int LINES_MAX = 10;
  private static final int BYTES_MAX = 16 * 1024;

  /// Up to ten lines, of up to 16 KB together.
  List<String> lines() {
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
      var bytes = ByteBuffer.allocate(BYTES_MAX);
      file.position(Math.max(0, file.size() - BYTES_MAX));
      int read = 0;
      while (read >= 0 && bytes.hasRemaining()) {
        read = file.read(bytes);
      }
      List<String> lines =
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES_MAX), lines.size());
    } catch (IOException e) {
      return List.of("(it cannot be read: %s)".formatted(e.getMessage()));
    }
  }
}
