package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tminus.core.checklist.Checklist;

/// What authors write, and what it is read as: the cases of `reading-*.txt`, each of a name, the
/// Markdown, and the outline ([Notation]) it gives. Each is read with line feeds, with carriage
/// returns, and after a byte order mark.
class ReadingTest {

  private record Case(String name, String markdown, String outline) {}

  @TestFactory
  Stream<DynamicTest> reads() {
    return Stream.of("items", "sections", "marks", "scripts", "tasks", "text", "foreign")
        .flatMap(subject -> cases(subject).stream().map(c -> test(subject, c)));
  }

  private static DynamicTest test(String subject, Case one) {
    return DynamicTest.dynamicTest(
        subject + ": " + one.name(),
        () -> {
          assertThat(outline(one.markdown())).isEqualTo(one.outline());
          assertThat(outline(one.markdown().replace("\n", "\r\n"))).isEqualTo(one.outline());
          assertThat(outline("\ufeff" + one.markdown())).isEqualTo(one.outline());
        });
  }

  private static String outline(String markdown) {
    Checklist checklist = MarkdownReader.read("case.md", markdown);
    Spans.check(checklist, markdown);
    return Notation.of(checklist, markdown);
  }

  /// Cases begin with `=== name`; `>>>` stands between the Markdown and the outline.
  private static List<Case> cases(String subject) {
    List<Case> cases = new ArrayList<>();
    for (String part : ("\n" + text("reading-" + subject + ".txt")).split("\n=== ", -1)) {
      int name = part.indexOf('\n');
      int outline = part.indexOf("\n>>>\n");
      if (outline > 0) {
        String markdown = part.substring(name + 1, outline + 1);
        cases.add(
            new Case(
                part.substring(0, name), markdown, part.substring(outline + 5).strip() + "\n"));
      }
    }
    assertThat(cases).isNotEmpty();
    return cases;
  }

  private static String text(String resource) {
    try (InputStream in = ReadingTest.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
