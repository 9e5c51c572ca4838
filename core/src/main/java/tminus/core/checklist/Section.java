package tminus.core.checklist;

import java.util.List;
import java.util.Optional;

/// A heading and all that stands under it.
///
/// @param level 1 to 6 as in Markdown, 0 for the document itself; a bold line that introduces what
///   follows (`**Step 1.1: …**`, `**Rollback Trigger:** If …` before a script) counts one deeper
///   than the heading it stands under, and so does a list's bold entry that holds more (`1.
///   **Switch traffic**` with a script)
/// @param title the heading's words, without markup; empty for the document itself
/// @param timing when it is due or how long it takes, if the heading says so
/// @param purpose what the section is for
/// @param marks what words of the heading were taken for
/// @param content everything under the heading, deeper sections included
public record Section(
    Span span,
    int level,
    String title,
    Optional<Timing> timing,
    Purpose purpose,
    List<Mark> marks,
    List<Node> content)
    implements Node {

  public Section {
    marks = List.copyOf(marks);
    content = List.copyOf(content);
  }

  /// A section whose heading says nothing more.
  public Section(
      Span span,
      int level,
      String title,
      Optional<Timing> timing,
      Purpose purpose,
      List<Node> content) {
    this(span, level, title, timing, purpose, List.of(), content);
  }

  /// What a section is for.
  public enum Purpose {
    /// To be done, in order.
    PROCEDURE,
    /// To be done only when rolling back.
    ROLLBACK,
    /// A go/no-go decision.
    GATE,
    /// Read when needed: troubleshooting, appendices, templates, contacts, comparisons, history.
    REFERENCE
  }
}
