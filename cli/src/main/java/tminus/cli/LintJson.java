package tminus.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tminus.core.lint.Finding;
import tminus.core.lint.Lint;
import tminus.core.lint.Severity;

/// The JSON form of findings: a contract with scripts that read it.
final class LintJson {

  private LintJson() {}

  record Output(List<File> files, Map<String, Long> summary) {}

  record File(String file, List<Found> findings, List<Accepted> accepted) {}

  record Found(
      String rule, String severity, int line, String message, String fix, boolean fixable) {}

  record Accepted(String rule, String severity, int line, String message, String reason) {}

  static Output of(List<LintCommand.Linted> linted) {
    Map<String, Long> summary = new LinkedHashMap<>();
    Arrays.stream(Severity.values())
        .forEach(severity ->
            summary.put(
                severity.word(), linted.stream().mapToLong(each -> each.count(severity)).sum()));
    summary.put("accepted", linted.stream().mapToLong(each -> each.lint().accepted().size()).sum());
    return new Output(linted.stream().map(LintJson::file).toList(), summary);
  }

  private static File file(LintCommand.Linted linted) {
    return new File(
        linted.document().name(),
        linted.lint().findings().stream().map(LintJson::found).toList(),
        linted.lint().accepted().stream().map(LintJson::accepted).toList());
  }

  private static Found found(Finding finding) {
    return new Found(
        finding.rule().id(),
        finding.rule().severity().word(),
        finding.line(),
        finding.message(),
        finding.fix(),
        finding.edit().isPresent());
  }

  private static Accepted accepted(Lint.Accepted accepted) {
    Finding finding = accepted.finding();
    return new Accepted(
        finding.rule().id(),
        finding.rule().severity().word(),
        finding.line(),
        finding.message(),
        accepted.reason());
  }
}
