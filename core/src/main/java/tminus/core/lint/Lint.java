package tminus.core.lint;

import java.util.List;

/// What the linter has to say of one document.
///
/// @param findings by line, and within a line the worst first
/// @param accepted what somebody accepted in the document itself, by line
public record Lint(List<Finding> findings, List<Accepted> accepted) {

  public Lint {
    findings = List.copyOf(findings);
    accepted = List.copyOf(accepted);
  }

  /// A finding that the document accepts.
  ///
  /// @param reason why, in the document's own words
  public record Accepted(Finding finding, String reason) {}
}
