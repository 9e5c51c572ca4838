package tminus.core.checklist;

import java.util.List;
import java.util.Optional;

/// What runs in one go: the lines between two comment paragraphs of a script, continuation lines,
/// heredocs and loops kept whole.
///
/// @param label the comment above it, without `#` and numbering; empty when there is none
/// @param text the shell text, as written, without the comments above and below it; never blank
/// @param expectation what its output must be, when the document says so
/// @param blanks the placeholders in it: `[VERSION]`, `<pod-name>`
public record Command(
    Span span,
    String label,
    String text,
    Optional<Expectation> expectation,
    List<Mark.Blank> blanks) {

  public Command {
    blanks = List.copyOf(blanks);
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "command: there is nothing to run in line %d".formatted(span.line()));
    }
  }
}
