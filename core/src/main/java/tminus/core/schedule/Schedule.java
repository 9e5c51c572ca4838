package tminus.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;

/// Where a run stands in time: when each step is due, what is late, which steps determine the end,
/// and when that is expected. Immutable, and a pure function of what is known at one moment.
///
/// A step *is late* while it is not settled after its due end.
///
/// It is expected to begin at the latest of: now; the ends of the steps it waits for; its due
/// begin, when there is a T-0; for acts and shifts, the next moment the calendar is open. It ends
/// its [Length] after that, and not before now. What people attest waits for the barrier before it
/// and for what the same roles attest in between; everything else waits for all that stands before
/// it.
///
/// The *critical path* is the longest way through these: the step that ends last, the one whose end
/// it waited for, and so on, back to one that begins now, has begun, or waits for its due time or
/// the calendar only. A step's *slack* is by how much it could end later without the run doing so;
/// zero on the critical path.
///
/// The rollback has no schedule: it goes as fast as it can.
///
/// @param steps all of the plan's steps, in order
/// @param criticalPath in order; empty when nothing is left
/// @param ending when the run is expected to end; empty when a change waits for a calendar that
///   does not open
/// @param blocked why that is, then
public record Schedule(
    List<Timed> steps,
    List<StepId> criticalPath,
    Optional<Ending> ending,
    Optional<String> blocked) {

  public Schedule {
    steps = List.copyOf(steps);
    criticalPath = List.copyOf(criticalPath);
  }

  /// What is known at one moment.
  ///
  /// @param zero T-0, when the run is scheduled
  /// @param progress of steps; those not in it have not begun
  public record Situation(
      Optional<Instant> zero, Instant now, Map<StepId, Progress> progress, Past past) {

    public Situation {
      progress = Map.copyOf(progress);
    }

    Progress progress(StepId step) {
      return progress.getOrDefault(step, Progress.NONE);
    }
  }

  /// One step in time.
  ///
  /// @param due when its section is due, with a T-0 and a time in the document
  /// @param length how long it is expected to take; empty when nobody knows
  /// @param left when it is expected to begin (or has begun) and to end; empty once it is settled
  /// @param late for how long it should have been settled; zero when it is, or is not late
  /// @param slack by how much it could end later without the run doing so; zero once it is settled
  /// @param critical whether it is on the critical path
  public record Timed(
      Step step,
      Optional<Due> due,
      Optional<Length> length,
      Optional<Due> left,
      Duration late,
      Duration slack,
      boolean critical) {

    /// Whether it should have been settled by now.
    public boolean isLate() {
      return !late.isZero();
    }
  }

  /// The schedule of a plan in this situation.
  public static Schedule of(Plan plan, Situation situation) {
    Dues dues = Dues.of(plan);
    Lengths lengths = new Lengths(dues, situation);
    List<Step> left =
        plan.steps().stream().filter(step -> !situation.progress(step.id()).settled()).toList();
    Map<StepId, Length> known = new HashMap<>();
    left.forEach(step -> lengths.of(step).ifPresent(length -> known.put(step.id(), length)));
    Network network = new Network(left, dues, plan.calendar(), situation);
    Guess guess = new Guess(left, known);
    Network.Pass about = network.earliest(guess.median());
    List<StepId> path = network.critical(about).stream().map(Step::id).toList();
    Optional<Ending> ending =
        about.blocked().isPresent()
            ? Optional.empty()
            : Optional.of(ending(network, guess, about, known, left));
    return new Schedule(
        timed(plan, dues, lengths, situation, network, about, path), path, ending, about.blocked());
  }

  private static Ending ending(
      Network network,
      Guess guess,
      Network.Pass about,
      Map<StepId, Length> known,
      List<Step> left) {
    List<Step> working = left.stream().filter(Schedule::takesTime).toList();
    List<Length> lengths =
        working.stream()
            .filter(step -> known.containsKey(step.id()))
            .map(step -> known.get(step.id()))
            .toList();
    int past = (int) lengths.stream().filter(it -> it.source() == Length.Source.PAST).count();
    return new Ending(
        network.earliest(guess::none).over(),
        about.over(),
        guess
            .longest()
            .map(network::earliest)
            .filter(pass -> pass.blocked().isEmpty())
            .map(Network.Pass::over),
        past,
        lengths.size() - past,
        working.size() - lengths.size());
  }

  private static boolean takesTime(Step step) {
    return !(step.action() instanceof Action.Parts);
  }

  private static List<Timed> timed(
      Plan plan,
      Dues dues,
      Lengths lengths,
      Situation situation,
      Network network,
      Network.Pass about,
      List<StepId> path) {
    Map<StepId, Duration> slack = new HashMap<>();
    Map<StepId, Due> times = new LinkedHashMap<>();
    List<Duration> spare = network.slack(about);
    network
        .times(about)
        .forEach((step, time) -> {
          slack.put(step.id(), spare.get(times.size()));
          times.put(step.id(), time);
        });
    Set<StepId> critical = new HashSet<>(path);
    List<Timed> timed = new ArrayList<>();
    for (Step step : plan.steps()) {
      Optional<Due> due = situation.zero().flatMap(zero -> dues.of(step.id(), zero));
      boolean settled = situation.progress(step.id()).settled();
      timed.add(
          new Timed(
              step,
              due,
              lengths.of(step),
              Optional.ofNullable(times.get(step.id())),
              settled
                  ? Duration.ZERO
                  : due.map(it -> it.late(situation.now())).orElse(Duration.ZERO),
              slack.getOrDefault(step.id(), Duration.ZERO),
              critical.contains(step.id())));
    }
    return timed;
  }

  /// The steps that should have been settled by now, in the plan's order.
  public List<Timed> late() {
    return steps.stream().filter(Timed::isLate).toList();
  }

  /// What is due next: of the steps that are not settled and whose turn comes after that moment,
  /// the first to be due.
  public Optional<Timed> dueAfter(Instant now) {
    return steps.stream()
        .filter(step -> step.left().isPresent())
        .filter(step -> step.due().stream().anyMatch(due -> due.begin().isAfter(now)))
        .min(Comparator.comparing(step -> step.due().orElseThrow().begin()));
  }

  /// How long steps are taken to last of which nobody knows it.
  private record Guess(List<Step> left, Map<StepId, Length> known) {

    Duration none(Step step) {
      return length(step).orElse(Duration.ZERO);
    }

    Function<Step, Duration> median() {
      Duration people = Durations.median(lengths(true)).orElse(Duration.ZERO);
      Duration machines = Durations.median(lengths(false)).orElse(Duration.ZERO);
      return step -> length(step).orElse(isForPeople(step) ? people : machines);
    }

    Optional<Function<Step, Duration>> longest() {
      Optional<Duration> people = longest(true);
      Optional<Duration> machines = longest(false);
      boolean all =
          left.stream()
              .filter(step -> length(step).isEmpty())
              .allMatch(step -> (isForPeople(step) ? people : machines).isPresent());
      return all
          ? Optional.of(step ->
              length(step).orElseGet(() -> (isForPeople(step) ? people : machines).orElseThrow()))
          : Optional.empty();
    }

    private Optional<Duration> longest(boolean forPeople) {
      return lengths(forPeople).stream().max(Duration::compareTo);
    }

    private Optional<Duration> length(Step step) {
      return Optional.ofNullable(known.get(step.id())).map(Length::duration);
    }

    /// What is known of steps of this kind. Waits, bakes and parts say nothing of others.
    private List<Duration> lengths(boolean forPeople) {
      return left.stream()
          .filter(step -> isForPeople(step) == forPeople)
          .flatMap(step -> Optional.ofNullable(known.get(step.id())).stream())
          .filter(length -> length.source() != Length.Source.STEP)
          .map(Length::duration)
          .toList();
    }

    private static boolean isForPeople(Step step) {
      return step.action() instanceof Action.Attest || step.action() instanceof Action.Gate;
    }
  }
}
