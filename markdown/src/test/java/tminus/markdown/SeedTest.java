package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Expectation;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Mark.Blank.Role;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Template;
import tminus.core.checklist.Timing;
import tminus.core.plan.Binding;
import tminus.core.plan.Placeholders;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Step;

/// The whole reading of the seeds, in numbers, and facts about single lines of them.
class SeedTest {

  /// Everything a checklist holds, without its nesting.
  private static final class Flat {
    final List<Section> sections = new ArrayList<>();
    final List<Item> items = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    final List<Script> scripts = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    final List<Template> templates = new ArrayList<>();
    final List<Mark> marks = new ArrayList<>();

    private final String text;

    private Flat(String text) {
      this.text = text;
    }

    static Flat of(int seed) {
      Flat flat = new Flat(Seeds.text(seed));
      flat.add(Seeds.read(seed).root().content());
      return flat;
    }

    private void add(List<Node> nodes) {
      for (Node node : nodes) {
        switch (node) {
          case Section section -> {
            sections.add(section);
            add(section.content());
          }
          case Item item -> {
            items.add(item);
            add(item.line());
            add(item.content());
          }
          case Line line -> add(line);
          case Script script -> {
            scripts.add(script);
            commands.addAll(script.commands());
            script.commands().forEach(command -> marks.addAll(command.blanks()));
            script.commands().forEach(command -> marks.addAll(command.marks()));
            script.notes().forEach(this::add);
          }
          case Template template -> {
            templates.add(template);
            marks.addAll(template.blanks());
          }
        }
      }
    }

    private void add(Line line) {
      lines.add(line);
      marks.addAll(line.marks());
    }

    <M extends Mark> List<M> marks(Class<M> kind) {
      return marks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Line line(int number) {
      return lines.stream().filter(l -> l.span().line() == number).findFirst().orElseThrow();
    }

    <M extends Mark> M mark(int number, Class<M> kind) {
      return line(number).marks(kind).getFirst();
    }

    Section section(int number) {
      return sections.stream().filter(s -> s.span().line() == number).findFirst().orElseThrow();
    }

    /// The words of the line as the file has them, markup included.
    String said(int number) {
      return text.lines().skip(number - 1).findFirst().orElseThrow();
    }

    Command command(int number) {
      return commands.stream().filter(c -> c.span().line() == number).findFirst().orElseThrow();
    }
  }

  private static List<Integer> counts(ToIntFunction<Flat> count) {
    return IntStream.range(0, 5).mapToObj(seed -> count.applyAsInt(Flat.of(seed))).toList();
  }

  private static int blanks(Flat flat, Role role) {
    return (int) flat.marks(Mark.Blank.class).stream().filter(b -> b.role() == role).count();
  }

  @Test
  void everyBoxIsAnItem() {
    List<Integer> items =
        IntStream.range(0, 5).mapToObj(Seeds::read).map(Checklist::items).map(List::size).toList();
    assertThat(items).containsExactly(291, 124, 374, 63, 281);
  }

  @Test
  void everyShellFenceIsAScript() {
    assertThat(counts(flat -> flat.scripts.size())).containsExactly(48, 10, 39, 7, 32);
  }

  @Test
  void allElseIsPinnedInNumbers() {
    Map<String, ToIntFunction<Flat>> counts = new LinkedHashMap<>();
    counts.put("sections", flat -> flat.sections.size());
    counts.put("commands", flat -> flat.commands.size());
    counts.put("expectations a machine judges", flat -> expected(flat, false));
    counts.put("expectations for people", flat -> expected(flat, true));
    counts.put("messages", flat -> flat.templates.size());
    counts.put("fields", flat -> blanks(flat, Role.FIELD));
    counts.put("parameters", flat -> blanks(flat, Role.PARAMETER));
    for (Class<?> kind : Mark.class.getPermittedSubclasses()) {
      if (kind != Mark.Blank.class) {
        counts.put(
            kind.getSimpleName(),
            flat -> (int) flat.marks.stream().filter(kind::isInstance).count());
      }
    }
    StringBuilder table = new StringBuilder();
    counts.forEach(
        (name, count) -> table.append(name).append(' ').append(counts(count)).append('\n'));
    assertThat(table.toString())
        .isEqualTo(
            """
            sections [111, 43, 67, 46, 46]
            commands [106, 40, 53, 9, 36]
            expectations a machine judges [8, 0, 28, 0, 9]
            expectations for people [7, 0, 4, 0, 6]
            messages [6, 0, 1, 0, 0]
            fields [6, 0, 346, 6, 93]
            parameters [38, 2, 156, 0, 7]
            Choice [0, 0, 18, 0, 22]
            Responsible [0, 0, 48, 0, 0]
            SignOff [3, 0, 58, 5, 15]
            Authority [0, 0, 3, 0, 3]
            Evidence [0, 0, 48, 0, 0]
            Threshold [27, 10, 21, 10, 15]
            Criterion [5, 0, 3, 0, 0]
            Task [19, 7, 49, 11, 0]
            Shift [9, 3, 0, 6, 3]
            Wait [7, 0, 0, 0, 3]
            Trigger [9, 8, 15, 0, 0]
            IfApplicable [12, 3, 34, 0, 9]
            """);
  }

  private static int expected(Flat flat, boolean prose) {
    return (int)
        flat.commands.stream()
            .flatMap(command -> command.expectation().stream())
            .filter(e -> e instanceof Expectation.Prose == prose)
            .count();
  }

  @Test
  void everyUnderscoreBlankOutsideScriptsIsAField() {
    for (int seed = 0; seed < 5; seed++) {
      String text = Seeds.text(seed);
      long runs = Pattern.compile("_{3,}").matcher(text).results().count();
      assertThat(blanks(Flat.of(seed), Role.FIELD))
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo((int) runs);
    }
  }

  @Test
  void everySpanIsWhatItClaims() {
    for (int seed = 0; seed < 5; seed++) {
      Spans.check(Seeds.read(seed), Seeds.text(seed));
    }
  }

  @Test
  void readsTheFirstSeedsBlueGreenProcedure() {
    Flat flat = Flat.of(0);
    assertThat(flat.section(44).timing()).contains(new Timing.At(Duration.ofDays(-7)));
    assertThat(flat.section(613).purpose()).isEqualTo(Purpose.PROCEDURE);
    assertThat(flat.section(1051).purpose()).isEqualTo(Purpose.ROLLBACK);
    assertThat(flat.section(1138).purpose()).isEqualTo(Purpose.REFERENCE);
    assertThat(flat.mark(750, Mark.Wait.class).duration()).isEqualTo(Duration.ofMinutes(15));
    assertThat(flat.command(767).marks().getFirst())
        .isInstanceOfSatisfying(
            Mark.Shift.class, shift -> assertThat(shift.weight().percent()).isEqualTo(25));
    assertThat(flat.command(740).text().lines()).hasSize(8);
    assertThat(flat.command(937).expectation()).get().isInstanceOf(Expectation.Amount.class);
    assertThat(flat.command(903).expectation()).get().isInstanceOf(Expectation.Json.class);
    assertThat(flat.command(200).blanks()).hasSize(1);
    assertThat(flat.section(1070).purpose()).isEqualTo(Purpose.ROLLBACK);
    assertThat(flat.line(1321).marks(Mark.SignOff.class)).hasSize(3);
    assertThat(flat.mark(1063, Mark.Trigger.class).condition())
        .get()
        .hasToString("error rate > 2 % for 15 min");
  }

  @Test
  void readsTheSecondSeedsRollbackConditions() {
    Flat flat = Flat.of(1);
    assertThat(flat.mark(237, Mark.Trigger.class).condition())
        .get()
        .hasToString("error rate > 5 %");
    assertThat(flat.mark(443, Mark.Trigger.class).condition())
        .get()
        .hasToString("error rate > 5 % for 5 min");
    assertThat(flat.section(429).purpose()).isEqualTo(Purpose.REFERENCE);
    assertThat(flat.section(210).timing())
        .contains(new Timing.Between(Duration.ofMinutes(5), Duration.ofMinutes(30)));
    assertThat(flat.said(382)).contains("<" + flat.mark(382, Mark.Blank.class).name() + ">");
  }

  @Test
  void readsTheThirdSeedsStepsSignOffsAndGate() {
    Flat flat = Flat.of(2);
    assertThat(flat.section(499).level()).isEqualTo(4);
    assertThat(flat.section(464).purpose()).isEqualTo(Purpose.GATE);
    assertThat(flat.section(599).purpose()).isEqualTo(Purpose.ROLLBACK);
    assertThat(flat.mark(23, Mark.SignOff.class).role())
        .isEqualTo(flat.mark(22, Mark.Responsible.class).role());
    assertThat(flat.mark(485, Mark.Choice.class)).isEqualTo(flat.mark(486, Mark.Choice.class));
    assertThat(flat.said(1270))
        .isEqualTo("**" + flat.mark(1272, Mark.SignOff.class).role() + ":**");
    assertThat(flat.command(875).text().lines()).hasSize(3);
    assertThat(flat.command(855).expectation()).get().isInstanceOf(Expectation.Json.class);
    assertThat(flat.command(933).expectation()).get().isInstanceOf(Expectation.Count.class);
    assertThat(flat.line(1052).marks(Mark.Authority.class)).hasSize(2);
    assertThat(flat.mark(1040, Mark.Trigger.class).condition())
        .get()
        .hasToString("p99 latency > 5 s for 10 min");
    assertThat(flat.mark(1033, Mark.Trigger.class).condition())
        .get()
        .hasToString("tests passing < 95 %");
    assertThat(flat.command(827).expectation()).get().isInstanceOf(Expectation.All.class);
    assertThat(flat.mark(1306, Mark.Task.class).timing())
        .contains(new Timing.Between(Duration.ofDays(7), Duration.ofDays(28)));
  }

  @Test
  void readsTheFourthSeedsNumberedProcedure() {
    Flat flat = Flat.of(3);
    assertThat(flat.said(32)).isEqualTo("1. **" + flat.section(32).title() + "**");
    assertThat(flat.section(54).purpose()).isEqualTo(Purpose.ROLLBACK);
    assertThat(flat.section(146).purpose()).isEqualTo(Purpose.ROLLBACK);
    assertThat(flat.line(92).marks(Mark.Shift.class)).hasSize(4);
    assertThat(flat.said(222))
        .startsWith("- [ ] " + flat.mark(222, Mark.SignOff.class).role() + ": ");
    assertThat(flat.line(140).marks()).isEmpty();
  }

  @Test
  void readsTheFifthSeedsCutover() {
    Flat flat = Flat.of(4);
    assertThat(flat.section(388).timing())
        .contains(new Timing.Between(Duration.ofMinutes(56), Duration.ofMinutes(57)));
    assertThat(flat.mark(390, Mark.Shift.class).weight().percent()).isEqualTo(50);
    assertThat(flat.line(373).marks(Mark.Shift.class)).isEmpty();
    assertThat(flat.mark(246, Mark.Wait.class).duration()).isEqualTo(Duration.ofMinutes(1));
    assertThat(flat.mark(535, Mark.Choice.class).options()).hasSize(3);
    assertThat(flat.mark(202, Mark.Choice.class).options().getFirst().box()).isPresent();
    assertThat(flat.mark(577, Mark.Choice.class).options())
        .extracting(Mark.Choice.Option::positive)
        .containsExactly(true, false);
    assertThat(flat.section(620).purpose()).isEqualTo(Purpose.GATE);
    assertThat(flat.said(622)).endsWith(" " + flat.mark(622, Mark.Authority.class).role());
    assertThat(flat.mark(588, Mark.Shift.class).weight().percent()).isZero();
    assertThat(flat.said(383)).startsWith("  - " + flat.mark(383, Mark.Blank.class).name() + ": ");
    assertThat(flat.mark(616, Mark.SignOff.class).role())
        .isEqualTo(flat.mark(607, Mark.Authority.class).role());
    assertThat(flat.command(392).blanks()).hasSize(3);
    assertThat(flat.command(253).expectation()).get().isInstanceOf(Expectation.Json.class);
  }

  /// The steps of a seed's plan without a box, each as `line kind`.
  private static List<String> boxless(int seed) {
    Plan plan = Planner.plan(Seeds.read(seed), Binding.NONE);
    return Stream.concat(plan.steps().stream(), plan.rollback().stream())
        .filter(step -> step.form().equals(Step.Form.NONE))
        .map(step -> step.line() + " " + step.action().kind())
        .toList();
  }

  @Test
  void whatNoBoxAsksForIsAStepInItsPlace() {
    assertThat(boxless(0))
        .containsSubsequence(
            "738 act",
            "750 wait",
            "751 attest",
            "765 act",
            "769 wait",
            "770 attest",
            "781 act",
            "823 wait",
            "824 act",
            "826 wait",
            "827 act",
            "875 act",
            "879 wait",
            "880 attest",
            "883 act",
            "1071 act",
            "1087 attest",
            "1125 attest");
    assertThat(boxless(1))
        .containsSubsequence("213 attest", "217 act", "295 check", "299 attest", "303 act");
    assertThat(boxless(2))
        .containsSubsequence(
            "501 attest", "840 attest", "842 attest", "904 act", "907 attest", "1306 attest")
        .containsSubsequence("1062 attest", "1086 act", "1092 attest", "1093 attest");
    assertThat(boxless(3)).containsSubsequence("48 attest", "66 attest", "87 attest", "92 attest");
  }

  @Test
  void theAlternativeOfAScriptIsNotRun() {
    Plan plan = Planner.plan(Seeds.read(2), Binding.NONE);
    assertThat(Placeholders.inCommands(Seeds.read(2))).contains("PREVIOUS_VERSION");
    assertThat(plan.choices())
        .flatExtracting(
            choice -> choice.left().stream().flatMap(way -> way.content().stream()).toList())
        .extracting(entry -> entry.line())
        .contains(1096);
  }
}
