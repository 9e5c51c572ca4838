package tminus.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.ExpectationJudge;
import tminus.core.checklist.Expectations;
import tminus.core.checklist.Item;
import tminus.core.checklist.Judgement;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Section;
import tminus.core.checklist.Span;
import tminus.core.judge.ConditionGrammar;
import tminus.core.lint.Finding;
import tminus.core.lint.Linter;
import tminus.core.plan.Action;
import tminus.core.plan.Binding;
import tminus.core.plan.Planner;

/// Each limit, at it and one past it.
class LimitsTest {

  private static final Span SPAN = new Span(1, 0, 9);

  @Test
  void aWaitLastsACenturyAtMost() {
    assertThat(planned(Limits.WAIT_MAX.minusDays(1), 1)).isEqualTo(Limits.WAIT_MAX.minusDays(1));
    assertThat(planned(Limits.WAIT_MAX.plusDays(1), 1)).isEqualTo(Limits.WAIT_MAX);
    assertThat(planned(Duration.ofDays(999_999 * 30L), 0.5)).isEqualTo(Limits.WAIT_MAX);
    assertThat(planned(Duration.ofDays(999_999 * 30L), 2)).isEqualTo(Limits.WAIT_MAX.dividedBy(2));
  }

  private static Duration planned(Duration wait, double pace) {
    Line line = new Line(SPAN, "wait", List.of(new Mark.Wait(SPAN, wait)));
    Item item = new Item(SPAN, new Span(1, 2, 5), false, line, List.of());
    Section root =
        new Section(
            SPAN, 0, "", Optional.empty(), Section.Purpose.PROCEDURE, List.of(), List.of(item));
    Binding binding = new Binding(Map.of(), Map.of(), false, pace);
    Action action =
        Planner.plan(new Checklist("a.md", "", root), binding).steps().getFirst().action();
    return ((Action.Wait) action).duration();
  }

  @Test
  void aLongerExpectationIsProse() {
    String words = "Expected: \"";
    String fits = words + "x".repeat(Limits.EXPECTATION_MAX - words.length() - 1) + '"';
    assertThat(Expectations.read(List.of(fits), "")).isInstanceOf(Expectation.Literal.class);
    assertThat(Expectations.read(List.of(fits + " "), "")).isInstanceOf(Expectation.Prose.class);
  }

  @Test
  void jsonIsReadToADepthALengthOfNamesAndANumberOfValues() {
    // The object around it is one level.
    assertThat(found(Limits.JSON_DEPTH_MAX - 1)).isTrue();
    assertThat(found(Limits.JSON_DEPTH_MAX)).isFalse();
    assertThat(found("{\"%s\":".formatted("n".repeat(Limits.JSON_PATH_MAX - 2)), "}")).isTrue();
    assertThat(found("{\"%s\":".formatted("n".repeat(Limits.JSON_PATH_MAX - 1)), "}")).isFalse();
    // The status is one value, the 0 another.
    assertThat(found("[" + "1,".repeat(Limits.JSON_VALUES_MAX - 2), "]")).isTrue();
    assertThat(found("[" + "1,".repeat(Limits.JSON_VALUES_MAX - 1), "]")).isFalse();
  }

  private static boolean found(int lists) {
    return found("[".repeat(lists), "]".repeat(lists));
  }

  /// Whether a status is found in JSON that has more beside it.
  private static boolean found(String before, String after) {
    Expectation status = Expectations.read(List.of("Expected: {\"status\": \"ok\"}"), "");
    String output = "{\"a\": " + before + "0" + after + ", \"status\": \"ok\"}";
    return ExpectationJudge.judge(status, output) instanceof Judgement.Met;
  }

  @Test
  void aLongerLineHoldsNoCondition() {
    String words = "error rate < 1%";
    String fits = " ".repeat(Limits.CONDITION_LINE_MAX - words.length()) + words;
    assertThat(ConditionGrammar.find(fits)).hasSize(1);
    assertThat(ConditionGrammar.find(" " + fits)).isEmpty();
  }

  @Test
  void soManyRolesAreLookedFor() {
    assertThat(roles(Limits.ROLES_MAX)).isEqualTo(Limits.ROLES_MAX);
    assertThat(roles(Limits.ROLES_MAX + 1)).isEqualTo(Limits.ROLES_MAX);
  }

  private static long roles(int many) {
    List<Node> lines =
        IntStream.range(0, many)
            .<Node>mapToObj(
                i -> new Line(SPAN, "x", List.of(new Mark.Responsible(SPAN, "Baker " + i))))
            .collect(Collectors.toList());
    Section root =
        new Section(SPAN, 0, "", Optional.empty(), Section.Purpose.PROCEDURE, List.of(), lines);
    return Linter.lint(new Checklist("a.md", "", root), "x".repeat(9), Binding.NONE)
        .findings()
        .stream()
        .map(Finding::rule)
        .filter(rule -> rule.id().equals("role-nobody-holds"))
        .count();
  }
}
