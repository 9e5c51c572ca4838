package tminus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.checklist.Checklist;
import tminus.core.run.FilledDocument;
import tminus.engine.Runs;
import tminus.markdown.MarkdownReader;
import tminus.server.report.RunReport;

/// Writes a run's record: the filled-in document, and a report.
@Command(
    name = "report",
    description = "Write a run's filled-in document (.md) and its report (.html, .pdf).")
final class ReportCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Store store = new Store();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run, or the beginning or end of its name (default: the latest).")
  private @Nullable String run;

  @Option(names = "--out", paramLabel = "DIR", description = "Where to (default: .tminus/reports).")
  private @Nullable Path out;

  @Option(
      names = "--footnotes",
      description = "Add the evidence to the document as footnotes: who, when, commands, output.")
  private boolean footnotes;

  ReportCommand(Console console) {
    this.console = console;
  }

  /// Where a record was written.
  record Written(Path document, Path report, Path paper) {}

  @Override
  public Integer call() {
    Runs runs = store.existing(console);
    try (var _ = runs.journal()) {
      Runs.View view = Store.find(runs, Optional.ofNullable(run));
      Path folder =
          out == null ? store.folder(console).resolve("reports") : console.folder().resolve(out);
      Written written = write(runs, view, folder, footnotes);
      console.line("%s", written.document());
      console.line("%s", written.report());
      console.line("%s", written.paper());
      return ExitCode.DONE.code();
    }
  }

  static Written write(Runs runs, Runs.View view, Path folder) {
    return write(runs, view, folder, false);
  }

  private static Written write(Runs runs, Runs.View view, Path folder, boolean footnotes) {
    String text = runs.journal().document(view.id());
    Checklist checklist = MarkdownReader.read(view.state().plan().file(), text);
    FilledDocument document = new FilledDocument(text, checklist, view.state(), view.events());
    String filled = document.text();
    String written = footnotes ? document.withFootnotes() : filled;
    boolean holds = runs.journal().firstBroken(view.id()).isEmpty();
    String report = RunReport.html(view, filled, holds);
    try {
      Files.createDirectories(folder);
      return new Written(
          WholeFile.replace(folder.resolve(view.id() + ".md"), written.getBytes(UTF_8)),
          WholeFile.replace(folder.resolve(view.id() + ".html"), report.getBytes(UTF_8)),
          WholeFile.replace(folder.resolve(view.id() + ".pdf"), RunReport.pdf(view, report)));
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be written (%s) - choose another folder with --out"
              .formatted(folder, e.getMessage()));
    }
  }
}
