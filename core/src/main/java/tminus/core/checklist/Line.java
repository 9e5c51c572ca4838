package tminus.core.checklist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Words: a paragraph's line, a list's entry, a table's row, an item's own text.
///
/// @param text the words without markup (`**`, backticks, link targets), white space folded
/// @param marks what they were taken for, in their order; empty for mere prose
public record Line(Span span, String text, List<Mark> marks) implements Node {

  public Line {
    marks = List.copyOf(marks);
  }

  /// The marks of one kind.
  public <M extends Mark> List<M> marks(Class<M> kind) {
    if (marks.isEmpty()) {
      return List.of();
    }
    List<M> found = new ArrayList<>();
    for (Mark mark : marks) {
      if (kind.isInstance(mark)) {
        found.add(kind.cast(mark));
      }
    }
    return Collections.unmodifiableList(found);
  }

  /// The same words, without the marks of one kind.
  public Line without(Class<? extends Mark> kind) {
    return new Line(span, text, marks.stream().filter(mark -> !kind.isInstance(mark)).toList());
  }
}
