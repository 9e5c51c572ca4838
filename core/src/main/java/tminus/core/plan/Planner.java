package tminus.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tminus.core.checklist.Checklist;
import tminus.core.checklist.Command;
import tminus.core.checklist.Family;
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
import tminus.core.judge.ConditionGrammar;

/// Derives a plan from a checklist and its binding. Use one for one plan; not safe for concurrent
/// use.
public final class Planner {

  private final Checklist checklist;
  private final Choosing.Chosen chosen;
  private final Binding binding;
  private final StepActions actions;
  private final StepNamer namer = new StepNamer();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> rollback = new ArrayList<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private final Set<Span> gatesSeen = new LinkedHashSet<>();
  private final Map<StepId, List<Line>> lines = new HashMap<>();

  private Planner(Checklist checklist, Choosing.Chosen chosen, Binding binding) {
    this.checklist = checklist;
    this.chosen = chosen;
    this.binding = binding;
    this.actions = new StepActions(binding, Placeholders.templates(checklist));
  }

  /// The plan for the whole document: where it has several ways to do one thing, with the one that
  /// is chosen, and with all of them while nobody has chosen.
  public static Plan plan(Checklist checklist, Binding binding) {
    Plan whole = whole(checklist, binding);
    Choosing.Chosen chosen = new Choosing(checklist, binding, whole).decide();
    return chosen.choices().isEmpty() ? whole : new Planner(checklist, chosen, binding).plan();
  }

  /// All that could be planned: every way, one after another. No run does that.
  public static Plan whole(Checklist checklist, Binding binding) {
    Choosing.Chosen nothing = new Choosing.Chosen(checklist, List.of(), List.of());
    return new Planner(checklist, nothing, binding).plan();
  }

  /// The document with only those ways that a plan takes; all of a choice that nobody has made.
  public static Checklist taken(Checklist checklist, Binding binding) {
    return new Choosing(checklist, binding, whole(checklist, binding)).decide().left();
  }

  /// The ways to choose from, where there is something to do in them.
  ///
  /// @param whole all that could be planned
  public static List<Family> families(Checklist checklist, Plan whole) {
    return Choosing.families(checklist, whole);
  }

  private Plan plan() {
    walk(
        chosen.left().root(),
        new Place(List.of(), Optional.empty(), 0, Purpose.PROCEDURE, List.of()));
    Map<String, String> parameters = binding.parameters();
    List<String> missing =
        Placeholders.all(chosen.left()).stream()
            .filter(name -> !parameters.containsKey(name))
            .toList();
    if (!triggers.containsAll(chosen.kept())) {
      chosen.kept().stream().filter(trigger -> !triggers.contains(trigger)).forEach(triggers::add);
      triggers.sort(Comparator.comparingInt(Trigger::line));
    }
    Plan plan =
        new Plan(
            checklist.title(),
            checklist.file(),
            checklist.digest(),
            checklist.items().size(),
            Computations.in(steps, lines),
            Computations.inRollback(steps, rollback, lines),
            triggers,
            parameters,
            Placeholders.places(checklist, parameters.keySet()),
            missing,
            chosen.choices(),
            binding.pace(),
            Rules.NONE,
            binding.calendar());
    return RuleMaker.apply(plan, chosen.left(), binding);
  }

  private void walk(Section section, Place outer) {
    Place place = outer.under(section);
    List<String> prose = new ArrayList<>();
    List<Line> form = new ArrayList<>();
    List<Node> content = section.content();
    for (int i = 0; i < content.size(); i++) {
      int at = i;
      Node node = content.get(at);
      if (!(node instanceof Line line && isFormLine(line, place))) {
        flush(form, place, prose);
      }
      switch (node) {
        case Line line when isTask(line, place) -> {
          List<Line> details = details(content, i + 1, place);
          task(line, details, place, prose);
          i += details.size();
        }
        case Section deeper -> walk(deeper, place);
        case Item item -> item(item, place, prose);
        case Script script -> script(script, section.title(), place, prose);
        case Line line when isSignedDecision(content, at, place) -> {
          Line decider = (Line) content.get(i + 1);
          add(place, lineStep(List.of(line, decider), place, prose));
          i++;
        }
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

  /// Whether a decision stands at `i`, and who took it is to be signed right below: `[ ] GO [ ]
  /// NO-GO`, then `Decided by: ____`. The two are one.
  private static boolean isSignedDecision(List<Node> content, int i, Place place) {
    return place.purpose() != Purpose.REFERENCE
        && i + 1 < content.size()
        && content.get(i) instanceof Line decision
        && content.get(i + 1) instanceof Line decider
        && StepActions.isGate(List.of(decision), place.purpose())
        && decider.marks(Mark.Choice.class).isEmpty()
        && !decider.marks(Mark.SignOff.class).isEmpty();
  }

  /// The lines right after a task that only say more about it.
  private static List<Line> details(List<Node> content, int from, Place place) {
    List<Line> details = new ArrayList<>();
    for (int i = from; i < content.size() && content.get(i) instanceof Line line; i++) {
      boolean asks =
          isTask(line, place)
              || isFormLine(line, place)
              || line.marks().stream()
                  .anyMatch(mark ->
                      !(mark instanceof Mark.Threshold
                          || mark instanceof Mark.Criterion
                          || mark instanceof Mark.Blank));
      if (asks) {
        break;
      }
      details.add(line);
    }
    return details;
  }

  private static boolean isTask(Line line, Place place) {
    return place.purpose() != Purpose.REFERENCE && !line.marks(Mark.Task.class).isEmpty();
  }

  private void trigger(Line line) {
    for (Mark.Trigger trigger : line.marks(Mark.Trigger.class)) {
      triggers.add(
          new Trigger(
              line.span().line(),
              trigger.text(),
              trigger.condition().filter(ConditionGrammar::isOfService).map(this::atPace)));
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
        idOf(title, lines),
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

  /// The steps of a script: one, unless comments between its commands ask for something.
  ///
  /// @param title what it stands under
  private List<StepId> script(Script script, String title, Place place, List<String> prose) {
    List<StepId> added = new ArrayList<>();
    if (place.purpose() == Purpose.REFERENCE) {
      return added;
    }
    for (ScriptPiece piece : ScriptCutter.cut(script)) {
      switch (piece) {
        case ScriptPiece.Run run -> {
          int line =
              added.isEmpty() ? script.span().line() : run.commands().getFirst().span().line();
          added.add(run(run, line, title, place, prose));
        }
        case ScriptPiece.Pause pause -> added.addAll(pause(pause, place, prose));
        case ScriptPiece.Ask ask when !ask.measured() || !actions.measures(place.purpose()) ->
            added.addAll(task(ask.line(), ask.details(), place, prose));
        case ScriptPiece.Ask ask -> prose.add(filled(ask.line().text()));
        case ScriptPiece.Form(Line line) -> {
          Step step = lineStep(List.of(line), place, prose);
          add(place, step);
          added.add(step.id());
        }
        case ScriptPiece.Remark(Line line) -> prose.add(filled(line.text()));
      }
    }
    return added;
  }

  private StepId run(ScriptPiece.Run run, int line, String above, Place place, List<String> prose) {
    List<String> labels = run.commands().stream().map(Command::label).distinct().toList();
    // A label that says when is the title of the wait before.
    boolean waited = ScriptCutter.waitBefore(run.commands().getFirst()).isPresent();
    String title =
        labels.size() == 1 && !labels.getFirst().isBlank() && !waited
            ? labels.getFirst()
            : above + ": commands";
    return step(title, line, actions.ofCommands(run.commands()), place, take(prose));
  }

  private List<StepId> pause(ScriptPiece.Pause pause, Place place, List<String> prose) {
    List<String> context = new ArrayList<>(take(prose));
    pause.beside().forEach(line -> context.add(filled(line.text())));
    List<StepId> added = new ArrayList<>();
    for (StepActions.Doing doing : actions.ofPause(pause, place.purpose())) {
      added.add(step(doing.title(), pause.line().span().line(), doing.action(), place, context));
    }
    return added;
  }

  /// What words without a box ask for.
  ///
  /// @param details lines that say more about it
  private List<StepId> task(Line line, List<Line> details, Place place, List<String> prose) {
    List<String> context = new ArrayList<>(take(prose));
    details.forEach(detail -> context.add(filled(detail.text())));
    Optional<Timing> timing =
        line.marks(Mark.Task.class).stream().flatMap(task -> task.timing().stream()).findFirst();
    Place due = timing.isEmpty() ? place : place.due(timing.get());
    List<StepId> added = new ArrayList<>();
    for (StepActions.Doing doing : actions.ofTask(line, place.purpose())) {
      added.add(step(doing.title(), line.span().line(), doing.action(), due, context));
    }
    return added;
  }

  /// Adds a step that fills in nothing.
  private StepId step(String title, int line, Action action, Place place, List<String> context) {
    Step step =
        new Step(
            namer.id(title),
            line,
            place.path(),
            place.timing(),
            filled(title),
            action,
            place.roles(),
            List.of(),
            Step.Form.NONE,
            context);
    add(place, step);
    return step.id();
  }

  private List<StepId> item(Item item, Place place, List<String> prose) {
    List<Line> lines = new ArrayList<>(List.of(item.line()));
    List<Command> commands = new ArrayList<>();
    List<StepId> parts = new ArrayList<>();
    List<String> context = new ArrayList<>(take(prose));
    boolean oneByOne = isOneByOne(item, place);
    for (Node node : item.content()) {
      switch (node) {
        case Item part -> parts.addAll(item(part, place, new ArrayList<>()));
        case Line line -> {
          trigger(line);
          if (actions.leaves(item) && isTask(line, place)) {
            parts.addAll(task(line, List.of(), place, new ArrayList<>()));
          } else {
            lines.add(line);
            context.add(filled(line.text()));
          }
        }
        case Script script when oneByOne ->
            parts.addAll(script(script, item.line().text(), place, new ArrayList<>()));
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
            idOf(item.line().text(), lines),
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

  /// Whether an item's commands are steps of their own: something else is asked for between or
  /// after them, and must not come before them.
  private boolean isOneByOne(Item item, Place place) {
    boolean script = false;
    for (Node node : item.content()) {
      if (node instanceof Script some) {
        script = true;
        if (!ScriptCutter.isWhole(ScriptCutter.cut(some))) {
          return actions.leaves(item);
        }
      } else if (script && node instanceof Line line && isTask(line, place)) {
        return actions.leaves(item);
      }
    }
    return false;
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
    (place.purpose() == Purpose.ROLLBACK ? rollback : steps).add(step.timedBy(place.timed()));
  }

  private String filled(String words) {
    return Parameters.fill(words, binding.parameters());
  }

  private static List<String> take(List<String> prose) {
    List<String> taken = List.copyOf(prose);
    prose.clear();
    return taken;
  }

  /// A step's name; its lines are kept for what can be computed of them.
  private StepId idOf(String title, List<Line> ofStep) {
    StepId id = namer.id(title);
    lines.put(id, List.copyOf(ofStep));
    return id;
  }
}
