package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Element;
import tminus.core.checklist.Elements;
import tminus.core.checklist.Span;

/// The table of `docs/reading.md` says what is read, not what once was.
class ReadingNumbersTest {

  private static Elements elements(int seed) {
    return Elements.of(Seeds.read(seed), Seeds.text(seed));
  }

  private static String row(String name, List<Integer> numbers) {
    return "| %s | %s |"
        .formatted(name, numbers.stream().map(String::valueOf).collect(Collectors.joining(" | ")));
  }

  private static String documentation() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path page = folder.resolve("docs").resolve("reading.md");
      if (Files.isRegularFile(page)) {
        return new String(Seeds.bytes(page), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  @Test
  void theDocumentationSaysHowManyElementsTheSeedsHold() {
    List<Elements> seeds = IntStream.range(0, 5).mapToObj(ReadingNumbersTest::elements).toList();
    List<String> rows = new ArrayList<>();
    for (Element.Kind kind : Element.Kind.values()) {
      rows.add(
          row(kind.word(), seeds.stream().map(s -> s.counts().getOrDefault(kind, 0)).toList()));
    }
    rows.add(
        row(
            "lines left as prose",
            seeds.stream()
                .map(s -> (int) s.prose().stream().map(Span::line).distinct().count())
                .toList()));
    assertThat(documentation()).contains(String.join("\n", rows));
  }

  @Test
  void elementsStandInTheDocumentsOrderAndWithinTheText() {
    for (int seed = 0; seed < 5; seed++) {
      int last = 0;
      for (Element element : elements(seed).elements()) {
        assertThat(element.span().start()).isGreaterThanOrEqualTo(last);
        assertThat(element.span().end()).isLessThanOrEqualTo(Seeds.text(seed).length());
        last = element.span().start();
      }
    }
  }

  @Test
  void everyLineIsReadOrLeftAsProse() {
    for (int seed = 0; seed < 5; seed++) {
      Elements elements = elements(seed);
      List<Integer> told = new ArrayList<>();
      elements.elements().forEach(e -> told.add(e.span().line()));
      elements.prose().forEach(span -> told.add(span.line()));
      List<String> lines = Seeds.text(seed).lines().toList();
      boolean fenced = false;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        fenced ^= line.startsWith("```");
        boolean entry = line.startsWith("- ") || line.startsWith("#") || line.startsWith("**");
        if (!fenced && entry) {
          assertThat(told).as("seed %d, line %d", seed, i + 1).contains(i + 1);
        }
      }
    }
  }
}
