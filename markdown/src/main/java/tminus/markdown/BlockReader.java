package tminus.markdown;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;
import tminus.core.checklist.Timing;
import tminus.core.judge.ConditionGrammar;

/// Turns the parser's blocks into sections, items, lines, scripts and templates.
final class BlockReader {

  private final Source source;
  private final Blocks blocks;
  private final Contents contents;
  private final Set<Node> titles = new HashSet<>();

  private BlockReader(Source source) {
    this.source = source;
    this.blocks = new Blocks(source, FrontMatter.end(source));
    this.contents = new Contents(blocks);
  }

  /// Everything, under a section of level 0.
  static Section read(Source source) {
    BlockReader reader = new BlockReader(source);
    Setting setting = Setting.under("", Purpose.PROCEDURE, false, Optional.empty());
    Outline outline = Outline.of(source, setting);
    Node document = reader.blocks.document();
    reader.documentTitle(document);
    reader.children(document, outline);
    Span span = new Span(1, 0, source.text().length());
    return new Section(
        span, 0, "", Optional.empty(), Purpose.PROCEDURE, List.of(), outline.close());
  }

  /// The first heading is the document's title when no other is of its level or above: it says what
  /// the document is, not what it is for.
  private void documentTitle(Node document) {
    Optional<Heading> first = Optional.empty();
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading) {
        if (first.isEmpty()) {
          first = Optional.of(heading);
        } else if (heading.getLevel() <= first.get().getLevel()) {
          return;
        }
      }
    }
    first.ifPresent(titles::add);
  }

  private void children(Node parent, Outline outline) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      block(node, outline);
    }
  }

  private void block(Node node, Outline outline) {
    switch (node) {
      case Heading heading -> heading(heading, outline);
      case Paragraph paragraph -> paragraph(paragraph, 0, outline);
      case ListBlock list -> list(list, outline);
      case BlockQuote quote -> children(quote, outline);
      case FencedCodeBlock fence -> fence(fence, outline);
      case IndentedCodeBlock code -> raw(blocks.codeLines(code, code.getLiteral()), outline);
      case TableBlock table -> table(table, outline);
      case HtmlBlock html -> lines(blocks.words(html), outline);
      case ThematicBreak rule -> rule(rule, outline);
      default -> {}
    }
  }

  /// A rule; or, made of underscores in a list or after a label, a blank to write on.
  private void rule(ThematicBreak rule, Outline outline) {
    String text = source.text().substring(blocks.start(rule), blocks.end(rule));
    boolean asked = rule.getParent() instanceof ListItem || outline.intro().endsWith(":");
    if (!asked || !text.strip().startsWith("___")) {
      outline.closeBold();
      return;
    }
    Words words = Words.raw(source, text, blocks.start(rule), blocks.end(rule));
    Words blank = words.slice(0, words.length());
    String intro = outline.intro();
    String name = intro.endsWith(":") ? intro.substring(0, intro.length() - 1) : "";
    List<Mark> marks =
        List.copyOf(
            Blanks.in(
                blank,
                Blanks.Brackets.UPPER_CASE,
                LineMarks.otherwise(blank, name.isEmpty() ? outline.setting().title() : name)));
    outline.add(new Line(blank.span(), blank.text(), marks));
  }

  private void heading(Heading node, Outline outline) {
    Words words = blocks.words(node);
    Words title = words.slice(0, words.length());
    int level = Math.max(node.getLevel(), 1);
    outline.closeTo(level);
    Setting above = outline.setting();
    boolean boxes = contents.hasBoxes(node);
    Purpose purpose =
        titles.contains(node)
            ? Purpose.PROCEDURE
            : Purposes.of(title.text(), above.purpose(), above.preparing(), boxes);
    if (!outline.opens(purpose)) {
      lines(words, outline);
      return;
    }
    Outline.Heading heading =
        heading(
            level,
            title.text(),
            LineMarks.ofHeading(title, above),
            source.span(blocks.start(node), blocks.end(node)));
    outline.open(heading, setting(heading, above, purpose, titles.contains(node)), false);
    conditions(title, purpose, outline);
  }

  private static Outline.Heading heading(int level, String title, List<Mark> marks, Span span) {
    Optional<Timing> timing =
        title.length() > Limits.MARKED_LINE_MAX ? Optional.empty() : Timings.of(title);
    return new Outline.Heading(level, title, timing, marks, span.start(), span.end());
  }

  private static Setting setting(
      Outline.Heading heading, Setting above, Purpose purpose, boolean isDocumentTitle) {
    boolean early =
        heading
            .timing()
            .filter(t -> t instanceof Timing.At at && at.offset().isNegative())
            .isPresent();
    boolean preparing =
        !isDocumentTitle && (above.preparing() || early || Purposes.prepares(heading.title()));
    return above.deeper(
        Setting.under(heading.title(), purpose, preparing, Moves.weight(heading.title())));
  }

  /// `Automatic rollback (if error rate > 5 %)`: the condition is kept as a line of its own.
  private static void conditions(Words title, Purpose purpose, Outline outline) {
    int at = Texts.lower(title.text()).indexOf("(if ");
    if (purpose != Purpose.ROLLBACK || at < 0) {
      return;
    }
    int end = title.text().indexOf(')', at);
    Words words = title.slice(at + 1, end < 0 ? title.length() : end);
    List<ConditionGrammar.Found> found = ConditionGrammar.find(words.text());
    if (!found.isEmpty()) {
      Mark.Trigger trigger =
          new Mark.Trigger(words.span(), Optional.of(found.getFirst().condition()), words.text());
      outline.add(new Line(words.span(), words.text(), List.of(trigger)));
    }
  }

  private void paragraph(Node node, int skip, Outline outline) {
    Words words = blocks.words(node, skip);
    List<Words> lines = Lines.of(words);
    for (int i = 0; i < lines.size(); i++) {
      Words line = lines.get(i);
      boolean last = i == lines.size() - 1;
      boolean timed = last && Steps.isTimed(line) && Contents.introduces(node);
      if (timed || Steps.isStep(line)) {
        step(line, outline, Optional.empty());
      } else if (last && Steps.isRollback(line) && Contents.introduces(node)) {
        step(line, outline, Optional.of(Purpose.ROLLBACK));
      } else {
        outline.add(lineOrItem(line, outline.setting().outsideLists()));
        outline.introduce(last ? line.text() : "");
      }
    }
  }

  /// Bold words that stand for a heading: a section one level deeper than the real one.
  private void step(Words line, Outline outline, Optional<Purpose> purpose) {
    outline.closeBold();
    Setting above = outline.setting();
    String name =
        purpose.isPresent() ? line.label().map(Words.Label::name).orElse(line.text()) : line.text();
    String title = Texts.plain(name).endsWith(":") ? name.substring(0, name.length() - 1) : name;
    // Where more than the title stands there, it is read as a line too.
    List<Mark> marks = purpose.isPresent() ? List.of() : LineMarks.ofHeading(line, above);
    Outline.Heading heading = heading(outline.level() + 1, title, marks, line.span());
    Purpose own =
        purpose.orElseGet(() -> Purposes.of(title, above.purpose(), above.preparing(), true));
    if (!outline.opens(own)) {
      outline.add(LineMarks.line(line, above.outsideLists()));
      return;
    }
    outline.open(heading, setting(heading, above, own, false), true);
    if (purpose.isPresent()) {
      outline.add(LineMarks.line(line, outline.setting()));
    }
  }

  private void lines(Words words, Outline outline) {
    for (Words line : Lines.of(words)) {
      outline.add(lineOrItem(line, outline.setting().outsideLists()));
    }
  }

  /// A line; or an item, when its author meant one where Markdown sees none.
  private tminus.core.checklist.Node lineOrItem(Words words, Setting setting) {
    int at = Boxes.afterBullet(words, 0);
    if (at < 0) {
      return LineMarks.line(words, setting);
    }
    Span box = words.span(at, at + Boxes.LENGTH);
    Words own = words.slice(at + Boxes.LENGTH, words.length());
    boolean ticked = words.text().charAt(at + 1) != ' ';
    return new Item(words.span(), box, ticked, line(own, setting, box), List.of());
  }

  /// An item's words; they may be none.
  private Line line(Words words, Setting setting, Span box) {
    List<Mark> marks = LineMarks.marks(words, setting, LineMarks.Kind.ITEM, Optional.of(box));
    Span span = words.isEmpty() ? source.span(box.end(), box.end()) : words.span();
    return new Line(span, words.text(), marks);
  }

  private void raw(List<Words> lines, Outline outline) {
    for (Words line : lines) {
      Words words = line.slice(0, line.length());
      if (!words.isEmpty()) {
        List<Mark> marks =
            LineMarks.marks(words, outline.setting(), LineMarks.Kind.RAW, Optional.empty());
        outline.add(new Line(words.span(), words.text(), marks));
      }
    }
  }

  private void fence(FencedCodeBlock fence, Outline outline) {
    String info = fence.getInfo() == null ? "" : fence.getInfo().strip();
    String language = Texts.lower(info.split("[\\s{,]", 2)[0]);
    String literal = fence.getLiteral() == null ? "" : fence.getLiteral();
    List<Words> lines = blocks.codeLines(fence, literal);
    Span span = source.span(blocks.start(fence), blocks.end(fence));
    boolean plain = language.isEmpty() || language.equals("text") || language.equals("markdown");
    if (language.equals("tminus")) {
      outline.add(new Script(span, language, List.of()));
    } else if (Scripts.isShell(language)) {
      outline.add(Scripts.read(source, outline.setting(), span, language, lines));
    } else if (plain && Templates.isTemplate(lines, outline.intro(), outline.setting().title())) {
      outline.add(Templates.read(span, lines, outline.intro(), outline.setting().title()));
    } else if (plain && Scripts.looksLikeShell(lines)) {
      outline.add(Scripts.read(source, outline.setting(), span, language, lines));
    } else {
      raw(lines, outline);
    }
  }

  private void table(TableBlock table, Outline outline) {
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        if (row instanceof TableRow) {
          row(row, outline);
        }
      }
    }
  }

  private void row(Node row, Outline outline) {
    List<Words> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      if (cell instanceof TableCell) {
        Words words = blocks.words(cell);
        cells.add(words.slice(0, words.length()));
      }
    }
    Words all = Words.joined(source, cells, " | ", blocks.start(row));
    Words words = all.slice(0, all.length());
    Optional<tminus.core.checklist.Node> boxed = boxed(row, cells, outline);
    if (boxed.isPresent()) {
      outline.add(boxed.get());
    } else if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
      outline.add(row(words, source.span(blocks.start(row), blocks.end(row)), outline));
    }
  }

  /// The item that a row is whose cells hold one box, alone or before words: `| [ ] | Backed up |`.
  private Optional<tminus.core.checklist.Node> boxed(Node row, List<Words> cells, Outline outline) {
    List<Words> boxes = cells.stream().filter(Contents::isBoxed).toList();
    if (boxes.size() != 1) {
      return Optional.empty();
    }
    Words boxed = boxes.getFirst();
    Span box = boxed.span(0, Boxes.LENGTH);
    List<Words> rest = new ArrayList<>();
    for (Words cell : cells) {
      Words words = cell.equals(boxed) ? cell.slice(Boxes.LENGTH, cell.length()) : cell;
      if (!words.isEmpty()) {
        rest.add(words);
      }
    }
    Words all = Words.joined(source, rest, " | ", box.end());
    Words words = all.slice(0, all.length());
    Span span = source.span(blocks.start(row), blocks.end(row));
    Setting setting = outline.setting().outsideLists();
    boolean ticked = boxed.text().charAt(1) != ' ';
    return Optional.of(new Item(span, box, ticked, line(words, setting, box), List.of()));
  }

  private static Line row(Words words, Span span, Outline outline) {
    List<Mark> marks =
        LineMarks.marks(
            words, outline.setting().outsideLists(), LineMarks.Kind.LINE, Optional.empty());
    return new Line(span, words.text(), marks);
  }

  private void list(ListBlock list, Outline outline) {
    String intro = outline.intro();
    Setting setting = intro.isEmpty() ? outline.setting() : outline.setting().introducedBy(intro);
    Optional<Mark.Choice> choice = siblings(list);
    for (Node node = list.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof ListItem item && contents.isBoxed(item)) {
        item(item, setting, choice, outline);
      } else if (node instanceof ListItem item) {
        entry(item, setting, list instanceof OrderedList, intro, outline);
      }
    }
  }

  /// The choice that the boxes of a list make together: GO and NO-GO.
  private Optional<Mark.Choice> siblings(ListBlock list) {
    List<Words> words = new ArrayList<>();
    List<Span> boxes = new ArrayList<>();
    for (Node node = list.getFirstChild(); node != null; node = node.getNext()) {
      if (!(node instanceof ListItem item)
          || !contents.isBoxed(item)
          || !Choices.mayBeOption(blocks.beginning(item.getFirstChild()))) {
        return Optional.empty();
      }
      Words all = blocks.words(item.getFirstChild(), Boxes.LENGTH);
      words.add(all.slice(0, all.length()));
      boxes.add(box(item));
    }
    return Choices.siblings(words, boxes);
  }

  private Span box(ListItem item) {
    int start = blocks.textStart(item.getFirstChild());
    return source.span(start, start + Boxes.LENGTH);
  }

  private void item(ListItem node, Setting setting, Optional<Mark.Choice> choice, Outline outline) {
    Span box = box(node);
    List<Words> lines = Lines.of(blocks.words(node.getFirstChild(), Boxes.LENGTH));
    Words words = lines.isEmpty() ? Words.raw(source, "", box.end(), box.end()) : lines.getFirst();
    // The lone words of a choice are no criterion.
    Line line = line(words, choice.isPresent() ? setting.outsideLists() : setting, box);
    List<Mark> marks = new ArrayList<>(choice.<List<Mark>>map(List::of).orElse(List.of()));
    marks.addAll(line.marks());
    Setting within = setting.within(words.text());
    Outline inner = outline.inItem(within);
    Outline after = outline.inItem(setting);
    for (Words more : lines.subList(Math.min(1, lines.size()), lines.size())) {
      Outline to = isLazy(more, node) ? after : inner;
      to.add(lineOrItem(more, setting.withoutTasks()));
    }
    for (Node child = node.getFirstChild().getNext(); child != null; child = child.getNext()) {
      block(child, inner);
    }
    List<tminus.core.checklist.Node> content = SignOffs.byResponsible(inner.close());
    Span all = source.span(blocks.start(node), Math.max(blocks.end(node), box.end()));
    boolean ticked = blocks.beginning(node.getFirstChild()).charAt(1) != ' ';
    outline.add(new Item(all, box, ticked, new Line(line.span(), line.text(), marks), content));
    after.close().forEach(outline::add);
  }

  /// Whether a line of the entry's paragraph stands further left than the entry's words, and so
  /// belongs to what the entry is in.
  private boolean isLazy(Words line, ListItem node) {
    int start = source.start(line.span().line());
    int column = 0;
    while (" \t>".indexOf(source.text().charAt(start + column)) >= 0) {
      column++;
    }
    return column < blocks.column(node.getFirstChild());
  }

  /// A list's entry without a box: a line, or a section when it is bold and holds more (`1.
  /// **Switch traffic**` with a fence).
  private void entry(
      ListItem node, Setting setting, boolean ordered, String intro, Outline outline) {
    Node first = node.getFirstChild();
    if (first == null) {
      return;
    }
    boolean text = first instanceof Paragraph || first instanceof LinkReferenceDefinition;
    List<Words> lines = text ? Lines.of(blocks.words(first)) : List.of();
    Node rest = text ? first.getNext() : first;
    boolean titled = !lines.isEmpty() && lines.getFirst().isBold() && rest != null;
    if (titled
        && (ordered || rest instanceof FencedCodeBlock)
        && subsection(node, lines, setting, outline)) {
      return;
    }
    Outline inner = outline.inEntry(setting);
    inner.introduce(intro);
    // `Check:` with orders below only introduces them.
    Setting own = contents.acts(node) ? setting.withoutTasks() : setting;
    for (Words line : lines) {
      inner.add(LineMarks.line(line, own));
      inner.introduce(line.text());
    }
    for (Node child = rest; child != null; child = child.getNext()) {
      block(child, inner);
    }
    inner.close().forEach(outline::add);
  }

  /// Reads a bold entry as a section, where it may be one.
  private boolean subsection(ListItem node, List<Words> lines, Setting setting, Outline outline) {
    Words title = lines.getFirst();
    String name =
        Texts.plain(title.text()).endsWith(":")
            ? title.text().substring(0, title.length() - 1)
            : title.text();
    Outline.Heading heading = heading(outline.level() + 1, name, List.of(), title.span());
    Purpose purpose = Purposes.of(name, setting.purpose(), setting.preparing(), true);
    if (!outline.opens(purpose)) {
      return false;
    }
    Setting own = setting(heading, setting, purpose, false);
    Outline inner = outline.inEntry(setting);
    inner.open(heading, own.asking(setting.asks()), false);
    // Unlike a heading, it is a line, and may tell to do something: `2. **Switch traffic**`. Where
    // nothing under it does so, it asks for it itself.
    Line line = LineMarks.line(title, contents.acts(node) ? setting.outsideLists() : setting);
    if (!line.marks().isEmpty()) {
      inner.add(line);
    }
    for (Words more : lines.subList(1, lines.size())) {
      inner.add(LineMarks.line(more, own));
    }
    for (Node child = node.getFirstChild().getNext(); child != null; child = child.getNext()) {
      block(child, inner);
    }
    inner.close().forEach(outline::add);
    return true;
  }
}
