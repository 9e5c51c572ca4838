package tminus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.checklist.Checklist;
import tminus.core.lint.Finding;
import tminus.core.lint.Lint;
import tminus.core.lint.Linter;
import tminus.core.lint.Severity;
import tminus.core.plan.Binding;
import tminus.engine.Json;
import tminus.markdown.MarkdownReader;

/// Says what proves nothing.
@Command(
    name = "lint",
    description =
        "Say what a checklist proves nothing by, hides or contradicts; --explain tells of each rule.")
final class LintCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "The checklists: any Markdown files.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--json", description = "The findings as JSON; the same as --format json.")
  private boolean json;

  @Option(names = "--sarif", description = "The findings as SARIF 2.1.0: --format sarif.")
  private boolean sarif;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json or sarif (default: text).")
  private Format format = Format.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      description =
          "Exit 1 from this severity on: error, warning, info, or never (default: warning).")
  private Level failOn = Level.WARNING;

  @Option(
      names = "--explain",
      paramLabel = "RULE",
      arity = "0..1",
      fallbackValue = "",
      description = "What a rule is about; without a name, the list of all.")
  private @Nullable String explain;

  @Option(names = "--accepted", description = "List the findings that the documents accept, too.")
  private boolean accepted;

  @Option(
      names = "--fix",
      description = "Write a copy with the safe fixes made: NAME.fixed.md beside the file.")
  private boolean fix;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where --fix writes its copy; for one checklist.")
  private @Nullable Path out;

  @Option(
      names = "--binding",
      paramLabel = "FILE",
      description = "The binding (default: tminus.yaml beside each FILE).")
  private @Nullable Path binding;

  LintCommand(Console console) {
    this.console = console;
  }

  /// How findings come out.
  enum Format {
    TEXT,
    JSON,
    SARIF
  }

  /// The severity from which on findings make the exit code 1.
  enum Level {
    ERROR,
    WARNING,
    INFO,
    NEVER;

    private boolean includes(Severity severity) {
      return switch (this) {
        case ERROR -> severity == Severity.ERROR;
        case WARNING -> severity != Severity.INFO;
        case INFO -> true;
        case NEVER -> false;
      };
    }
  }

  /// One document with what is to be said of it.
  record Linted(Document document, Lint lint) {

    long count(Severity severity) {
      return lint.findings().stream().filter(f -> f.rule().severity() == severity).count();
    }
  }

  @Override
  public Integer call() {
    if (explain != null) {
      new LintPrinter(console).explain(explain);
      return ExitCode.DONE.code();
    }
    check();
    List<Linted> linted = files.stream().distinct().map(this::lint).toList();
    switch (chosen()) {
      case TEXT -> new LintPrinter(console).print(linted, accepted);
      case JSON -> console.out().println(Json.pretty(LintJson.of(linted)));
      case SARIF -> console.out().println(Json.pretty(Sarif.of(linted)));
    }
    if (fix) {
      linted.forEach(this::fix);
    }
    boolean failed =
        linted.stream()
            .flatMap(each -> each.lint().findings().stream())
            .map(Finding::rule)
            .anyMatch(rule -> failOn.includes(rule.severity()));
    return (failed ? ExitCode.FINDINGS : ExitCode.DONE).code();
  }

  private void check() {
    List<String> problems = new ArrayList<>();
    if (files.isEmpty()) {
      problems.add(
          "no file is named - name the checklists, for example: tminus lint PRODUCTION_DEPLOYMENT.md");
    }
    if ((json && format == Format.SARIF) || (sarif && format == Format.JSON) || (json && sarif)) {
      problems.add("--json, --sarif: two formats at once - choose one");
    }
    if (out != null && (!fix || files.size() != 1)) {
      problems.add("--out: says where --fix writes the copy of one file - give --fix and one FILE");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  private Format chosen() {
    return json ? Format.JSON : sarif ? Format.SARIF : format;
  }

  private Linted lint(String file) {
    Document document = Document.read(console.folder(), file);
    Problems problems = new Problems();
    BindingFile bound =
        BindingFile.of(console.folder(), Optional.ofNullable(binding), document, problems);
    Checklist checklist = MarkdownReader.read(document.name(), document.text());
    Binding plan = InDocument.over(bound, document, checklist, problems).planning(Map.of(), 1);
    problems.check();
    return new Linted(document, Linter.lint(checklist, document.text(), plan));
  }

  private void fix(Linted linted) {
    Fixes fixes = Fixes.of(linted.document().text(), linted.lint().findings());
    String name = linted.document().name();
    if (fixes.made().isEmpty()) {
      console.err().println("%s: nothing to fix by itself, no copy written".formatted(name));
      return;
    }
    Path copy = copy(linted.document().path());
    if (copy.equals(linted.document().path())) {
      throw new UsageException(
          "--out: %s is the original, which is never changed - name another file".formatted(copy));
    }
    try {
      Files.writeString(copy, fixes.text());
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be written (%s) - choose another place with --out"
              .formatted(copy, e.getMessage()));
    }
    console.err().println("%s: %d fixed in %s".formatted(name, fixes.made().size(), copy));
    for (Finding finding : fixes.made()) {
      console
          .err()
          .println(
              "  line %d: %s [%s]".formatted(finding.line(), finding.fix(), finding.rule().id()));
    }
  }

  private Path copy(Path original) {
    if (out != null) {
      return console.folder().resolve(out).normalize();
    }
    String name = String.valueOf(original.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return original.resolveSibling(stem + ".fixed.md");
  }
}
