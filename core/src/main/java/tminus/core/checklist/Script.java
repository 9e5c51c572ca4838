package tminus.core.checklist;

import java.util.List;

/// A fenced shell block.
///
/// @param language the fence's word, `bash` for example, in lower case
/// @param commands its commands, in order; empty when it holds comments only
public record Script(Span span, String language, List<Command> commands) implements Node {

  public Script {
    commands = List.copyOf(commands);
  }
}
