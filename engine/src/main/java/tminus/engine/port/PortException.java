package tminus.engine.port;

import java.util.Objects;

/// The outside world did not do, or did not tell, what it was asked. Its message goes to the
/// operator as it is.
public final class PortException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// A failure with its whole explanation.
  ///
  /// @param message what is wrong and what to do, for a person at 2 a.m.; never holds a secret
  public PortException(String message) {
    super(message);
  }

  public PortException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "no reason given");
  }
}
