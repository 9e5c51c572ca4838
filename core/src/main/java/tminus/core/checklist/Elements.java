package tminus.core.checklist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tminus.core.checklist.Section.Purpose;

/// A checklist laid flat: everything in it that was taken for something, in the document's order,
/// and what was left. Immutable.
///
/// @param elements what was taken for something; several may stand in one line
/// @param prose the lines that were taken for nothing: they are shown beside the steps they stand
///   next to
public record Elements(List<Element> elements, List<Span> prose) {

  public Elements {
    elements = List.copyOf(elements);
    prose = List.copyOf(prose);
  }

  /// Lays a checklist flat.
  public static Elements of(Checklist checklist) {
    Walk walk = new Walk();
    walk.section(checklist.root(), checklist.title());
    walk.elements.sort(Comparator.comparingInt(element -> element.span().start()));
    return new Elements(walk.elements, walk.prose);
  }

  /// How many there are of each kind; kinds that do not occur are left out.
  public Map<Element.Kind, Integer> counts() {
    Map<Element.Kind, Integer> counts = new EnumMap<>(Element.Kind.class);
    elements.forEach(element -> counts.merge(element.kind(), 1, Integer::sum));
    return counts;
  }

  private static final class Walk {

    private final List<Element> elements = new ArrayList<>();
    private final List<Span> prose = new ArrayList<>();
    private final Set<Integer> choicesSeen = new HashSet<>();

    private void add(Element.Kind kind, Span span, String said, Map<String, Object> facts) {
      elements.add(new Element(kind, span, said, facts));
    }

    /// @param title what the section goes by
    private void section(Section section, String title) {
      Set<Span> expectations = expectations(section.content());
      for (Node node : section.content()) {
        switch (node) {
          case Section deeper -> {
            heading(deeper, section, title);
            section(deeper, deeper.title());
          }
          case Item item -> item(item, Optional.empty());
          case Line line -> line(line, expectations);
          case Script script -> script(script);
          case Template template -> message(template);
        }
      }
    }

    private void heading(Section section, Section above, String aboveTitle) {
      // Bold words that open a section are no element twice: the line says the rest.
      Span span = section.span();
      add(Element.Kind.SECTION, span, ElementWords.section(section), ElementFacts.section(section));
      marks(section.marks());
      boolean undo =
          section.purpose() == Purpose.ROLLBACK
              && above.purpose() != Purpose.ROLLBACK
              && acts(section.content());
      if (undo) {
        add(
            Element.Kind.UNDO,
            span,
            "undo of " + ElementWords.cut(aboveTitle),
            Map.of("of", aboveTitle));
      }
      if (section.purpose() == Purpose.GATE
          && above.purpose() != Purpose.GATE
          && !names(section.content())) {
        add(Element.Kind.GATE, span, "gate", Map.of("authority", ""));
      }
    }

    /// Whether there is anything to do: commands, or boxes that are no triggers.
    private static boolean acts(List<Node> content) {
      return content.stream()
          .anyMatch(node ->
              switch (node) {
                case Script script -> !script.commands().isEmpty();
                case Item item -> item.line().marks(Mark.Trigger.class).isEmpty();
                case Section deeper -> acts(deeper.content());
                case Line line -> !line.marks(Mark.Shift.class).isEmpty();
                case Template _ -> false;
              });
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

    private void item(Item item, Optional<Item> of) {
      String text = item.line().text();
      Span span = new Span(item.box().line(), item.box().start(), item.line().span().end());
      if (of.isPresent()) {
        int line = of.get().box().line();
        add(Element.Kind.PART, span, "part of " + line, ElementFacts.part(item, line));
      } else {
        add(
            Element.Kind.ITEM,
            span,
            item.ticked() ? "item, ticked" : "item",
            ElementFacts.words("text", text, "ticked", item.ticked()));
      }
      marks(item.line().marks());
      Set<Span> expectations = expectations(item.content());
      for (Node node : item.content()) {
        switch (node) {
          case Section deeper -> {
            add(
                Element.Kind.SECTION,
                deeper.span(),
                ElementWords.section(deeper),
                ElementFacts.section(deeper));
            section(deeper, deeper.title());
          }
          case Item part -> item(part, Optional.of(item));
          case Line line -> line(line, expectations);
          case Script script -> script(script);
          case Template template -> message(template);
        }
      }
    }

    /// The lines of the document that say what a command above them must print.
    private static Set<Span> expectations(List<Node> content) {
      return content.stream()
          .filter(Script.class::isInstance)
          .flatMap(node -> ((Script) node).commands().stream())
          .flatMap(command -> command.expected().stream())
          .collect(Collectors.toSet());
    }

    private void line(Line line, Set<Span> expectations) {
      marks(line.marks());
      if (line.marks().isEmpty() && !expectations.contains(line.span())) {
        prose.add(line.span());
      }
    }

    private void script(Script script) {
      for (Command command : script.commands()) {
        add(
            Element.Kind.COMMAND,
            command.span(),
            "command",
            ElementFacts.words("text", command.text(), "label", command.label()));
        marks(command.blanks());
        marks(command.marks());
        command
            .expectation()
            .ifPresent(expectation ->
                add(
                    Element.Kind.EXPECTATION,
                    command.expected().orElse(command.span()),
                    ElementWords.expectation(expectation),
                    ElementFacts.expectation(expectation)));
      }
      script.notes().forEach(note -> line(note, Set.of()));
    }

    private void message(Template template) {
      add(Element.Kind.MESSAGE, template.span(), "message", ElementFacts.message(template));
      marks(template.blanks());
    }

    private void marks(List<? extends Mark> marks) {
      boolean decided = marks.stream().anyMatch(Mark.Authority.class::isInstance);
      List<String> authorities =
          marks.stream()
              .filter(Mark.Authority.class::isInstance)
              .map(mark -> ((Mark.Authority) mark).role())
              .toList();
      if (decided) {
        Mark first =
            marks.stream().filter(Mark.Authority.class::isInstance).findFirst().orElseThrow();
        String authority = String.join(" + ", authorities);
        add(
            Element.Kind.GATE,
            first.span(),
            "gate: " + ElementWords.cut(authority),
            Map.of("authority", authority));
      }
      marks.forEach(this::mark);
    }

    private void mark(Mark mark) {
      Span at = mark.span();
      switch (mark) {
        case Mark.Blank blank -> {
          String role = blank.role().name().toLowerCase(Locale.ROOT);
          String said = "blank %s (%s)".formatted(ElementWords.cut(blank.name()), role);
          add(Element.Kind.BLANK, at, said, ElementFacts.words("role", role, "name", blank.name()));
        }
        case Mark.Choice choice -> choice(choice);
        case Mark.Responsible responsible ->
            add(
                Element.Kind.RESPONSIBLE,
                at,
                "responsible: " + ElementWords.cut(responsible.role()),
                Map.of("role", responsible.role()));
        case Mark.SignOff signOff ->
            add(
                Element.Kind.SIGNOFF,
                at,
                signOff.role().isEmpty()
                    ? "sign-off"
                    : "sign-off: " + ElementWords.cut(signOff.role()),
                Map.of("role", signOff.role()));
        // Those of a line are one gate.
        case Mark.Authority _ -> {}
        case Mark.Evidence evidence ->
            add(Element.Kind.EVIDENCE, at, "evidence", Map.of("text", evidence.text()));
        case Mark.Threshold threshold ->
            add(
                Element.Kind.CONDITION,
                at,
                threshold.condition().toString(),
                ElementFacts.condition(threshold.condition()));
        case Mark.Shift shift ->
            add(
                Element.Kind.SHIFT,
                at,
                "shift %d %%".formatted(shift.weight().percent()),
                Map.of("percent", shift.weight().percent()));
        case Mark.Wait wait ->
            add(
                Element.Kind.WAIT,
                at,
                "wait " + ElementWords.length(wait.duration()),
                Map.of("duration", ElementFacts.iso(wait.duration())));
        case Mark.Trigger trigger ->
            add(
                Element.Kind.TRIGGER,
                at,
                ElementWords.trigger(trigger),
                ElementFacts.trigger(trigger));
        case Mark.IfApplicable _ -> add(Element.Kind.OPTIONAL, at, "optional", Map.of());
      }
    }

    private void choice(Mark.Choice choice) {
      if (choicesSeen.add(choice.options().getFirst().span().start())) {
        List<String> options = choice.options().stream().map(Mark.Choice.Option::label).toList();
        add(
            Element.Kind.CHOICE,
            choice.span(),
            "choice " + ElementWords.cut(String.join(" / ", options)),
            ElementFacts.words("options", options));
      }
    }
  }
}
