package tminus.cli;

import java.util.List;
import java.util.Optional;
import tminus.core.lint.Finding;
import tminus.core.lint.Lint;
import tminus.core.lint.Linter;
import tminus.core.lint.Rule;
import tminus.core.lint.Severity;

/// Findings and rules for people.
final class LintPrinter {

  private final Console console;
  private final Style style;

  LintPrinter(Console console) {
    this.console = console;
    this.style = console.style();
  }

  /// Each file's findings by line, then how many there are.
  void print(List<LintCommand.Linted> linted, boolean withAccepted) {
    for (LintCommand.Linted each : linted) {
      String file = each.document().name();
      each.lint().findings().forEach(finding -> finding(file, finding));
      if (withAccepted) {
        each.lint().accepted().forEach(accepted -> accepted(file, accepted));
      }
      if (!each.lint().findings().isEmpty() || withAccepted) {
        console.line("");
      }
      console.line("%s: %s".formatted(file, counts(each)));
    }
  }

  private void finding(String file, Finding finding) {
    console
        .out()
        .println(
            "%s:%d: %s: %s %s"
                .formatted(
                    file,
                    finding.line(),
                    coloured(finding.rule().severity()),
                    finding.message(),
                    style.dim("[" + finding.rule().id() + "]")));
    console.out().println("    " + style.accent("fix:") + " " + finding.fix());
  }

  private void accepted(String file, Lint.Accepted accepted) {
    Finding finding = accepted.finding();
    console
        .out()
        .println(
            "%s:%d: accepted: %s %s"
                .formatted(
                    file,
                    finding.line(),
                    finding.message(),
                    style.dim("[" + finding.rule().id() + "]")));
    console.out().println("    " + style.accent("because:") + " " + accepted.reason());
  }

  private String coloured(Severity severity) {
    return switch (severity) {
      case ERROR -> style.bad(severity.word());
      case WARNING -> style.warn(severity.word());
      case INFO -> style.accent(severity.word());
    };
  }

  private static String counts(LintCommand.Linted linted) {
    int accepted = linted.lint().accepted().size();
    String also = accepted == 0 ? "" : ", %d accepted".formatted(accepted);
    long errors = linted.count(Severity.ERROR);
    long warnings = linted.count(Severity.WARNING);
    long infos = linted.count(Severity.INFO);
    return errors + warnings + infos == 0
        ? "nothing found" + also
        : "%s, %s, %d info%s"
            .formatted(many(errors, "error"), many(warnings, "warning"), infos, also);
  }

  private static String many(long count, String word) {
    return count == 1 ? "1 " + word : "%d %ss".formatted(count, word);
  }

  /// One rule's page, or the list of all where no name is given.
  void explain(String id) {
    if (id.isEmpty()) {
      for (Rule rule : Linter.rules()) {
        console
            .out()
            .println("%-28s %-8s %s".formatted(rule.id(), rule.severity().word(), rule.title()));
      }
      return;
    }
    Optional<Rule> rule = Linter.rule(id);
    if (rule.isEmpty()) {
      throw new UsageException(
          "--explain: there is no rule %s - tminus lint --explain lists them".formatted(id));
    }
    console.out().println(page(rule.get()));
  }

  private String page(Rule rule) {
    return """
    %s (%s)
    %s

    %s

    %s %s

    %s
    %s
    %s
    %s\
    """
        .formatted(
            style.bold(rule.id()),
            rule.severity().word(),
            rule.title(),
            wrapped(rule.why()),
            style.bold("Instead:"),
            wrapped(rule.mend()),
            style.bold("Found:"),
            rule.bad().strip().indent(4).stripTrailing() + "\n",
            style.bold("In order:"),
            rule.good().strip().indent(4).stripTrailing());
  }

  /// At most so wide as the terminal.
  private String wrapped(String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : text.split("\\s+", -1)) {
      if (column > 0 && column + 1 + word.length() > Math.min(console.width(), 90)) {
        wrapped.append('\n');
        column = 0;
      } else if (column > 0) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
