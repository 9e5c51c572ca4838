package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Span;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Step;
import tminus.core.run.Decider;
import tminus.core.run.Decision;
import tminus.core.run.Event;
import tminus.core.run.FilledDocument;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.markdown.MarkdownReader;

/// The filled-in document differs from the original only where something was filled in: for random
/// runs, people and values.
class FilledDocumentTest {

  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

  /// Words that would break a careless writer: Markdown, regular expressions, other alphabets, line
  /// breaks.
  private static final List<String> VALUES =
      List.of(
          "12",
          "Ada",
          "$1 \\1 ${x}",
          "**bold** [ ] ____",
          "ключ 🔑",
          "two\nlines",
          "- [x] no item");

  @Test
  void ofTheShopsChecklist() throws IOException {
    check(Files.readString(Cli.home().resolve("examples/shop/PRODUCTION_DEPLOYMENT.md")), 40);
  }

  @Test
  void ofADocumentWithAllKindsOfPlaces() {
    String text =
        """
        # Odd\r
        \r
        **Who:** ____ **When:** ________\r
        \r
        * [ ] star\r
          + [ ] plus ____ % (target: < 5 %)\r
          1. [ ] one\r
        - [X] ticked already\r
        - [ ]\r
        \r
        > - [ ] quoted **[ ] GO  [ ] NO-GO**\r
        \r
        **Status: ✓ HEALTHY / ⚠ WARNINGS / ✗ ISSUES**\r
        \r
        - [ ] **GO** - on\r
        - [ ] **NO-GO** - stop ([VERSION], v[VERSION])\r
        """;
    check(text, 60);
  }

  @Test
  void ofTheRealChecklists() throws IOException {
    for (Path seed : Cli.seeds()) {
      check(Files.readString(seed), 4);
    }
  }

  private static void check(String text, int runs) {
    Plan plan =
        Planner.plan(
            MarkdownReader.read("a.md", text),
            new Binding(Map.of("VERSION", "v9.9.9"), Map.of(), false, 1));
    for (int seed = 0; seed < runs; seed++) {
      RunState state = randomRun(plan, new Random(seed));
      String filled = FilledDocument.fill(text, state);
      assertKept(text, filled, places(plan), "seed " + seed);
      long done =
          state.steps().keySet().stream()
              .filter(id -> state.step(id).phase().name().equals("DONE"))
              .filter(id -> plan.step(id).orElseThrow().form().box().isPresent())
              .count();
      assertThat(
              MarkdownReader.read("a.md", filled).items().stream()
                  .filter(item -> item.ticked())
                  .count())
          .as("ticked boxes, seed %d", seed)
          .isGreaterThanOrEqualTo(done);
    }
  }

  private static List<Span> places(Plan plan) {
    List<Span> places = new ArrayList<>();
    plan.placeholders().forEach(blank -> places.add(blank.span()));
    Stream.concat(plan.steps().stream(), plan.rollback().stream())
        .map(Step::form)
        .forEach(form -> {
          form.box().ifPresent(places::add);
          form.fields().forEach(blank -> places.add(blank.span()));
          form.signatures().forEach(blank -> places.add(blank.span()));
          for (Mark.Choice choice : form.choices()) {
            choice
                .options()
                .forEach(option ->
                    places.add(
                        option
                            .box()
                            .orElse(
                                new Span(
                                    option.span().line(),
                                    option.span().start(),
                                    option.span().start()))));
          }
        });
    places.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
    return places;
  }

  /// What stands between the places stands in the filled document too, in the same order, from its
  /// first character to its last.
  private static void assertKept(String text, String filled, List<Span> places, String which) {
    int from = 0;
    int at = 0;
    for (Span place : places) {
      if (place.start() < from) {
        continue;
      }
      String kept = text.substring(from, place.start());
      int found = from == 0 ? (filled.startsWith(kept) ? 0 : -1) : filled.indexOf(kept, at);
      assertThat(found)
          .as("%s: '%s' of line %d is kept", which, kept, place.line())
          .isNotNegative();
      at = found + kept.length();
      from = place.end();
    }
    assertThat(filled.substring(at)).as(which).endsWith(text.substring(from));
  }

  private static RunState randomRun(Plan plan, Random random) {
    RunCommand.Start start =
        new RunCommand.Start(plan, "hash", Event.CommandPolicy.NEVER, Optional.empty());
    RunState state = RunState.start(new Recorded(NOW, "Ada", Decider.begin(start)));
    for (int i = 0; i < 3 * plan.steps().size() + 50 && state.status() != Status.FINISHED; i++) {
      List<Step> open = state.open();
      RunCommand command = new RunCommand.Advance();
      if (!open.isEmpty() && random.nextInt(4) > 0) {
        command = word(open.get(random.nextInt(open.size())), random);
      } else if (random.nextInt(400) == 0) {
        command = new RunCommand.RollBack("random");
      }
      if (Decider.decide(state, command, "Ada", NOW)
          instanceof Decision.Accepted(List<Event> events)) {
        for (Event event : events) {
          state = state.evolve(new Recorded(NOW, "Ada", event));
        }
      }
    }
    return state;
  }

  private static RunCommand word(Step step, Random random) {
    if (random.nextInt(10) == 0) {
      return new RunCommand.Skip(step.id(), "not today");
    }
    Map<Integer, String> fields = new HashMap<>();
    for (int i = 0; i < step.form().fields().size(); i++) {
      if (random.nextInt(5) > 0) {
        fields.put(i, VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    Map<Integer, Integer> choices = new HashMap<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      int options = step.form().choices().get(i).options().size();
      choices.put(i, random.nextInt(8) == 0 ? random.nextInt(options) : 0);
    }
    return new RunCommand.Sign(step.id(), fields, choices);
  }
}
