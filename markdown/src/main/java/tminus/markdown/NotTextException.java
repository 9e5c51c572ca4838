package tminus.markdown;

/// The bytes are no text, so there is nothing to read. Its message names the file and the byte.
public final class NotTextException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotTextException(String message) {
    super(message);
  }
}
