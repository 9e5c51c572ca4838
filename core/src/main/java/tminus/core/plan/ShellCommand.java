package tminus.core.plan;

import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Expectation;

/// One command of the document, ready to run: its parameters are filled in.
///
/// @param line where it stands in the document, from 1
/// @param label the comment above it, possibly empty
/// @param text what bash gets
/// @param expectation what its output must be, if the document says so
/// @param missing parameters without a value; while there are any it cannot run
public record ShellCommand(
    int line, String label, String text, Optional<Expectation> expectation, List<String> missing) {

  public ShellCommand {
    missing = List.copyOf(missing);
  }
}
