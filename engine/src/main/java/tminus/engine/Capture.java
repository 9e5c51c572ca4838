package tminus.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// What one command prints: both streams without secrets as evidence, its standard output as it is
/// to be judged, and each line for whoever listens. Of very long output the middle is left out.
/// Safe for concurrent use.
final class Capture {

  /// What is kept at the start, and again at the end, in characters.
  private static final int KEPT = 64 * 1024;

  /// A longer line is told in pieces.
  private static final int LINE = 16 * 1024;

  private final Secrets secrets;
  private final Consumer<String> listener;
  private final Kept evidence = new Kept();
  private final Kept standard = new Kept();

  Capture(Secrets secrets, Consumer<String> listener) {
    this.secrets = secrets;
    this.listener = listener;
  }

  /// Reads the command's standard output to its end.
  Thread standard(InputStream stream) {
    return pump(stream, standard);
  }

  /// Reads the command's other output to its end.
  Thread other(InputStream stream) {
    return pump(stream, new Kept());
  }

  /// Both streams as they came, secrets taken out.
  String evidence() {
    return secrets.redact(evidence.text());
  }

  /// The standard output, secrets included.
  String toJudge() {
    return standard.text();
  }

  private Thread pump(InputStream stream, Kept kept) {
    return Thread.ofVirtual()
        .start(() -> {
          Lines lines = new Lines(kept);
          try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            char[] some = new char[8 * 1024];
            for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
              lines.add(some, count);
            }
            lines.end();
          } catch (IOException e) {
            lines.end();
            tell("[the output ends here: %s]".formatted(e.getMessage()));
          }
        });
  }

  private synchronized void tell(String clean) {
    evidence.add(clean);
    evidence.add("\n");
    listener.accept(clean);
  }

  /// Makes lines of what comes: ended by a line feed, a carriage return, or both.
  private final class Lines {

    private final Kept kept;
    private final StringBuilder line = new StringBuilder();
    private boolean returned;
    private boolean inPieces;

    Lines(Kept kept) {
      this.kept = kept;
    }

    void add(char[] some, int count) {
      StringBuilder normal = new StringBuilder(count);
      for (int i = 0; i < count; i++) {
        char c = some[i];
        if (!(c == '\n' && returned)) {
          normal.append(c == '\r' ? '\n' : c);
        }
        returned = c == '\r';
      }
      kept.add(normal);
      int from = 0;
      for (int end = normal.indexOf("\n"); end >= 0; end = normal.indexOf("\n", from)) {
        line.append(normal, from, end);
        tellLine();
        from = end + 1;
      }
      line.append(normal, from, normal.length());
      if (line.length() > LINE) {
        tellPiece();
      }
    }

    /// A secret may begin at the end of the piece: as much stays for the next one.
    private void tellPiece() {
      String clean = secrets.redact(line.toString());
      int cut = Math.max(0, clean.length() - secrets.longest());
      line.setLength(0);
      line.append(clean, cut, clean.length());
      tell(clean.substring(0, cut));
      inPieces = true;
    }

    private void tellLine() {
      if (!line.isEmpty() || !inPieces) {
        tell(secrets.redact(line.toString()));
      }
      line.setLength(0);
      inPieces = false;
    }

    void end() {
      if (!line.isEmpty()) {
        tellLine();
      }
    }
  }

  /// The start and the end of a text that may be very long.
  private static final class Kept {

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private long dropped;

    synchronized void add(CharSequence text) {
      int fits = Math.min(text.length(), KEPT - head.length());
      head.append(text, 0, fits);
      tail.append(text, fits, text.length());
      if (tail.length() > 2 * KEPT) {
        int surplus = tail.length() - KEPT;
        dropped += surplus;
        tail.delete(0, surplus);
      }
    }

    synchronized String text() {
      return dropped == 0
          ? head.toString() + tail
          : "%s\n[… %d characters left out …]\n%s".formatted(head, dropped, tail);
    }
  }
}
