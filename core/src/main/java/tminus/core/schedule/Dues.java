package tminus.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.checklist.Timing;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;

/// When the sections of a plan are due, relative to T-0, in the plan's order. Immutable.
///
/// Every step belongs to the nearest heading above it that says a time.
///
/// - A *window* (`T+5 to T+25 min`) begins and ends as it says.
/// - A *moment* (`T-30 minutes`) begins as it says. It should be over when the next later one after
///   it in the document begins, and one before T-0 by T-0 at the latest. When nothing later
///   follows, it is due at its moment.
/// - A *length* (`(15 minutes)`) begins where the section before it ends, or with a moment before
///   it. When nothing but lengths follows before T-0, the first of them begins at T-0: that is when
///   the deployment begins. Lengths at the beginning of a document that lead up to a time before or
///   at T-0 end there.
///
/// At another pace than 1 all of these are as many times shorter as the plan's waits. The steps of
/// the rollback are not due at any time.
public final class Dues {

  private final List<Section> sections;
  private final Map<StepId, Section> ofSteps = new HashMap<>();

  /// A heading with a time, and the steps that are due with it.
  ///
  /// @param headings itself, after those it stands under
  /// @param begin when it is due, from T-0 on; negative before
  /// @param end when it should be over, from T-0 on
  public record Section(
      List<String> headings, Timing timing, List<Step> steps, Duration begin, Duration end) {

    public Section {
      headings = List.copyOf(headings);
      steps = List.copyOf(steps);
    }

    /// When it is due, with this T-0.
    public Due at(Instant zero) {
      return new Due(zero.plus(begin), zero.plus(end));
    }
  }

  private Dues(List<Section> sections) {
    this.sections = List.copyOf(sections);
    for (Section section : this.sections) {
      section.steps().forEach(step -> ofSteps.put(step.id(), section));
    }
  }

  /// When the sections of this plan are due.
  public static Dues of(Plan plan) {
    List<Section> sections = new ArrayList<>();
    List<Step> together = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (step.timing().isEmpty()) {
        continue;
      }
      if (!together.isEmpty() && !sameHeading(together.getLast(), step)) {
        sections.add(placed(together, plan.pace()));
        together.clear();
      }
      together.add(step);
    }
    if (!together.isEmpty()) {
      sections.add(placed(together, plan.pace()));
    }
    anchorLengths(sections);
    endMoments(sections);
    return new Dues(sections);
  }

  private static boolean sameHeading(Step one, Step other) {
    return one.timing().equals(other.timing()) && headings(one).equals(headings(other));
  }

  private static List<String> headings(Step step) {
    return step.section().subList(0, step.timed());
  }

  private static Section placed(List<Step> steps, double pace) {
    List<String> headings = headings(steps.getFirst());
    Timing timing = atPace(steps.getFirst().timing().orElseThrow(), pace);
    return switch (timing) {
      case Timing.At(Duration offset) -> new Section(headings, timing, steps, offset, offset);
      case Timing.Between(Duration from, Duration to) ->
          new Section(headings, timing, steps, from, to);
      case Timing.Takes(Duration length) ->
          new Section(headings, timing, steps, Duration.ZERO, length);
    };
  }

  private static Timing atPace(Timing timing, double pace) {
    return switch (timing) {
      case Timing.At(Duration offset) -> new Timing.At(atPace(offset, pace));
      case Timing.Between(Duration from, Duration to) ->
          new Timing.Between(atPace(from, pace), atPace(to, pace));
      case Timing.Takes(Duration length) -> new Timing.Takes(atPace(length, pace));
    };
  }

  private static Duration atPace(Duration duration, double pace) {
    return pace == 1 ? duration : Duration.ofMillis(Math.round(duration.toMillis() / pace));
  }

  /// Puts each chain of lengths behind what goes before it, or where it leads to.
  private static void anchorLengths(List<Section> sections) {
    for (int first = 0; first < sections.size(); first++) {
      if (!isLength(sections.get(first))) {
        continue;
      }
      int next = first;
      while (next < sections.size() && isLength(sections.get(next))) {
        next++;
      }
      Duration begin = anchor(sections, first, next);
      for (int i = first; i < next; i++) {
        Section section = sections.get(i);
        Duration end = begin.plus(section.end());
        sections.set(i, moved(section, begin, end));
        begin = end;
      }
      first = next;
    }
  }

  /// Where the chain of lengths from `first` up to `next` begins.
  private static Duration anchor(List<Section> sections, int first, int next) {
    Optional<Duration> before =
        first == 0 ? Optional.empty() : Optional.of(sections.get(first - 1).end());
    Optional<Duration> after =
        next == sections.size() ? Optional.empty() : Optional.of(sections.get(next).begin());
    boolean leadsUp =
        after.isPresent()
            && after.get().compareTo(Duration.ZERO) <= 0
            && before.stream().allMatch(end -> end.compareTo(after.get()) <= 0);
    if (leadsUp) {
      return before.orElseGet(() ->
          sections.subList(first, next).stream()
              .map(Section::end)
              .reduce(after.get(), Duration::minus));
    }
    return before.filter(end -> !end.isNegative()).orElse(Duration.ZERO);
  }

  private static boolean isLength(Section section) {
    return section.timing() instanceof Timing.Takes;
  }

  private static void endMoments(List<Section> sections) {
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if (section.timing() instanceof Timing.At) {
        Duration begin = section.begin();
        Duration end = begin.isNegative() ? Duration.ZERO : null;
        for (Section later : sections.subList(i + 1, sections.size())) {
          boolean sooner = end == null || later.begin().compareTo(end) < 0;
          if (later.begin().compareTo(begin) > 0 && sooner) {
            end = later.begin();
          }
        }
        sections.set(i, moved(section, begin, end == null ? begin : end));
      }
    }
  }

  private static Section moved(Section section, Duration begin, Duration end) {
    return new Section(section.headings(), section.timing(), section.steps(), begin, end);
  }

  /// The sections with a time, in the plan's order.
  public List<Section> sections() {
    return sections;
  }

  /// The section with a time that a step belongs to, if it has one.
  public Optional<Section> of(StepId step) {
    return Optional.ofNullable(ofSteps.get(step));
  }

  /// From when on a run that keeps its times may begin a step. What is due before T-0 may be done
  /// as early as one likes; what is due at T-0 or later waits for its time, and what only says how
  /// long it takes for T-0 and what goes before it.
  public Optional<Instant> notBefore(StepId step, Instant zero) {
    return of(step)
        .filter(section -> !section.begin().isNegative())
        .map(section -> section.timing() instanceof Timing.Takes ? zero : section.at(zero).begin());
  }

  /// When a step is due, with this T-0.
  public Optional<Due> of(StepId step, Instant zero) {
    return of(step).map(section -> section.at(zero));
  }
}
