package tminus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.checklist.Element;
import tminus.core.checklist.Elements;
import tminus.core.checklist.Span;
import tminus.engine.Json;
import tminus.markdown.MarkdownReader;

/// Shows a document with its reading in the margin.
@Command(name = "read", description = "Show what every line of a checklist is taken for.")
final class ReadCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The checklist: any Markdown file.")
  private String file = "";

  @Option(names = "--json", description = "Every element with its attributes, as JSON.")
  private boolean json;

  ReadCommand(Console console) {
    this.console = console;
  }

  /// The JSON form of a reading: a contract with scripts that read it.
  ///
  /// @param elements each with `kind`, `line` from 1, and the attributes of its kind
  /// @param counts how many there are of each kind
  /// @param prose the lines taken for nothing
  private record Output(
      String file,
      List<Map<String, Object>> elements,
      Map<String, Integer> counts,
      List<Integer> prose) {}

  @Override
  public Integer call() {
    Document document = Document.read(console.folder(), file);
    Elements elements =
        Elements.of(MarkdownReader.read(document.name(), document.text()), document.text());
    if (json) {
      console.out().println(Json.pretty(output(document, elements)));
    } else {
      new ReadPrinter(console).print(document, elements);
    }
    return ExitCode.DONE.code();
  }

  private static Output output(Document document, Elements elements) {
    List<Map<String, Object>> flat = new ArrayList<>();
    for (Element element : elements.elements()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("kind", element.kind().word());
      one.put("line", element.span().line());
      one.putAll(element.facts());
      flat.add(one);
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    elements.counts().forEach((kind, count) -> counts.put(kind.word(), count));
    List<Integer> prose = elements.prose().stream().map(Span::line).distinct().toList();
    return new Output(document.name(), flat, counts, prose);
  }
}
