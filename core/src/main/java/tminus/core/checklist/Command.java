package tminus.core.checklist;

import java.util.List;
import java.util.Optional;

/// What runs in one go: one logical line of a script; continuation lines, quotes over lines,
/// heredocs and loops are kept whole. Lines under the same comment are commands of their own with
/// the same label.
///
/// @param label the comment above it, without `#` and numbering; empty when there is none
/// @param text the shell text, as written, without the comments above and below it; never blank
/// @param expectation what its output must be, when the document says so
/// @param blanks the placeholders in it: `[VERSION]`, `<pod-name>`
/// @param expected where the words of the expectation stand; empty when there is none
/// @param marks what the label's words were taken for, a shift for example, or a wait that comes
///   first; of commands that share a label the first one has them
public record Command(
    Span span,
    String label,
    String text,
    Optional<Expectation> expectation,
    Optional<Span> expected,
    List<Mark.Blank> blanks,
    List<Mark> marks) {

  public Command {
    blanks = List.copyOf(blanks);
    marks = List.copyOf(marks);
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "command: there is nothing to run in line %d".formatted(span.line()));
    }
  }

  /// A command whose label says nothing more.
  public Command(
      Span span,
      String label,
      String text,
      Optional<Expectation> expectation,
      List<Mark.Blank> blanks) {
    this(span, label, text, expectation, Optional.empty(), blanks, List.of());
  }
}
