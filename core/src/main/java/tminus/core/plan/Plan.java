package tminus.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tminus.core.calendar.Calendar;
import tminus.core.checklist.Mark;
import tminus.core.traffic.Weight;

/// What will happen, in order, derived from a checklist and its binding. Immutable.
///
/// Every step has a name of its own, stands after its parts, and none of the rollback's gives the
/// candidate traffic.
///
/// @param title the checklist's title
/// @param file the document's name, as the user gave it
/// @param digest SHA-256 of the document's bytes, in lower-case hex
/// @param items how many task boxes the document has, parts included
/// @param steps what is done, in order
/// @param rollback what is done when rolling back, after the undos, in order
/// @param triggers what rolls back
/// @param parameters values by name: of the document's placeholders, and of what the binding refers
///   to
/// @param placeholders where the document has a placeholder with a value
/// @param missing placeholders that have none, in the order of their first use
/// @param choices where the document has several ways to do one thing: which of them this plan
///   takes
/// @param pace how many times faster than written the plan's waits are; 1 as written
/// @param rules who may decide what
/// @param calendar when it may begin to act
public record Plan(
    String title,
    String file,
    String digest,
    int items,
    List<Step> steps,
    List<Step> rollback,
    List<Trigger> triggers,
    Map<String, String> parameters,
    List<Mark.Blank> placeholders,
    List<String> missing,
    List<Choice> choices,
    double pace,
    Rules rules,
    Calendar calendar) {

  public Plan {
    steps = List.copyOf(steps);
    rollback = List.copyOf(rollback);
    triggers = List.copyOf(triggers);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    placeholders = List.copyOf(placeholders);
    missing = List.copyOf(missing);
    choices = List.copyOf(choices);
    Set<StepId> names = new HashSet<>();
    validate(steps, names);
    validate(rollback, names);
    for (Step step : rollback) {
      if (step.action() instanceof Action.Shift(Weight weight) && !weight.equals(Weight.NONE)) {
        throw new IllegalArgumentException(
            "plan: step %s of the rollback gives the candidate %s - a rollback only takes traffic from it"
                .formatted(step.id(), weight));
      }
    }
  }

  /// A plan of a document that has one way to do each thing, says nothing of who may decide what,
  /// and may act at any time.
  public Plan(
      String title,
      String file,
      String digest,
      int items,
      List<Step> steps,
      List<Step> rollback,
      List<Trigger> triggers,
      Map<String, String> parameters,
      List<Mark.Blank> placeholders,
      List<String> missing,
      double pace) {
    this(
        title,
        file,
        digest,
        items,
        steps,
        rollback,
        triggers,
        parameters,
        placeholders,
        missing,
        List.of(),
        pace,
        Rules.NONE,
        Calendar.ALWAYS);
  }

  private static void validate(List<Step> course, Set<StepId> names) {
    for (Step step : course) {
      if (!names.containsAll(step.parts())) {
        throw new IllegalArgumentException(
            "plan: step %s has parts that do not stand before it (%s)"
                .formatted(step.id(), step.parts()));
      }
      if (!names.add(step.id())) {
        throw new IllegalArgumentException("plan: there are two steps " + step.id());
      }
    }
  }

  /// The step of that name, in the plan or in its rollback.
  public Optional<Step> step(StepId id) {
    return Stream.concat(steps.stream(), rollback.stream())
        .filter(step -> step.id().equals(id))
        .findFirst();
  }

  /// The plan with only these of its steps. Of the choices, those are left that have to do with
  /// them; and where none of them changes anything, there is nothing to take back, so that a way
  /// back nobody has chosen is left out.
  public Plan with(List<Step> some) {
    Set<StepId> left = new HashSet<>();
    Stream.concat(some.stream(), rollback.stream()).forEach(step -> left.add(step.id()));
    Set<Integer> lines = new HashSet<>();
    some.forEach(step -> lines.add(step.line()));
    boolean changes =
        some.stream()
            .anyMatch(step ->
                step.action() instanceof Action.Act || step.action() instanceof Action.Shift);
    List<Choice> kept = new ArrayList<>();
    Set<Integer> dropped = new HashSet<>();
    for (Choice choice : choices) {
      List<Integer> own =
          choice.ways().stream()
              .flatMap(way -> way.content().stream())
              .map(Choice.Entry::line)
              .toList();
      if (choice.rollback() && choice.isOpen() && !changes) {
        kept.add(choice.unneeded("this part changes nothing, so there is nothing to take back"));
        dropped.addAll(own);
      } else if (choice.rollback() || own.stream().anyMatch(lines::contains)) {
        kept.add(choice);
      }
    }
    return new Plan(
        title,
        file,
        digest,
        items,
        some.stream().map(step -> step.among(left)).toList(),
        rollback.stream()
            .filter(step -> !dropped.contains(step.line()))
            .map(step -> step.among(left))
            .toList(),
        triggers,
        parameters,
        placeholders,
        missing,
        kept,
        pace,
        rules,
        calendar);
  }

  /// The plan with these steps, triggers and rules.
  Plan with(List<Step> others, List<Trigger> otherTriggers, Rules otherRules) {
    return new Plan(
        title,
        file,
        digest,
        items,
        others,
        rollback,
        otherTriggers,
        parameters,
        placeholders,
        missing,
        choices,
        pace,
        otherRules,
        calendar);
  }

  /// The choices that somebody must make before a run. One that would follow from another is left
  /// out while that one is open.
  public List<Choice> open() {
    List<Choice> open = choices.stream().filter(Choice::isOpen).toList();
    Set<String> leading = new HashSet<>();
    open.stream()
        .filter(choice -> !choice.rollback())
        .forEach(choice -> leading.addAll(choice.keys()));
    return open.stream()
        .filter(choice -> !choice.rollback() || choice.keys().stream().noneMatch(leading::contains))
        .toList();
  }

  /// Whether the plan moves traffic.
  public boolean delivers() {
    return steps.stream().anyMatch(step -> step.action() instanceof Action.Shift);
  }
}
