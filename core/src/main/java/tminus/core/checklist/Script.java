package tminus.core.checklist;

import java.util.List;

/// A fenced shell block; or one of language `tminus`, which binds the item it is under and has no
/// commands.
///
/// @param language the fence's word, `bash` for example, in lower case; empty when it has none
/// @param commands its commands, in order; empty when it holds comments only
/// @param notes its comments that belong to no command, a line each, with what they were taken for:
///   `# Wait and monitor for 15 minutes`. Their spans tell where they stand between the commands.
public record Script(Span span, String language, List<Command> commands, List<Line> notes)
    implements Node {

  public Script {
    commands = List.copyOf(commands);
    notes = List.copyOf(notes);
  }

  /// A script whose comments all belong to its commands.
  public Script(Span span, String language, List<Command> commands) {
    this(span, language, commands, List.of());
  }
}
