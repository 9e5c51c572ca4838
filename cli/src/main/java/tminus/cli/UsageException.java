package tminus.cli;

import java.util.List;

/// What the user asked for cannot be done as asked. Ends with exit code 2 and these messages.
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param problems each with place, what is wrong and what to do
  UsageException(List<String> problems) {
    super(String.join("\n", problems));
  }

  UsageException(String problem) {
    this(List.of(problem));
  }
}
