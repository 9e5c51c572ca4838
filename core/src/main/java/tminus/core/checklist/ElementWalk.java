package tminus.core.checklist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tminus.core.checklist.Element.Kind;
import tminus.core.checklist.Section.Purpose;

/// Walks through a checklist and writes down what it passes. For one walk; confined to its caller.
final class ElementWalk {

  private final String source;
  private final List<Element> elements = new ArrayList<>();
  private final List<Span> prose = new ArrayList<>();
  private final Set<Integer> choicesSeen = new HashSet<>();

  private ElementWalk(String source) {
    this.source = source;
  }

  static Elements over(Checklist checklist, String source) {
    ElementWalk walk = new ElementWalk(source);
    String title = checklist.title();
    walk.content(checklist.root().content(), new Frame(title, "", Purpose.PROCEDURE));
    Alternatives.of(checklist).forEach(walk::ways);
    walk.elements.sort(Comparator.comparingInt(element -> element.span().start()));
    walk.prose.sort(Comparator.comparingInt(Span::start));
    return new Elements(walk.elements, walk.prose);
  }

  /// What is passed within one section or item.
  private static final class Frame {

    final String title;
    final String above;
    final Purpose purpose;
    String intro = "";
    boolean inLog;

    /// The title of the message that the section holds ready.
    Optional<String> message = Optional.empty();

    boolean namesAuthority;

    /// The line of the box that is passed within.
    Optional<Integer> box = Optional.empty();

    /// How soon the gates here must be decided: `Time to decision: within 5 minutes`.
    Optional<Duration> within = Optional.empty();

    /// The lines that say what a command above them must print.
    Set<Span> expectations = Set.of();

    Frame(String title, String above, Purpose purpose) {
      this.title = title;
      this.above = above;
      this.purpose = purpose;
    }

    Asides.Around around() {
      return new Asides.Around(title, above, intro);
    }
  }

  private void add(Kind kind, Span span, String said, Map<String, Object> facts) {
    elements.add(new Element(kind, span, said, facts));
  }

  private void content(List<Node> content, Frame frame) {
    frame.expectations =
        content.stream()
            .filter(Script.class::isInstance)
            .flatMap(node -> ((Script) node).commands().stream())
            .flatMap(command -> command.expected().stream())
            .collect(Collectors.toSet());
    frame.message =
        content.stream()
            .filter(Template.class::isInstance)
            .map(node -> ((Template) node).title())
            .findFirst();
    frame.namesAuthority |= names(content);
    frame.within = Asides.decisionTime(content).or(() -> frame.within);
    for (Node node : content) {
      switch (node) {
        case Section section -> section(section, frame);
        case Item item -> item(item, frame, Optional.empty());
        case Line line -> line(line, frame);
        case Script script -> script(script, frame);
        case Template template -> message(template, content, frame);
      }
      frame.inLog &= node instanceof Line;
    }
  }

  private void section(Section section, Frame above) {
    Span span = section.span();
    add(Kind.SECTION, span, ElementWords.section(section), ElementFacts.section(section));
    marks(section.marks(), above);
    boolean undo =
        section.purpose() == Purpose.ROLLBACK
            && above.purpose != Purpose.ROLLBACK
            && acts(section.content());
    if (undo) {
      String said = "undo of " + ElementWords.cut(above.title);
      add(Kind.UNDO, span, said, Map.of("of", above.title));
    }
    boolean gate = section.purpose() == Purpose.GATE;
    if (gate && above.purpose != Purpose.GATE && !names(section.content())) {
      add(Kind.GATE, span, "gate", Map.of("authority", ""));
    }
    Frame frame = new Frame(section.title(), above.title, section.purpose());
    frame.namesAuthority = gate;
    content(section.content(), frame);
  }

  /// Whether there is anything to do: commands, or boxes that are no triggers.
  private static boolean acts(List<Node> content) {
    return content.stream()
        .anyMatch(node ->
            switch (node) {
              case Script script ->
                  !script.commands().isEmpty()
                      || script.notes().stream().anyMatch(ElementWalk::asks);
              case Item item -> item.line().marks(Mark.Trigger.class).isEmpty();
              case Section deeper -> acts(deeper.content());
              case Line line -> asks(line);
              case Template _ -> false;
            });
  }

  private static boolean asks(Line line) {
    return !line.marks(Mark.Shift.class).isEmpty() || !line.marks(Mark.Task.class).isEmpty();
  }

  /// Whether a line says who decides.
  private static boolean names(List<Node> content) {
    return content.stream()
        .anyMatch(node ->
            switch (node) {
              case Line line -> !line.marks(Mark.Authority.class).isEmpty();
              case Item item ->
                  !item.line().marks(Mark.Authority.class).isEmpty() || names(item.content());
              case Section deeper -> names(deeper.content());
              case Script _, Template _ -> false;
            });
  }

  private void item(Item item, Frame frame, Optional<Item> of) {
    Line line = item.line();
    Span span =
        new Span(
            item.box().line(), item.box().start(), Math.max(item.box().end(), line.span().end()));
    if (of.isPresent()) {
      int whole = of.get().box().line();
      add(Kind.PART, span, "part of " + whole, ElementFacts.part(item, whole));
    } else {
      add(Kind.ITEM, span, item.ticked() ? "item, ticked" : "item", ElementFacts.item(item));
    }
    marks(line.marks(), frame);
    aside(line, frame);
    Frame inner = new Frame(frame.title, frame.above, frame.purpose);
    inner.intro = label(line.text());
    inner.namesAuthority = frame.namesAuthority;
    inner.within = frame.within;
    inner.box = Optional.of(item.box().line());
    List<Node> rest = new ArrayList<>();
    for (Node node : item.content()) {
      if (node instanceof Item part) {
        item(part, inner, Optional.of(item));
      } else {
        rest.add(node);
      }
    }
    content(rest, inner);
  }

  private static String label(String words) {
    return words.endsWith(":") || words.endsWith("：") ? words.substring(0, words.length() - 1) : "";
  }

  private void line(Line line, Frame frame) {
    int before = elements.size();
    marks(line.marks(), frame);
    if (!frame.expectations.contains(line.span()) && !log(line, frame)) {
      aside(line, frame);
      if (elements.size() == before) {
        prose.add(line.span());
      }
    }
    String label = label(line.text());
    frame.intro = label.isEmpty() ? frame.intro : label;
  }

  /// Whether the line belongs to the table of what happened when.
  private boolean log(Line line, Frame frame) {
    if (Asides.isLogHead(line.text())) {
      frame.inLog = true;
      List<String> columns = Asides.cells(line.text());
      add(Kind.LOG_TABLE, line.span(), "log table", ElementFacts.words("columns", columns));
      return true;
    }
    frame.inLog &= line.text().contains(" | ");
    return frame.inLog;
  }

  /// What a line is besides its marks.
  private void aside(Line line, Frame frame) {
    Asides.Around around = frame.around();
    Asides.contact(line, around, source).ifPresent(elements::add);
    elements.addAll(Asides.references(line, around, source));
    Optional<String> audience = Asides.audience(line, around);
    if (audience.isPresent()) {
      String title = frame.message.orElse(around.intro());
      Map<String, Object> facts = ElementFacts.words("title", title, "audience", audience.get());
      add(Kind.MESSAGE, line.span(), "message to " + ElementWords.cut(audience.get()), facts);
    }
    Asides.message(line, around)
        .ifPresent(facts -> add(Kind.MESSAGE, line.span(), ElementWords.message(facts), facts));
    Asides.expectation(line).ifPresent(expectation -> expectation(line.span(), expectation));
    Shares.in(line).ifPresent(elements::add);
    Alternatives.instead(line.text()).ifPresent(words -> alternative(line.span(), List.of(words)));
  }

  /// Sections of which one is chosen; what scripts offer is told where they do.
  private void ways(Family family) {
    if (family.kind() != Family.Kind.INSTEAD) {
      List<String> options = family.options().stream().map(Family.Option::title).toList();
      Map<String, Object> facts = ElementFacts.words("options", options);
      List<String> recommended =
          family.options().stream()
              .filter(Family.Option::recommended)
              .map(Family.Option::title)
              .toList();
      if (!recommended.isEmpty()) {
        facts.put("recommended", recommended.getFirst());
      }
      add(
          Kind.ALTERNATIVE,
          family.options().getFirst().spans().getFirst(),
          "one of %d: %s"
              .formatted(
                  family.options().size(),
                  ElementWords.cut(
                      String.join(
                          " / ", family.options().stream().map(Family.Option::name).toList()))),
          facts);
    }
  }

  private void alternative(Span span, List<String> options) {
    add(Kind.ALTERNATIVE, span, "alternative", ElementFacts.words("options", options));
  }

  private void script(Script script, Frame frame) {
    String above = "";
    for (Command command : script.commands()) {
      add(Kind.COMMAND, command.span(), "command", ElementFacts.command(command));
      marks(command.blanks(), frame);
      marks(command.marks(), frame);
      command
          .expectation()
          .ifPresent(e -> expectation(command.expected().orElse(command.span()), e));
      Optional<String> instead = Alternatives.instead(command.label());
      if (instead.isPresent() && !command.label().equals(above)) {
        List<String> options =
            above.isEmpty() ? List.of(instead.get()) : List.of(above, instead.get());
        alternative(command.span(), options);
      }
      above = command.label();
    }
    for (Line note : script.notes()) {
      int before = elements.size();
      marks(note.marks(), frame);
      elements.addAll(Asides.references(note, frame.around(), source));
      if (elements.size() == before) {
        prose.add(note.span());
      }
    }
  }

  private void expectation(Span span, Expectation expectation) {
    add(
        Kind.EXPECTATION,
        span,
        ElementWords.expectation(expectation),
        ElementFacts.expectation(expectation));
  }

  /// A message goes to those whom the lines beside it name.
  private void message(Template template, List<Node> beside, Frame frame) {
    Map<String, Object> facts = ElementFacts.words("title", template.title());
    Frame other = new Frame(frame.title, frame.above, frame.purpose);
    List<String> audience = new ArrayList<>();
    for (Node node : beside) {
      if (node instanceof Line line) {
        Asides.audience(line, other.around()).ifPresent(audience::add);
        other.intro = label(line.text()).isEmpty() ? other.intro : label(line.text());
      }
    }
    if (!audience.isEmpty()) {
      facts.put("audience", String.join("; ", audience));
    }
    Spoken.schedule(frame.title).ifPresent(schedule -> facts.put("schedule", schedule));
    Spoken.next(template.body()).ifPresent(next -> facts.put("next", ElementFacts.iso(next)));
    add(Kind.MESSAGE, template.span(), ElementWords.message(facts), facts);
    marks(template.blanks(), frame);
  }

  private void marks(List<? extends Mark> marks, Frame frame) {
    List<Mark.Authority> authorities =
        marks.stream()
            .filter(Mark.Authority.class::isInstance)
            .map(Mark.Authority.class::cast)
            .toList();
    if (!authorities.isEmpty()) {
      String who =
          authorities.stream().map(Mark.Authority::role).collect(Collectors.joining(" + "));
      Span at = authorities.getFirst().span();
      add(Kind.GATE, at, "gate: " + ElementWords.cut(who), ElementFacts.gate(who, frame.within));
    }
    marks.forEach(mark -> mark(mark, frame));
  }

  private void mark(Mark mark, Frame frame) {
    Span at = mark.span();
    switch (mark) {
      case Mark.Blank blank -> {
        String role = blank.role().name().toLowerCase(Locale.ROOT);
        String said = "blank %s (%s)".formatted(ElementWords.name(blank.name()), role);
        add(Kind.BLANK, at, said, ElementFacts.words("role", role, "name", blank.name()));
      }
      case Mark.Choice choice -> choice(choice, frame);
      case Mark.Responsible who ->
          add(
              Kind.RESPONSIBLE,
              at,
              "responsible: " + ElementWords.name(who.role()),
              Map.of("role", who.role()));
      case Mark.SignOff who ->
          add(
              Kind.SIGNOFF,
              at,
              who.role().isEmpty() ? "sign-off" : "sign-off: " + ElementWords.name(who.role()),
              Map.of("role", who.role()));
      // Those of a line are one gate.
      case Mark.Authority _ -> {}
      case Mark.Evidence evidence ->
          add(Kind.EVIDENCE, at, "evidence", Map.of("text", evidence.text()));
      case Mark.Threshold threshold ->
          add(
              Kind.CONDITION,
              at,
              threshold.condition().toString(),
              ElementFacts.condition(threshold.condition()));
      case Mark.Criterion criterion ->
          add(
              Kind.CONDITION,
              at,
              ElementWords.criterion(criterion),
              ElementFacts.criterion(criterion));
      case Mark.Task task -> add(Kind.TASK, at, "task", ElementFacts.task(task, frame.box));
      case Mark.Shift shift -> {
        int percent = shift.weight().percent();
        add(Kind.SHIFT, at, "shift %d %%".formatted(percent), Map.of("percent", percent));
      }
      case Mark.Wait wait ->
          add(
              Kind.WAIT,
              at,
              "wait " + ElementWords.length(wait.duration()),
              Map.of("duration", ElementFacts.iso(wait.duration())));
      case Mark.Trigger trigger -> {
        String around = frame.intro.isEmpty() ? frame.title : frame.intro;
        add(Kind.TRIGGER, at, ElementWords.trigger(trigger), ElementFacts.trigger(trigger, around));
      }
      case Mark.IfApplicable _ -> add(Kind.OPTIONAL, at, "optional", Map.of());
    }
  }

  private void choice(Mark.Choice choice, Frame frame) {
    if (!choicesSeen.add(choice.options().getFirst().span().start())) {
      return;
    }
    List<String> options = choice.options().stream().map(Mark.Choice.Option::label).toList();
    String said = "choice " + ElementWords.cut(String.join(" / ", options));
    add(Kind.CHOICE, choice.span(), said, ElementFacts.words("options", options));
    boolean decides =
        options.stream().anyMatch(o -> o.toUpperCase(Locale.ROOT).matches("NO[- ]?GO\\b.*"));
    if (decides && !frame.namesAuthority) {
      add(Kind.GATE, choice.span(), "gate", ElementFacts.gate("", frame.within));
    }
  }
}
