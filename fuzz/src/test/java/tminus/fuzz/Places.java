package tminus.fuzz;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;

/// The places of what was read: within the text, children within their parents, in order.
final class Places {

  private final String text;

  private Places(String text) {
    this.text = text;
  }

  static void check(Checklist checklist, String text) {
    Span all = checklist.root().span();
    if (all.start() != 0 || all.end() != text.length()) {
      fail("the document is %s of %d characters", all, text.length());
    }
    new Places(text).nodes(checklist.root().content(), all);
  }

  private void nodes(List<Node> nodes, Span within) {
    int last = within.start();
    for (Node node : nodes) {
      inside(node.span(), within);
      if (node.span().start() < last) {
        fail("%s stands before the node before it", node);
      }
      last = node.span().start();
      switch (node) {
        case Section section -> nodes(section.content(), section.span());
        case Item item -> item(item);
        case Line line -> line(line);
        case Script script -> script(script);
        case Template template -> marks(template.blanks(), template.span());
      }
    }
  }

  private void item(Item item) {
    inside(item.box(), item.span());
    if (!List.of("[ ]", "[x]", "[X]").contains(item.box().in(text))) {
      fail("%s is no box", item.box().in(text));
    }
    inside(item.line().span(), item.span());
    line(item.line());
    nodes(item.content(), item.span());
  }

  private void line(Line line) {
    // A choice of sibling items spans all of them.
    marks(line.marks().stream().filter(m -> !(m instanceof Mark.Choice)).toList(), line.span());
    for (Mark.Choice choice : line.marks(Mark.Choice.class)) {
      choice.options().forEach(option -> inside(option.span(), choice.span()));
    }
  }

  private void script(Script script) {
    int last = script.span().start();
    for (Command command : script.commands()) {
      inside(command.span(), script.span());
      if (command.span().start() < last) {
        fail("%s begins before the command before it ends", command);
      }
      last = command.span().end();
      marks(command.blanks(), command.span());
    }
  }

  private void marks(List<? extends Mark> marks, Span within) {
    marks.forEach(mark -> inside(mark.span(), within));
  }

  private static void inside(Span span, Span within) {
    if (span.start() < within.start() || span.end() > within.end()) {
      fail("%s is not in %s", span, within);
    }
  }

  /// Where a run of the plan may change the document, in order.
  static List<Span> open(Plan plan) {
    List<Span> places = new ArrayList<>();
    plan.placeholders().forEach(blank -> places.add(blank.span()));
    Stream.concat(plan.steps().stream(), plan.rollback().stream())
        .map(Step::form)
        .forEach(form -> {
          form.box().ifPresent(places::add);
          form.fields().forEach(blank -> places.add(blank.span()));
          form.signatures().forEach(blank -> places.add(blank.span()));
          form.choices().stream()
              .flatMap(choice -> choice.options().stream())
              .forEach(option -> places.add(option.box().orElseGet(() -> before(option.span()))));
        });
    places.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
    return places;
  }

  private static Span before(Span span) {
    return new Span(span.line(), span.start(), span.start());
  }

  /// What stands between these places stands in the filled document too, in the same order.
  static void kept(String text, String filled, List<Span> places) {
    int from = 0;
    int at = 0;
    boolean first = true;
    for (Span place : places) {
      if (place.start() < from) {
        continue;
      }
      String kept = text.substring(from, place.start());
      int found = filled.indexOf(kept, at);
      if (found < 0 || (first && found > 0)) {
        fail("'%s' before line %d is not kept", kept, place.line());
      }
      first = false;
      at = found + kept.length();
      from = place.end();
    }
    if (!filled.substring(at).endsWith(text.substring(from))) {
      fail("the end of the document is not kept");
    }
  }
}
