package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.regex.Pattern;
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

/// What must be true of the spans of any checklist: each is the place it says, and children stand
/// within their parents and in order.
final class Spans {

  private static final Pattern BLANK =
      Pattern.compile(
          "(?:\\\\?_){3,}|\\\\?\\[.*\\]|\\\\?<.*>|&lt;.*|(?:\\.{3}|…).*", Pattern.DOTALL);

  private final String text;
  private final Source source;

  private Spans(String text) {
    this.text = text;
    this.source = new Source(text);
  }

  static void check(Checklist checklist, String text) {
    new Spans(text).nodes(checklist.root().content(), checklist.root().span());
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

  private void inside(Span span, Span within) {
    boolean in = span.start() >= within.start() && span.end() <= within.end();
    if (!in || span.line() != source.line(span.start())) {
      fail("%s is not in %s, or in another line", span, within);
    }
  }

  private void item(Item item) {
    inside(item.box(), item.span());
    assertThat(item.box().in(text)).isIn("[ ]", "[x]", "[X]");
    assertThat(item.ticked()).isEqualTo(!item.box().in(text).equals("[ ]"));
    inside(item.line().span(), item.span());
    line(item.line());
    nodes(item.content(), item.span());
  }

  private void line(Line line) {
    // A choice of sibling items spans all of them.
    marks(line.marks().stream().filter(m -> !(m instanceof Mark.Choice)).toList(), line.span());
    line.marks(Mark.Choice.class).forEach(this::choice);
  }

  private void choice(Mark.Choice choice) {
    assertThat(choice.options()).hasSizeGreaterThan(1);
    for (Mark.Choice.Option option : choice.options()) {
      assertThat(option.label()).isNotBlank();
      option.box().ifPresent(box -> assertThat(box.in(text)).isIn("[ ]", "[x]", "[X]"));
      inside(option.span(), choice.span());
    }
  }

  private void script(Script script) {
    int last = script.span().start();
    for (Command command : script.commands()) {
      inside(command.span(), script.span());
      assertThat(command.span().start()).isGreaterThanOrEqualTo(last);
      last = command.span().end();
      marks(command.blanks(), command.span());
      marks(command.marks(), script.span());
    }
    script.notes().forEach(note -> inside(note.span(), script.span()));
    script.notes().forEach(this::line);
  }

  private void marks(List<? extends Mark> marks, Span within) {
    for (Mark mark : marks) {
      inside(mark.span(), within);
      if (mark instanceof Mark.Blank blank) {
        if (blank.name().isBlank() || !BLANK.matcher(blank.span().in(text)).matches()) {
          fail("%s is no blank: %s", blank, blank.span().in(text));
        }
      }
    }
  }
}
