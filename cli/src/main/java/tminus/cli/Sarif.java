package tminus.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;
import tminus.core.lint.Edit;
import tminus.core.lint.Finding;
import tminus.core.lint.Lint;
import tminus.core.lint.Linter;
import tminus.core.lint.Rule;
import tminus.core.lint.Severity;

/// Findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS standard, 27
/// March 2020), which code hosts and editors read. Accepted findings are in it, as suppressed.
final class Sarif {

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  record Log(@JsonProperty("$schema") String schema, String version, List<Run> runs) {}

  record Run(Tool tool, String columnKind, List<Result> results) {}

  record Tool(Driver driver) {}

  record Driver(String name, String semanticVersion, List<Descriptor> rules) {}

  record Descriptor(
      String id,
      Message shortDescription,
      Message fullDescription,
      Message help,
      Configuration defaultConfiguration) {}

  record Configuration(String level) {}

  record Message(String text) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Result(
      String ruleId,
      @JsonInclude(JsonInclude.Include.ALWAYS) int ruleIndex,
      String level,
      Message message,
      List<Location> locations,
      List<Fix> fixes,
      List<Suppression> suppressions) {}

  record Location(PhysicalLocation physicalLocation) {}

  record PhysicalLocation(Artifact artifactLocation, Region region) {}

  record Artifact(String uri) {}

  record Region(int startLine) {}

  record Suppression(String kind, String justification) {}

  record Fix(Message description, List<Change> artifactChanges) {}

  record Change(Artifact artifactLocation, List<Replacement> replacements) {}

  record Replacement(Deleted deletedRegion, Message insertedContent) {}

  record Deleted(int charOffset, int charLength) {}

  static Log of(List<LintCommand.Linted> linted) {
    List<Rule> rules = Linter.rules();
    List<Result> results = linted.stream().flatMap(each -> results(each, rules)).toList();
    Driver driver =
        new Driver("tminus", Main.VERSION, rules.stream().map(Sarif::descriptor).toList());
    return new Log(SCHEMA, "2.1.0", List.of(new Run(new Tool(driver), "utf16CodeUnits", results)));
  }

  private static Descriptor descriptor(Rule rule) {
    return new Descriptor(
        rule.id(),
        new Message(rule.title()),
        new Message(rule.why()),
        new Message(rule.mend()),
        new Configuration(level(rule.severity())));
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  private static Stream<Result> results(LintCommand.Linted linted, List<Rule> rules) {
    Artifact artifact = new Artifact(uri(linted.document().name()));
    Stream<Result> open =
        linted.lint().findings().stream().map(f -> result(f, artifact, rules, List.of()));
    Stream<Result> accepted =
        linted.lint().accepted().stream().map(a -> accepted(a, artifact, rules));
    return Stream.concat(open, accepted);
  }

  private static Result accepted(Lint.Accepted accepted, Artifact artifact, List<Rule> rules) {
    return result(
        accepted.finding(),
        artifact,
        rules,
        List.of(new Suppression("inSource", accepted.reason())));
  }

  private static Result result(
      Finding finding, Artifact artifact, List<Rule> rules, List<Suppression> suppressions) {
    return new Result(
        finding.rule().id(),
        rules.indexOf(finding.rule()),
        level(finding.rule().severity()),
        new Message(finding.message() + " - " + finding.fix()),
        List.of(new Location(new PhysicalLocation(artifact, new Region(finding.line())))),
        finding.edit().stream().map(edit -> fix(finding, edit, artifact)).toList(),
        suppressions);
  }

  private static Fix fix(Finding finding, Edit edit, Artifact artifact) {
    return new Fix(
        new Message(finding.fix()),
        List.of(
            new Change(
                artifact,
                List.of(
                    new Replacement(
                        new Deleted(edit.span().start(), edit.span().length()),
                        new Message(edit.text()))))));
  }

  /// A file's name as a URI reference: what may not stand in one is written with `%`.
  private static String uri(String name) {
    StringBuilder uri = new StringBuilder();
    for (byte b : name.replace('\\', '/').getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      uri.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return name.startsWith("/") ? "file://" + uri : uri.toString();
  }
}
