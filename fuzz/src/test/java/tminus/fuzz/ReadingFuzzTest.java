package tminus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Elements;
import tminus.core.lint.Finding;
import tminus.core.lint.Lint;
import tminus.core.lint.Linter;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.run.FilledDocument;
import tminus.core.run.RunState;
import tminus.engine.Json;
import tminus.markdown.MarkdownReader;

/// Any text is a checklist that can be planned, run, filled in and looked over.
class ReadingFuzzTest {

  private static final String NAME = "fuzz.md";

  /// Slower than written, since that is where durations grow.
  private static final double PACE = 0.5;

  @FuzzTest
  void reading(byte[] bytes) {
    check(Inputs.text(bytes));
  }

  static void check(String text) {
    Checklist checklist = MarkdownReader.read(NAME, text);
    assertThat(MarkdownReader.read(NAME, text)).isEqualTo(checklist);
    Places.check(checklist, text);
    Elements.of(checklist, text);
    Plan plan = planned(checklist, Binding.NONE);
    assertThat(filled(text, checklist, RandomRun.started(plan))).isEqualTo(text);
    Map<String, String> values = new LinkedHashMap<>();
    plan.missing().forEach(name -> values.put(name, "v1.2.3"));
    Plan bound = planned(checklist, new Binding(values, Map.of(), true, PACE));
    assertThat(bound.missing()).isEmpty();
    filled(text, checklist, plan);
    filled(text, checklist, bound);
    lint(checklist, text);
  }

  /// A plan is what was planned once more, also when it went through the journal.
  private static Plan planned(Checklist checklist, Binding binding) {
    Plan plan = Planner.plan(checklist, binding);
    assertThat(Planner.plan(checklist, binding)).isEqualTo(plan);
    assertThat(Json.hash(plan)).isEqualTo(Json.sha256(Json.write(plan)));
    byte[] written = Json.write(plan).getBytes(StandardCharsets.UTF_8);
    assertThat(Json.read(new String(written, StandardCharsets.UTF_8), Plan.class)).isEqualTo(plan);
    return plan;
  }

  /// The document without the rows that a run adds to its deployment log.
  private static String filled(String text, Checklist checklist, RunState state) {
    return new FilledDocument(text, checklist, state, List.of()).text();
  }

  private static void filled(String text, Checklist checklist, Plan plan) {
    RunState state = RandomRun.of(plan, text.hashCode());
    String filled = filled(text, checklist, state);
    Places.kept(text, filled, Places.open(plan));
    Places.check(MarkdownReader.read(NAME, filled), filled);
  }

  private static void lint(Checklist checklist, String text) {
    Lint lint = Linter.lint(checklist, text, Binding.NONE);
    assertThat(Linter.lint(checklist, text, Binding.NONE)).isEqualTo(lint);
    int last = 0;
    for (Finding finding : lint.findings()) {
      assertThat(finding.line()).isGreaterThanOrEqualTo(last);
      last = finding.line();
      finding
          .edit()
          .ifPresent(edit -> assertThat(edit.span().end()).isLessThanOrEqualTo(text.length()));
    }
    assertThat(last).isLessThanOrEqualTo(1 + (int) text.chars().filter(c -> c < ' ').count());
  }
}
