package tminus.core.lint;

import java.util.List;
import java.util.Optional;

/// Takes the findings of one rule. Confined to one look.
final class Report {

  private final Rule rule;
  private final List<Finding> findings;

  Report(Rule rule, List<Finding> findings) {
    this.rule = rule;
    this.findings = findings;
  }

  void add(int line, String message, String fix) {
    add(line, message, fix, Optional.empty());
  }

  void add(int line, String message, String fix, Optional<Edit> edit) {
    findings.add(new Finding(rule, line, message, fix, edit));
  }
}
