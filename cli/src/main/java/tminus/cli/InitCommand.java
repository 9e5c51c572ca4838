package tminus.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.checklist.Checklist;
import tminus.core.plan.Binding;
import tminus.core.plan.Planner;
import tminus.markdown.MarkdownReader;

/// Writes a first binding for a checklist.
@Command(
    name = "init",
    description = {
      "Write a tminus.yaml beside a checklist, with a proposal for each item whose words say enough.",
      "All proposals are comments: nothing changes until you take a # away."
    })
final class InitCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The checklist: any Markdown file.")
  private String file = "";

  @Option(names = "--print", description = "Print it, and write nothing.")
  private boolean print;

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Document document = Document.read(console.folder(), file);
    Checklist checklist = MarkdownReader.read(document.name(), document.text());
    String name = String.valueOf(document.path().getFileName());
    String binding = new Proposal(name, checklist, Planner.whole(checklist, Binding.NONE)).text();
    if (print) {
      console.out().print(binding);
      return ExitCode.DONE.code();
    }
    Path shown = Path.of(document.name()).resolveSibling(BindingFile.NAME);
    try {
      Files.writeString(console.folder().resolve(shown), binding, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      throw new UsageException(
          "%s: is there already, and is yours - see a new one with tminus init --print %s"
              .formatted(shown, document.name()));
    } catch (IOException e) {
      throw new UsageException(
          "%s: cannot be written (%s) - see it with tminus init --print %s"
              .formatted(shown, e.getMessage(), document.name()));
    }
    console.line("wrote %s; next: tminus plan %s", shown, document.name());
    return ExitCode.DONE.code();
  }
}
