package tminus.core.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tminus.core.checklist.Checklist;
import tminus.core.plan.Binding;

/// Looks a checklist over. Pure and total: any document can be looked over.
public final class Linter {

  private static final List<Check> CHECKS =
      Stream.of(
              FalseGreens.CHECKS,
              HiddenFailures.CHECKS,
              CommandTraps.CHECKS,
              Databases.CHECKS,
              Notices.CHECKS,
              Structure.CHECKS,
              Ways.CHECKS,
              Thresholds.CHECKS)
          .flatMap(List::stream)
          .toList();

  private static final Comparator<Finding> ORDER =
      Comparator.comparingInt(Finding::line)
          .thenComparing(finding -> finding.rule().severity())
          .thenComparing(finding -> finding.rule().id())
          .thenComparing(Finding::message);

  private Linter() {}

  /// Every rule there is, the worst first, then by name.
  public static List<Rule> rules() {
    return Stream.concat(CHECKS.stream().map(Check::rule), Acceptances.RULES.stream())
        .sorted(Comparator.comparing(Rule::severity).thenComparing(Rule::id))
        .toList();
  }

  /// The rule of that name, if there is one.
  public static Optional<Rule> rule(String id) {
    return rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /// What is to be said of a document.
  ///
  /// @param text the document's text, that the checklist's spans count in
  /// @param binding what the document is bound to; without one, rules that need it find nothing
  public static Lint lint(Checklist checklist, String text, Binding binding) {
    Subject subject = Subject.of(checklist, text, binding);
    List<Finding> all = new ArrayList<>();
    for (Check check : CHECKS) {
      check.look().at(subject, new Report(check.rule(), all));
    }
    List<Finding> sorted = all.stream().distinct().sorted(ORDER).toList();
    Lint lint = Acceptances.in(text).applied(sorted);
    return new Lint(lint.findings().stream().sorted(ORDER).toList(), lint.accepted());
  }
}
