package tminus.adapter.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tminus.core.traffic.Slot;
import tminus.engine.port.PortException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What is remembered about one slot. Written whole or not at all, and on disk when written, so
/// that another controller finds the process after this one died.
final class OccupantFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;

  OccupantFile(Path state, Slot slot) {
    this.file = state.resolve(slot.name() + ".json");
  }

  Optional<Occupant> read() throws InterruptedException {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Occupant.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (ClosedByInterruptException e) {
      throw interrupted();
    } catch (IOException | JacksonException e) {
      throw new PortException(
          "%s: cannot be read (%s) - stop the slot's process by hand, then delete the file"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  void write(Occupant occupant) throws InterruptedException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    byte[] json = JSON.writeValueAsBytes(occupant);
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        channel.write(ByteBuffer.wrap(json));
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder();
    } catch (ClosedByInterruptException e) {
      throw interrupted();
    } catch (IOException e) {
      throw new PortException(
          "%s: cannot be written (%s) - make the folder writable".formatted(file, e.getMessage()),
          e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new PortException(
          "%s: cannot be deleted (%s) - make the folder writable".formatted(file, e.getMessage()),
          e);
    }
  }

  private static InterruptedException interrupted() {
    Thread.interrupted();
    return new InterruptedException();
  }

  /// Renaming is on disk only once the folder is.
  private void syncFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
