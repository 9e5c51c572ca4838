package tminus.core.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tminus.core.checklist.Span;

/// One change of a text.
///
/// @param span what is replaced; of length zero where something is put in
record Edit(Span span, String replacement) {

  /// The text with these changes. Of changes that overlap, the one given first is made.
  static String apply(String text, List<Edit> edits) {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(Comparator.comparingInt((Edit edit) -> edit.span().start()));
    StringBuilder changed = new StringBuilder(text.length() + 64 * edits.size());
    int from = 0;
    for (Edit edit : sorted) {
      if (edit.span().start() < from || edit.replacement().isEmpty()) {
        continue;
      }
      changed.append(text, from, edit.span().start()).append(edit.replacement());
      from = edit.span().end();
    }
    return changed.append(text, from, text.length()).toString();
  }
}
