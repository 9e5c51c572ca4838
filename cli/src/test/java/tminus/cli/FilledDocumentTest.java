package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Item;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.run.FilledDocument;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.run.StepState.Phase;
import tminus.markdown.MarkdownReader;

/// The filled-in document differs from the original only where the reading has something to fill
/// in, and reads again as the same checklist: for random documents, runs, people and values. A
/// failure names its seed, and with `-Dtminus.seed=N` the test does that one alone.
class FilledDocumentTest {

  private static final int DOCUMENTS = 150;

  @Test
  void ofTheShopsChecklist() throws IOException {
    String text = Files.readString(Cli.home().resolve("examples/shop/PRODUCTION_DEPLOYMENT.md"));
    for (int seed = 0; seed < 20; seed++) {
      check(text, seed, "the shop");
    }
  }

  @Test
  void ofTheRealChecklists() throws IOException {
    for (Path file : Cli.seeds()) {
      String text = MarkdownReader.text(file.toString(), Files.readAllBytes(file));
      for (int seed = 0; seed < 5; seed++) {
        check(text, seed, String.valueOf(file.getFileName()));
      }
    }
  }

  @Test
  void ofGeneratedDocuments() {
    Integer one = Integer.getInteger("tminus.seed");
    int from = one == null ? 0 : one;
    int to = one == null ? DOCUMENTS : one + 1;
    for (int seed = from; seed < to; seed++) {
      String text = WeirdMarkdown.of(new Random(seed));
      check(text, seed, "a generated document");
    }
  }

  @Test
  void aLostByteIsNoticed() {
    String text = "# A\n\n- [ ] one ____\n- [ ] two\n";
    Fillable fillable = new Fillable(text, MarkdownReader.read("a.md", text));
    fillable.assertKept("# A\n\n- [x] one Ada\n- [ ] two\n", "the same");
    for (String other :
        List.of(
            "# A\n\n- [x] one Ada\n- [ ] tw\n",
            "# A\n\n- [x] one Ada\n\n- [ ] two\n",
            "# A\n\n- [x] oneAda\n- [ ] two\n",
            "# A\n\n- [?] one Ada\n- [ ] two\n",
            "# A\n\n- [x] one \n- [ ] two\n",
            "# A\n\n- [x] one Ada\n- [ ] two")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> fillable.assertKept(other, "another"))
          .isInstanceOf(AssertionError.class);
    }
  }

  private static void check(String text, int seed, String what) {
    String which =
        ("%s, seed %d (./mvnw test -pl cli -am -Dtest=FilledDocumentTest -Dtminus.seed=%d"
                + " -Dsurefire.failIfNoSpecifiedTests=false)%n%s")
            .formatted(what, seed, seed, what.startsWith("a gen") ? text : "");
    Checklist checklist = MarkdownReader.read("a.md", text);
    Random random = new Random(seed);
    Map<String, String> parameters =
        random.nextBoolean()
            ? Map.of("VERSION", "v9.9.9", "TIME", "12:00", "pod-name", "shop-1")
            : Map.of();
    Plan plan = Planner.plan(checklist, new Binding(parameters, Map.of(), random.nextBoolean(), 1));
    List<Recorded> events = RandomRun.of(plan, random);
    RunState state = RunState.of(events);
    FilledDocument document = new FilledDocument(text, checklist, state, events);
    String filled = document.text();
    new Fillable(text, checklist).assertKept(filled, which);
    which += "--- filled in:\n" + filled;
    assertReadsTheSame(checklist, MarkdownReader.read("a.md", filled), ticked(state), which);
    String noted = document.withFootnotes();
    assertReadsTheSame(checklist, MarkdownReader.read("a.md", noted), ticked(state), which);
    assertThat(withoutFootnotes(noted, filled, text)).as(which).isEqualTo(filled);
    byte[] bytes = filled.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .as("no half characters")
        .isEqualTo(filled);
  }

  /// The document without the marks, and cut where the first note begins.
  private static String withoutFootnotes(String noted, String filled, String text) {
    String label = filled.contains("[^tminus-") ? "tminus-run" : "tminus";
    int notes = noted.indexOf("\n[^" + label + "-1]: ");
    String body = notes < 0 ? noted : noted.substring(0, notes + 1);
    String unmarked = body.replaceAll(" \\[\\^" + label + "-\\d+]", "");
    // Before the notes stands an empty line, and a line end where the document had none.
    return notes < 0
        ? unmarked
        : unmarked.substring(0, unmarked.length() - gap(unmarked, text).length());
  }

  private static String gap(String body, String text) {
    String end = body.endsWith("\r\n") ? "\r\n" : "\n";
    return text.endsWith("\n") ? end : end + end;
  }

  private static Set<Span> ticked(RunState state) {
    Set<Span> boxes = new HashSet<>();
    state
        .steps()
        .forEach((id, at) -> {
          if (at.phase() == Phase.DONE) {
            state.plan().step(id).orElseThrow().form().box().ifPresent(boxes::add);
          }
          at.choices()
              .forEach((choice, option) ->
                  state
                      .plan()
                      .step(id)
                      .orElseThrow()
                      .form()
                      .choices()
                      .get(choice)
                      .options()
                      .get(option)
                      .box()
                      .ifPresent(boxes::add));
        });
    return boxes;
  }

  private static List<Integer> lines(List<Item> items) {
    return items.stream().map(item -> item.span().line()).toList();
  }

  private static void assertReadsTheSame(
      Checklist before, Checklist after, Set<Span> ticked, String which) {
    List<Item> items = before.items();
    List<Item> filled = after.items();
    assertThat(filled)
        .as("items %s became %s, %s", lines(items), lines(filled), which)
        .hasSameSizeAs(items);
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      assertThat(filled.get(i).parts().size())
          .as("parts of line %d, %s", item.span().line(), which)
          .isEqualTo(item.parts().size());
      assertThat(filled.get(i).ticked())
          .as("box of line %d, %s", item.span().line(), which)
          .isEqualTo(item.ticked() || ticked.contains(item.box()));
      boolean fixed =
          item.line().marks(Mark.Blank.class).isEmpty()
              && item.line().marks(Mark.Choice.class).isEmpty();
      if (fixed) {
        assertThat(filled.get(i).line().text().replaceAll(" ?\\[\\^tminus(-run)*-\\d+]", ""))
            .as(which)
            .isEqualTo(item.line().text());
      }
    }
  }
}
