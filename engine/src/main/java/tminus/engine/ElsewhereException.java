package tminus.engine;

/// A run cannot be driven from here: what it needs is on another machine. The message says what is
/// missing.
public final class ElsewhereException extends Exception {

  private static final long serialVersionUID = 1L;

  /// @param message what is missing, where
  public ElsewhereException(String message) {
    super(message);
  }
}
