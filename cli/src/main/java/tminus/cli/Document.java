package tminus.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A checklist's file, read.
///
/// @param name as the user gave it
/// @param path absolute
/// @param text its whole text, byte for byte as decoded from UTF-8
record Document(String name, Path path, String text) {

  private static final int MEGABYTE = 1024 * 1024;

  static Document read(Path folder, String name) {
    Path path = folder.resolve(name).normalize();
    try {
      if (Files.isDirectory(path)) {
        throw new UsageException("%s: is a folder - name the Markdown file in it".formatted(name));
      }
      long size = Files.size(path);
      if (size > Limits.DOCUMENT_BYTES_MAX) {
        throw new UsageException(
            "%s: has %d MB, and a checklist may have %d - is it the right file?"
                .formatted(
                    name, Math.ceilDiv(size, MEGABYTE), Limits.DOCUMENT_BYTES_MAX / MEGABYTE));
      }
      byte[] bytes = Files.readAllBytes(path);
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw new UsageException(
            "%s: is not text (it has NUL characters) - name a Markdown file".formatted(name));
      }
      return new Document(name, path, text);
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "%s: there is no such file - check the path (looked in %s)".formatted(name, folder));
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "%s: is not UTF-8 text - name a Markdown file, or convert it".formatted(name));
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be read (%s) - check its permissions".formatted(name, e.getMessage()));
    }
  }
}
