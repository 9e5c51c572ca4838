package tminus.markdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Timing;

/// The sections that are open while a flow of blocks is read: each goes to the innermost, and a
/// heading closes those of its level and deeper.
final class Outline {

  /// A section whose content is still being read.
  ///
  /// @param bold whether bold words stand for its heading
  private record Open(Heading heading, Setting setting, List<Node> content, boolean bold) {}

  /// @param marks what words of it were taken for
  /// @param start where the heading stands in the source, and where it ends
  record Heading(
      int level, String title, Optional<Timing> timing, List<Mark> marks, int start, int end) {}

  private final Source source;
  private final boolean inItem;
  private final Deque<Open> open = new ArrayDeque<>();

  /// The words that introduce the next list: `Roll back if:`; empty when none do.
  private String intro = "";

  private Outline(Source source, boolean inItem, int level, Setting setting) {
    this.source = source;
    this.inItem = inItem;
    open.push(
        new Open(
            new Heading(level, "", Optional.empty(), List.of(), 0, 0),
            setting,
            new ArrayList<>(),
            false));
  }

  /// The outline of a document.
  static Outline of(Source source, Setting setting) {
    return new Outline(source, false, 0, setting);
  }

  /// The outline of what stands in an entry of a list here.
  Outline inEntry(Setting setting) {
    return new Outline(source, inItem, level(), setting);
  }

  /// The outline of what stands in an item here.
  Outline inItem(Setting setting) {
    return new Outline(source, true, level(), setting);
  }

  /// Whether a heading opens a section of that purpose here. What an item holds belongs to the
  /// item, whatever stands above it; but a way back is never part of the way forward.
  boolean opens(Purpose purpose) {
    return !inItem || (purpose == Purpose.ROLLBACK && setting().purpose() != Purpose.ROLLBACK);
  }

  Setting setting() {
    return top().setting();
  }

  int level() {
    return top().heading().level();
  }

  String intro() {
    return intro;
  }

  void introduce(String words) {
    intro = Texts.plain(words);
  }

  private Open top() {
    return open.element();
  }

  void add(Node node) {
    List<Node> content = top().content();
    if (node instanceof Line line
        && !content.isEmpty()
        && content.getLast() instanceof Script script) {
      Script expecting = Scripts.expecting(script, line);
      content.set(content.size() - 1, expecting);
      // What a machine holds against the output is not asked of a person.
      content.add(expecting.equals(script) ? line : line.without(Mark.Task.class));
    } else {
      content.add(node);
    }
    intro = "";
  }

  /// Closes the sections of this level and deeper.
  void closeTo(int level) {
    while (open.size() > 1 && top().heading().level() >= level) {
      closeTop();
    }
  }

  /// Closes the sections that only bold words opened.
  void closeBold() {
    while (open.size() > 1 && top().bold()) {
      closeTop();
    }
  }

  void open(Heading heading, Setting setting, boolean bold) {
    open.push(new Open(heading, setting, new ArrayList<>(), bold));
    intro = "";
  }

  private void closeTop() {
    Open closed = open.pop();
    add(section(closed));
  }

  private Section section(Open closed) {
    Heading heading = closed.heading();
    int end = heading.end();
    for (Node node : closed.content()) {
      end = Math.max(end, node.span().end());
    }
    return new Section(
        source.span(heading.start(), end),
        heading.level(),
        heading.title(),
        heading.timing(),
        closed.setting().purpose(),
        heading.marks(),
        SignOffs.byAuthority(closed.content()));
  }

  /// Closes all, and gives what was read.
  List<Node> close() {
    closeTo(Integer.MIN_VALUE);
    return top().content();
  }
}
