package tminus.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tminus.core.lint.Edit;
import tminus.core.lint.Finding;

/// A text with the safe fixes made.
///
/// @param made the findings that were fixed, in the document's order
record Fixes(String text, List<Finding> made) {

  /// Makes each fix that overlaps with none before it.
  static Fixes of(String text, List<Finding> findings) {
    List<Finding> fixable =
        findings.stream()
            .filter(finding -> finding.edit().isPresent())
            .sorted(Comparator.comparingInt(finding -> edit(finding).span().start()))
            .toList();
    StringBuilder fixed = new StringBuilder();
    List<Finding> made = new ArrayList<>();
    int at = 0;
    for (Finding finding : fixable) {
      Edit edit = edit(finding);
      if (edit.span().start() >= at) {
        fixed.append(text, at, edit.span().start()).append(edit.text());
        at = edit.span().end();
        made.add(finding);
      }
    }
    return new Fixes(fixed.append(text, at, text.length()).toString(), List.copyOf(made));
  }

  private static Edit edit(Finding finding) {
    return finding.edit().orElseThrow();
  }
}
