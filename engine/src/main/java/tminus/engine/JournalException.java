package tminus.engine;

/// The journal cannot be opened, read or written. Its message goes to the operator as it is.
public sealed class JournalException extends RuntimeException
    permits FencedException, Database.LostException {

  private static final long serialVersionUID = 1L;

  /// A failure with its whole explanation.
  ///
  /// @param message place, what is wrong, what to do
  public JournalException(String message) {
    super(message);
  }

  /// A failure with what caused it.
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
