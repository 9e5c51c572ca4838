package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;

/// Each limit, at it and one past it. None of them makes a document unreadable.
class LimitsTest {

  @Test
  void aLongerPlaceholderIsText() {
    String name = "A".repeat(Limits.PLACEHOLDER_MAX);
    assertThat(line("[%s]".formatted(name)).marks(Mark.Blank.class)).hasSize(1);
    assertThat(line("[%sA]".formatted(name)).marks(Mark.Blank.class)).isEmpty();
  }

  @Test
  void aLongerLineHasNoMarks() {
    String fits = "____ " + "x".repeat(Limits.MARKED_LINE_MAX - 5);
    assertThat(line(fits).marks(Mark.Blank.class)).hasSize(1);
    assertThat(line(fits + "x").marks()).isEmpty();
    assertThat(line(fits + "x").text()).isEqualTo(fits + "x");
  }

  @Test
  void aLongerTargetIsText() {
    String target = "x".repeat(Limits.TARGET_MAX - 100);
    assertThat(line("[a](%s)".formatted(target)).text()).isEqualTo("a");
    String longer = "[a](%s)".formatted("x".repeat(Limits.TARGET_MAX + 1));
    assertThat(line(longer).text()).isEqualTo(longer);
  }

  @Test
  void whatIsNestedDeeperStaysText() {
    assertThat(items("> ".repeat(Limits.NESTING_MAX - 10) + "- [ ] x")).isEqualTo(1);
    assertThat(items("> ".repeat(Limits.NESTING_MAX + 1) + "- [ ] x")).isZero();
  }

  @Test
  void aDocumentWithMoreCellsThanItCouldWriteIsReadWithoutTables() {
    String head = "|a".repeat(1_000) + "|\n" + "|-".repeat(1_000) + "|\n";
    assertThat(line(head + "|x|\n".repeat(90)).text()).startsWith("a | a | a");
    assertThat(line(head + "|x|\n".repeat(120)).text()).startsWith("|a|a|a");
  }

  @Test
  void aMillionCellsAreReadWhereTheyAreWritten() {
    String rows = "|____|[X]|\n".repeat(510_000);
    assertThat(MarkdownReader.read("a.md", "|a|b|\n|-|-|\n" + rows).root().content())
        .hasSize(510_001);
  }

  private static int items(String text) {
    return MarkdownReader.read("a.md", text).items().size();
  }

  private static Line line(String text) {
    return (Line) MarkdownReader.read("a.md", text).root().content().getFirst();
  }
}
