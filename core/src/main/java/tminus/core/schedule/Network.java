package tminus.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tminus.core.calendar.Calendar;
import tminus.core.plan.Action;
import tminus.core.plan.Step;

/// The steps that are not settled, with what each of them waits for: an activity network as in the
/// critical path method (Kelley and Walker, *Critical-Path Planning and Scheduling*, 1959), with
/// times before which a step does not start.
final class Network {

  /// Of each step, the positions of those it waits for; what these wait for is left out.
  private final List<List<Integer>> waitsFor = new ArrayList<>();

  private final List<Step> steps;
  private final Schedule.Situation situation;
  private final Calendar calendar;
  private final List<Optional<Instant>> notBefore = new ArrayList<>();

  Network(List<Step> steps, Dues dues, Calendar calendar, Schedule.Situation situation) {
    this.steps = steps;
    this.situation = situation;
    this.calendar = calendar;
    for (Step step : steps) {
      notBefore.add(situation.zero().flatMap(zero -> dues.notBefore(step.id(), zero)));
    }
    link();
  }

  /// What people attest waits for the barrier before it, and for what the same people attest since:
  /// they do one thing at a time, different people side by side. Everything else waits for all that
  /// is before it, as a run does.
  private void link() {
    List<Integer> notWaitedFor = new ArrayList<>();
    List<Integer> barrier = List.of();
    Map<List<String>, Integer> people = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      List<Integer> waits = new ArrayList<>();
      if (step.action() instanceof Action.Attest) {
        waits.addAll(barrier);
        Integer sameBefore = people.put(step.roles(), i);
        if (sameBefore != null) {
          waits.add(sameBefore);
        }
        notWaitedFor.add(i);
      } else {
        waits.addAll(notWaitedFor);
        // One that has begun waits for nothing any more, so that others must do it themselves.
        if (!hasBegun(i)) {
          notWaitedFor.clear();
        }
        notWaitedFor.add(i);
        if (step.isBarrier()) {
          barrier = List.copyOf(notWaitedFor);
          people.clear();
        }
      }
      waitsFor.add(waits);
    }
  }

  private boolean hasBegun(int position) {
    return situation.progress(steps.get(position).id()).began().isPresent();
  }

  /// When each step would start and end.
  ///
  /// @param begin by position, not before now but for those that have begun
  /// @param end by position, not before now
  /// @param blocked why a change never starts, if one never does
  record Pass(List<Instant> begin, List<Instant> end, Optional<String> blocked, Instant now) {

    /// When all of it is over.
    Instant over() {
      return end.stream().max(Instant::compareTo).orElse(now);
    }
  }

  /// Each step as early as it can, if it takes that long.
  Pass earliest(Function<Step, Duration> length) {
    List<Instant> begin = new ArrayList<>();
    List<Instant> end = new ArrayList<>();
    Optional<String> blocked = Optional.empty();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Optional<Instant> began = situation.progress(step.id()).began();
      Instant start = situation.now();
      for (int before : waitsFor.get(i)) {
        start = later(start, end.get(before));
      }
      if (began.isPresent()) {
        start = began.get();
      } else {
        if (notBefore.get(i).isPresent()) {
          start = later(start, notBefore.get(i).get());
        }
        if (step.changes()
            && calendar.at(start)
                instanceof Calendar.State.Closed(String reason, Optional<Instant> opens)) {
          blocked = opens.isEmpty() ? blocked.or(() -> Optional.of(reason)) : blocked;
          start = opens.orElse(start);
        }
      }
      begin.add(start);
      end.add(later(situation.now(), start.plus(length.apply(step))));
    }
    return new Pass(begin, end, blocked, situation.now());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// By how much each step could end later without the whole doing so.
  List<Duration> slack(Pass pass) {
    List<Instant> latestEnd = new ArrayList<>(Collections.nCopies(steps.size(), pass.over()));
    List<Duration> slack = new ArrayList<>(Collections.nCopies(steps.size(), Duration.ZERO));
    for (int i = steps.size() - 1; i >= 0; i--) {
      Duration spare = Duration.between(pass.end().get(i), latestEnd.get(i));
      slack.set(i, spare);
      // One that has begun holds up nothing that goes before it any more.
      if (!hasBegun(i)) {
        Instant latestBegin = pass.begin().get(i).plus(spare);
        for (int before : waitsFor.get(i)) {
          if (latestBegin.isBefore(latestEnd.get(before))) {
            latestEnd.set(before, latestBegin);
          }
        }
      }
    }
    return slack;
  }

  /// The steps that determine the end: the last one to end, the one it waited for, and so on back
  /// to one that waited for none. Each begins when the one before it ends.
  List<Step> critical(Pass pass) {
    List<Step> path = new ArrayList<>();
    Optional<Integer> at = lastEnding(pass);
    while (at.isPresent()) {
      int i = at.get();
      path.add(steps.get(i));
      at =
          hasBegun(i)
              ? Optional.empty()
              : waitsFor.get(i).stream()
                  .filter(before -> pass.end().get(before).equals(pass.begin().get(i)))
                  .max(Integer::compareTo);
    }
    return path.reversed();
  }

  private Optional<Integer> lastEnding(Pass pass) {
    Instant over = pass.over();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (pass.end().get(i).equals(over)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /// The times of a pass by step.
  Map<Step, Due> times(Pass pass) {
    Map<Step, Due> times = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      times.put(steps.get(i), new Due(pass.begin().get(i), pass.end().get(i)));
    }
    return times;
  }
}
