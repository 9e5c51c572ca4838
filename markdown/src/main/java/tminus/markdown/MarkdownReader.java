package tminus.markdown;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Span;

/// Reads Markdown into checklists. Total: any text is a checklist; there is no syntax error.
///
/// Takes time and memory linear in the text's length. Stateless, safe for concurrent use.
public final class MarkdownReader {

  private MarkdownReader() {}

  /// The checklist a file holds. Its spans count in the text that [#text] gives.
  ///
  /// @param file the file's name, for messages and as the title of last resort
  /// @param bytes UTF-8, with or without a byte order mark, line ends of any kind
  /// @throws NotTextException when the bytes are no UTF-8, or hold a NUL
  public static Checklist read(String file, byte[] bytes) {
    return read(file, text(file, bytes), digest(bytes));
  }

  /// The checklist a text is.
  ///
  /// @param file the name it goes by
  public static Checklist read(String file, String text) {
    return read(file, text, digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Checklist read(String file, String text, String digest) {
    return new Checklist(file, digest, BlockReader.read(new Source(text)));
  }

  /// Where a text's front matter stands, YAML between `---` lines at its beginning: without these
  /// lines. Empty when it has none.
  public static Optional<Span> frontMatter(String text) {
    return FrontMatter.yaml(new Source(text));
  }

  /// The text of a file, byte order mark included, so that encoding it again gives the same bytes.
  ///
  /// @param file the file's name, for messages
  /// @throws NotTextException when the bytes are no UTF-8, or hold a NUL
  public static String text(String file, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new NotTextException(
          "%s: byte %d is no UTF-8 (0x%02x) - give a Markdown file, saved as UTF-8"
              .formatted(file, in.position(), bytes[in.position()]));
    }
    String text = out.flip().toString();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new NotTextException(
          "%s: character %d is NUL, so this is no text - give a Markdown file"
              .formatted(file, nul));
    }
    return text;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has SHA-256: its specification says so.
      throw new IllegalStateException(e);
    }
  }
}
