package tminus.core.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Item;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Node;
import tminus.core.checklist.Script;
import tminus.core.checklist.Section;
import tminus.core.checklist.Section.Purpose;
import tminus.core.checklist.Span;
import tminus.core.checklist.Template;
import tminus.core.checklist.Timing;
import tminus.core.judge.Condition;

/// Derives a plan from a checklist and its binding. Use one for one plan; not safe for concurrent
/// use.
public final class Planner {

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern EDGES = Pattern.compile("^-|-$");

  private final Checklist checklist;
  private final Binding binding;
  private final StepActions actions;
  private final Map<String, Integer> slugs = new HashMap<>();
  private final Set<StepId> ids = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> rollback = new ArrayList<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final Set<Span> gatesSeen = new LinkedHashSet<>();

  private Planner(Checklist checklist, Binding binding) {
    this.checklist = checklist;
    this.binding = binding;
    this.actions = new StepActions(binding, Placeholders.templates(checklist));
  }

  /// The plan for the whole document.
  public static Plan plan(Checklist checklist, Binding binding) {
    return new Planner(checklist, binding).plan();
  }

  private Plan plan() {
    walk(checklist.root(), new Place(List.of(), Optional.empty(), Purpose.PROCEDURE, List.of()));
    Map<String, String> parameters = binding.parameters();
    List<String> missing =
        Placeholders.all(checklist).stream().filter(name -> !parameters.containsKey(name)).toList();
    return new Plan(
        checklist.title(),
        checklist.file(),
        checklist.digest(),
        checklist.items().size(),
        steps,
        rollback,
        triggers,
        parameters,
        Placeholders.places(checklist, parameters.keySet()),
        missing,
        binding.pace());
  }

  /// Where the walk stands: the headings above, the nearest time, what the section is for, and who
  /// was named for all of it.
  private record Place(
      List<String> path, Optional<Timing> timing, Purpose purpose, List<String> roles) {

    Place under(Section section) {
      List<String> deeper = new ArrayList<>(path);
      if (section.level() > 0) {
        deeper.add(section.title());
      }
      List<String> named = StepActions.roles(Optional.empty(), lines(section.content()));
      return new Place(
          deeper,
          section.timing().or(() -> timing),
          section.purpose(),
          named.isEmpty() ? roles : named);
    }

    /// Who decides or answers for a whole section, as lines of their own say.
    private static List<Line> lines(List<Node> content) {
      List<Line> naming = new ArrayList<>();
      for (Node node : content) {
        if (node instanceof Line line && line.marks(Mark.SignOff.class).isEmpty()) {
          naming.add(line);
        }
      }
      return naming;
    }
  }

  private void walk(Section section, Place outer) {
    Place place = outer.under(section);
    List<String> prose = new ArrayList<>();
    List<Line> form = new ArrayList<>();
    for (Node node : section.content()) {
      if (!(node instanceof Line line && isFormLine(line, place))) {
        flush(form, place, prose);
      }
      switch (node) {
        case Section deeper -> walk(deeper, place);
        case Item item -> item(item, place, prose);
        case Script script -> script(script, section, place, prose);
        case Line line -> line(line, place, form, prose);
        case Template template -> prose.add("Message: " + template.title());
      }
    }
    flush(form, place, prose);
  }

  private void line(Line line, Place place, List<Line> form, List<String> prose) {
    trigger(line);
    boolean choice = !line.marks(Mark.Choice.class).isEmpty();
    boolean signature = !line.marks(Mark.SignOff.class).isEmpty();
    if ((choice || signature) && place.purpose() != Purpose.REFERENCE) {
      flush(form, place, prose);
      add(place, lineStep(List.of(line), place, prose));
    } else if (isFormLine(line, place)) {
      form.add(line);
    } else if (!line.text().isBlank()) {
      prose.add(filled(line.text()));
    }
  }

  private void trigger(Line line) {
    for (Mark.Trigger trigger : line.marks(Mark.Trigger.class)) {
      triggers.add(
          new Trigger(line.span().line(), trigger.text(), trigger.condition().map(this::atPace)));
    }
  }

  private Condition atPace(Condition condition) {
    return actions.atPace(condition);
  }

  /// Lines that ask for something to be written down; a line that only holds parameters asks for
  /// nothing in the run.
  private static boolean isFormLine(Line line, Place place) {
    return place.purpose() != Purpose.REFERENCE
        && line.marks(Mark.Choice.class).isEmpty()
        && line.marks(Mark.Blank.class).stream()
            .anyMatch(blank -> blank.role() == Mark.Blank.Role.FIELD);
  }

  /// Field lines that follow each other are filled in together.
  private void flush(List<Line> form, Place place, List<String> prose) {
    if (!form.isEmpty()) {
      add(place, lineStep(form, place, prose));
      form.clear();
    }
  }

  private Step lineStep(List<Line> lines, Place place, List<String> prose) {
    Line first = lines.getFirst();
    Step.Form form = StepActions.form(Optional.empty(), lines);
    boolean gate = StepActions.isGate(lines, place.purpose());
    String title =
        form.choices().isEmpty()
            ? blanks(lines, form)
            : question(first.text(), form.choices().getFirst());
    if (!place.path().isEmpty() && (gate || !form.signatures().isEmpty())) {
      title = place.path().getLast() + ": " + title;
    }
    List<String> roles = StepActions.roles(Optional.empty(), lines);
    return new Step(
        id(title),
        first.span().line(),
        place.path(),
        place.timing(),
        filled(title),
        gate ? new Action.Gate() : new Action.Attest(),
        roles.isEmpty() ? place.roles() : roles,
        List.of(),
        form,
        take(prose));
  }

  /// What a choice is about: the words before its first outcome.
  private static String question(String text, Mark.Choice choice) {
    int outcome = text.indexOf(choice.options().getFirst().label());
    String before = outcome < 0 ? text : text.substring(0, outcome);
    String question = before.replaceAll("[^\\p{L}\\p{N}?)]+$", "").replace("[ ]", "").strip();
    return question.isEmpty() ? text.replace("[ ]", "").strip() : question;
  }

  /// What is to be filled in: the words of a line with one blank, the names of several.
  private static String blanks(List<Line> lines, Step.Form form) {
    int blanks = form.fields().size() + form.signatures().size();
    String words =
        lines.getFirst().text().replaceAll("_{2,}", "").replaceAll("[\\s:]+$", "").strip();
    if (blanks == 1 && !words.isEmpty()) {
      return words;
    }
    Set<String> names = new LinkedHashSet<>();
    form.signatures().forEach(blank -> names.add(blank.name()));
    form.fields().forEach(blank -> names.add(blank.name()));
    return String.join(", ", names);
  }

  private void script(Script script, Section section, Place place, List<String> prose) {
    if (script.commands().isEmpty() || place.purpose() == Purpose.REFERENCE) {
      return;
    }
    Command only = script.commands().getFirst();
    String title =
        script.commands().size() == 1 && !only.label().isBlank()
            ? only.label()
            : section.title() + ": commands";
    Action action = actions.ofCommands(script.commands());
    add(
        place,
        new Step(
            id(title),
            script.span().line(),
            place.path(),
            place.timing(),
            title,
            action,
            place.roles(),
            List.of(),
            Step.Form.NONE,
            take(prose)));
  }

  private List<StepId> item(Item item, Place place, List<String> prose) {
    List<Line> lines = new ArrayList<>(List.of(item.line()));
    List<Command> commands = new ArrayList<>();
    List<StepId> parts = new ArrayList<>();
    List<String> context = new ArrayList<>(take(prose));
    for (Node node : item.content()) {
      switch (node) {
        case Item part -> parts.addAll(item(part, place, new ArrayList<>()));
        case Line line -> {
          trigger(line);
          lines.add(line);
          context.add(filled(line.text()));
        }
        case Script script -> commands.addAll(script.commands());
        case Section _, Template _ -> {}
      }
    }
    trigger(item.line());
    if (place.purpose() == Purpose.ROLLBACK && !item.line().marks(Mark.Trigger.class).isEmpty()) {
      return parts;
    }
    boolean gate = StepActions.isGate(lines, place.purpose());
    if (gate && isSecondBoxOfGate(item)) {
      return parts;
    }
    Action action =
        gate ? new Action.Gate() : actionIn(place, actions.of(item, lines, commands, parts));
    List<String> roles = StepActions.roles(actions.boundRole(item), lines);
    Step step =
        new Step(
            id(item.line().text()),
            item.span().line(),
            place.path(),
            place.timing(),
            filled(item.line().text()),
            action,
            roles.isEmpty() ? place.roles() : roles,
            parts,
            StepActions.form(boxOf(item, gate), lines),
            context);
    add(place, step);
    return List.of(step.id());
  }

  /// However a rollback words it ("all traffic to blue"): the way back is to the stable version,
  /// and never gives the candidate a share.
  private static Action actionIn(Place place, Action action) {
    return place.purpose() == Purpose.ROLLBACK && action instanceof Action.Shift
        ? new Action.Act(new Work.Restore(), Optional.empty())
        : action;
  }

  /// A decision written as two boxes, `- [ ] GO` and `- [ ] NO-GO`, is one gate: the first box
  /// stands for it.
  private boolean isSecondBoxOfGate(Item item) {
    for (Mark.Choice choice : item.line().marks(Mark.Choice.class)) {
      boolean ownBox =
          choice.options().stream()
              .anyMatch(option -> option.box().equals(Optional.of(item.box())));
      if (ownBox && !gatesSeen.add(choice.options().getFirst().span())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Span> boxOf(Item item, boolean gate) {
    boolean boxIsOption =
        gate
            && item.line().marks(Mark.Choice.class).stream()
                .flatMap(choice -> choice.options().stream())
                .anyMatch(option -> option.box().equals(Optional.of(item.box())));
    return boxIsOption ? Optional.empty() : Optional.of(item.box());
  }

  private void add(Place place, Step step) {
    (place.purpose() == Purpose.ROLLBACK ? rollback : steps).add(step);
  }

  private String filled(String words) {
    return Parameters.fill(words, binding.parameters());
  }

  private static List<String> take(List<String> prose) {
    List<String> taken = List.copyOf(prose);
    prose.clear();
    return taken;
  }

  private StepId id(String title) {
    String slug =
        EDGES
            .matcher(NO_WORD.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("-"))
            .replaceAll("");
    if (slug.length() > 48) {
      int cut = slug.lastIndexOf('-', 48);
      slug = slug.substring(0, cut > 16 ? cut : 48);
    }
    String base = slug.isEmpty() ? "step" : slug;
    while (true) {
      int times = slugs.merge(base, 1, Integer::sum);
      StepId id = new StepId(times == 1 ? base : base + "-" + times);
      // `backup-2` may also be the words of another step.
      if (ids.add(id)) {
        return id;
      }
    }
  }
}
