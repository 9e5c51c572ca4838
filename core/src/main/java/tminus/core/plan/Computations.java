package tminus.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tminus.core.checklist.Line;
import tminus.core.checklist.Mark;
import tminus.core.checklist.Timing;

/// Tells which blanks of a course of steps the run itself can fill, and what the values of the
/// others must be. What is not certain stays a blank for a person.
final class Computations {

  private static final Set<String> DOERS =
      Set.of(
          "completed by",
          "verified by",
          "checked by",
          "done by",
          "performed by",
          "executed by",
          "sent by",
          "tested by");
  private static final Set<String> DAYS =
      Set.of("date", "date/time", "date / time", "date and time");

  private final List<Step> steps;
  private final List<Step> course;
  private final boolean rollback;
  private final Map<StepId, List<FieldWords>> words;
  private final Counts counts;
  private final Optional<Step> start;

  private Computations(
      List<Step> steps, List<Step> course, boolean rollback, Map<StepId, List<FieldWords>> words) {
    this.steps = steps;
    this.course = course;
    this.rollback = rollback;
    this.words = words;
    this.counts = new Counts(rollback ? concat(steps, course) : course);
    this.start = Deployments.start(steps);
  }

  private static List<Step> concat(List<Step> steps, List<Step> more) {
    return Stream.concat(steps.stream(), more.stream()).toList();
  }

  /// The steps of a plan, with what is computed in their forms. A step that asks a person for
  /// nothing any more follows by itself.
  ///
  /// @param lines the lines each step was made of, the item's own first
  static List<Step> in(List<Step> steps, Map<StepId, List<Line>> lines) {
    return new Computations(steps, steps, false, words(steps, lines)).computed();
  }

  /// The same for the steps of the rollback.
  ///
  /// @param steps those of the plan before
  static List<Step> inRollback(
      List<Step> steps, List<Step> rollback, Map<StepId, List<Line>> lines) {
    return new Computations(steps, rollback, true, words(rollback, lines)).computed();
  }

  private static Map<StepId, List<FieldWords>> words(
      List<Step> course, Map<StepId, List<Line>> lines) {
    Map<StepId, List<FieldWords>> words = new HashMap<>();
    for (Step step : course) {
      words.put(
          step.id(),
          FieldWords.of(lines.getOrDefault(step.id(), List.of()), step.form().box().isPresent()));
    }
    return words;
  }

  private List<Step> computed() {
    List<Step> computed = new ArrayList<>();
    for (int i = 0; i < course.size(); i++) {
      computed.add(computed(i));
    }
    return computed;
  }

  private Step computed(int index) {
    Step step = course.get(index);
    Step.Form form = step.form();
    List<FieldWords> known = words.getOrDefault(step.id(), List.of());
    Map<Integer, FieldWords> fields = new HashMap<>();
    for (FieldWords field : known) {
      int position = form.fields().indexOf(field.blank());
      if (position >= 0) {
        fields.put(position, field);
      }
    }
    if (fields.isEmpty()) {
      return step;
    }
    List<Computed> computed = new ArrayList<>();
    List<Limit> limits = new ArrayList<>();
    for (int i = 0; i < form.fields().size(); i++) {
      FieldWords field = fields.get(i);
      if (field != null) {
        int at = i;
        one(index, at, field)
            .or(() -> counts.of(step, before(step), at, field))
            .ifPresent(computed::add);
        field.limit(i).ifPresent(limits::add);
      }
    }
    counts.total(form.fields(), fields, computed).ifPresent(computed::add);
    return step.with(form.with(computed, limits));
  }

  private List<Step> before(Step step) {
    List<Step> earlier = course.subList(0, course.indexOf(step));
    return rollback ? concat(steps, earlier) : earlier;
  }

  private Optional<Computed> one(int index, int at, FieldWords field) {
    Step step = course.get(index);
    String name = field.name();
    if (DOERS.contains(name)) {
      return theStepsOf(index).map(of -> new Computed.Who(at, of));
    }
    if (name.equals("decided by")) {
      return gateBefore(index).map(of -> new Computed.Who(at, of));
    }
    if (name.equals("time")) {
      return isNoted(step)
          ? Optional.empty()
          : theStepsOf(index).map(of -> new Computed.When(at, of, false));
    }
    if (DAYS.contains(name)) {
      return signed(index).map(of -> new Computed.When(at, of, name.equals("date")));
    }
    if (name.equals("result")) {
      return isMachineJudged(step)
          ? Optional.of(new Computed.Result(at, step.id()))
          : Optional.empty();
    }
    return time(index, at, field)
        .or(() -> rollback ? rolledBack(index, at, name) : Optional.empty());
  }

  private Optional<Computed> time(int index, int at, FieldWords field) {
    Step step = course.get(index);
    Optional<Step> previous = index == 0 ? Optional.empty() : Optional.of(course.get(index - 1));
    return switch (field.name()) {
      case "current time" -> Optional.of(new Computed.Turn(at, step.id(), Duration.ZERO));
      case "expected end time" ->
          length(step).map(length -> new Computed.Turn(at, step.id(), length));
      case "deployment duration", "total duration", "total deployment time" ->
          previous.flatMap(last ->
              start.map(
                  first -> new Computed.Took(at, first.id(), last.id(), field.durationUnit())));
      case "duration" ->
          step.form().box().isPresent()
              ? Optional.empty()
              : theStepsOf(index)
                  .map(of ->
                      new Computed.Took(at, of.getFirst(), of.getLast(), field.durationUnit()));
      case "start time", "deployment start time" ->
          isAboutDeployment(step)
              ? start.map(first -> new Computed.Turn(at, first.id(), Duration.ZERO))
              : Optional.empty();
      case "end time", "deployment end time" ->
          isAboutDeployment(step) && start.isPresent()
              ? previous.map(last -> new Computed.When(at, List.of(last.id()), false))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Computed> rolledBack(int index, int at, String name) {
    return switch (name) {
      case "rollback start time", "rollback started at" ->
          Optional.of(new Computed.Rollback(at, Computed.Fact.WHEN));
      case "rollback initiated by", "rollback started by" ->
          Optional.of(new Computed.Rollback(at, Computed.Fact.WHO));
      case "rollback reason", "reason for rollback" ->
          Optional.of(new Computed.Rollback(at, Computed.Fact.WHY));
      case "rollback completion time", "rollback end time", "rollback completed at" ->
          index == 0
              ? Optional.empty()
              : Optional.of(new Computed.When(at, List.of(course.get(index - 1).id()), false));
      default -> Optional.empty();
    };
  }

  /// The steps a line about who and when is about: an item's line is about the item; a line of its
  /// own about those that stand before it under its heading.
  private Optional<List<StepId>> theStepsOf(int index) {
    Step step = course.get(index);
    if (step.form().box().isPresent() || !step.form().signatures().isEmpty()) {
      return Optional.of(List.of(step.id()));
    }
    List<StepId> of = new ArrayList<>();
    for (int i = index - 1; i >= 0 && Headings.isUnder(course.get(i), step.section()); i--) {
      of.addFirst(course.get(i).id());
    }
    return !of.isEmpty() && isLast(index) ? Optional.of(of) : Optional.empty();
  }

  /// Whether nothing follows under the step's heading.
  private boolean isLast(int index) {
    return index == course.size() - 1
        || !Headings.isUnder(course.get(index + 1), course.get(index).section());
  }

  /// `Time: ____ Note: ____` is a place for remarks.
  private static boolean isNoted(Step step) {
    return has(step, "note");
  }

  private static boolean has(Step step, String name) {
    return step.form().fields().stream().anyMatch(blank -> blank.name().equalsIgnoreCase(name));
  }

  private Optional<List<StepId>> gateBefore(int index) {
    List<String> section = course.get(index).section();
    for (int i = index - 1; i >= 0 && course.get(i).section().equals(section); i--) {
      if (course.get(i).action() instanceof Action.Gate) {
        return Optional.of(List.of(course.get(i).id()));
      }
    }
    return Optional.empty();
  }

  /// The sign-off, or the decision, a date stands beside.
  private Optional<List<StepId>> signed(int index) {
    Step step = course.get(index);
    if (!step.form().signatures().isEmpty()) {
      return Optional.of(List.of(step.id()));
    }
    if (has(step, "decided by")) {
      return gateBefore(index);
    }
    if (index == 0 || !DAYS.contains(lower(step.form().fields().getFirst()))) {
      return Optional.empty();
    }
    Step before = course.get(index - 1);
    boolean signed =
        !before.form().signatures().isEmpty() && before.section().equals(step.section());
    return signed ? Optional.of(List.of(before.id())) : Optional.empty();
  }

  private static String lower(Mark.Blank blank) {
    return blank.name().toLowerCase(Locale.ROOT);
  }

  private static boolean isMachineJudged(Step step) {
    return step.action().commands().stream().anyMatch(command -> command.expectation().isPresent());
  }

  /// How long the step's section is to take, by its heading.
  private static Optional<Duration> length(Step step) {
    return step.timing()
        .flatMap(timing ->
            switch (timing) {
              case Timing.Between(Duration from, Duration to) -> Optional.of(to.minus(from));
              case Timing.Takes(Duration duration) -> Optional.of(duration);
              case Timing.At _ -> Optional.empty();
            });
  }

  private static boolean isAboutDeployment(Step step) {
    return Headings.words(step.title()).contains("deployment")
        || step.form().fields().stream()
            .map(Mark.Blank::name)
            .anyMatch(name -> Headings.words(name).contains("deployment"));
  }
}
