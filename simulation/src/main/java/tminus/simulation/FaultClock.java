package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Event.Slots;
import tminus.core.run.Recorded;
import tminus.core.traffic.Weight;
import tminus.simulation.Fault.Kind;
import tminus.simulation.Fault.Of;

/// Lets faults begin and end when it is their time. Confined to one thread.
final class FaultClock {

  /// How long Tminus is away when it is killed and nothing else is said.
  private static final Duration RESTART = Duration.ofSeconds(5);

  private final SimulatedWorld world;
  private final People people;
  private final Plan plan;
  private final Consumer<Duration> crash;
  private final List<Fault> waiting = new ArrayList<>();
  private final List<Begun> begun = new ArrayList<>();

  /// A fault that has begun.
  ///
  /// @param hurts whether it is the service that it makes worse
  record Begun(Instant at, Fault fault, boolean hurts) {

    boolean isOfStable() {
      return switch (fault.kind()) {
        case Kind.Errors(Of of, _) -> of == Of.STABLE;
        case Kind.Slower(Of of, _) -> of == Of.STABLE;
        case Kind.Crash(Of of) -> of == Of.STABLE;
        default -> false;
      };
    }
  }

  /// @param crash kills Tminus, and starts it again after so long
  FaultClock(
      List<Fault> faults,
      SimulatedWorld world,
      People people,
      Plan plan,
      Slots slots,
      Consumer<Duration> crash) {
    this.world = world;
    this.people = people;
    this.plan = plan;
    this.crash = crash;
    for (Fault fault : faults) {
      if (fault.when().weight().isEmpty() && fault.when().step().isEmpty()) {
        schedule(fault);
      } else {
        waiting.add(fault);
      }
    }
    world
        .reality()
        .after(done -> {
          if (done.deed() instanceof Deed.Routed) {
            Weight now = world.reality().weight(slots.candidate());
            due(fault ->
                fault.when().weight().filter(weight -> now.compareTo(weight) >= 0).isPresent());
          }
        });
  }

  /// Every fault names a step that the plan has.
  ///
  /// @throws IllegalArgumentException when one does not
  static void check(List<Fault> faults, Plan plan) {
    for (Fault fault : faults) {
      fault
          .when()
          .step()
          .filter(words -> steps(plan).stream().noneMatch(step -> has(step, words)))
          .ifPresent(words -> {
            throw new IllegalArgumentException(
                "fault '%s': no step of the plan has '%s' in its words - tminus plan lists them"
                    .formatted(fault.text(), words));
          });
    }
  }

  private static List<Step> steps(Plan plan) {
    List<Step> all = new ArrayList<>(plan.steps());
    all.addAll(plan.rollback());
    return all;
  }

  private static boolean has(Step step, String words) {
    return step.title().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT))
        || step.id().value().equals(words);
  }

  /// Hears of an event of the run.
  void recorded(Recorded recorded) {
    Optional<StepId> begins =
        switch (recorded.event()) {
          case Event.StepStarted(StepId step, _) -> Optional.of(step);
          case Event.StepAsked(StepId step, _) -> Optional.of(step);
          case Event.UndoStarted(StepId step, _, _) -> Optional.of(step);
          default -> Optional.empty();
        };
    begins
        .flatMap(plan::step)
        .ifPresent(step ->
            due(fault -> fault.when().step().filter(words -> has(step, words)).isPresent()));
  }

  private void due(Predicate<Fault> isDue) {
    for (Fault fault : List.copyOf(waiting)) {
      if (isDue.test(fault)) {
        waiting.remove(fault);
        schedule(fault);
      }
    }
  }

  private void schedule(Fault fault) {
    if (fault.when().after().isZero()) {
      begin(fault);
    } else {
      world.reality().agenda().in(fault.when().after(), () -> begin(fault));
    }
  }

  private void begin(Fault fault) {
    world.traffic().advance();
    boolean hurts =
        switch (fault.kind()) {
          case Kind.Errors _, Kind.Slower _, Kind.Crash _, Kind.Leak _ -> true;
          default -> false;
        };
    begun.add(new Begun(world.reality().agenda().moment(), fault, hurts));
    set(fault, true);
    fault
        .when()
        .lasting()
        .ifPresent(time ->
            world
                .reality()
                .agenda()
                .in(
                    time,
                    () -> {
                      world.traffic().advance();
                      set(fault, false);
                    }));
  }

  private void set(Fault fault, boolean on) {
    Troubles troubles = world.troubles();
    switch (fault.kind()) {
      case Kind.Errors(Of of, double share) -> service(of).errors(on ? share : 0);
      case Kind.Slower(Of of, Duration more) -> service(of).latency(on ? more : Duration.ZERO);
      case Kind.Crash(Of of) -> service(of).crashed(on);
      case Kind.SlowStart(Duration time) -> world.reality().slowStart(on ? time : Duration.ZERO);
      case Kind.Leak(Duration untilCrash) ->
          service(Of.CANDIDATE).leak =
              on
                  ? Optional.of(new Troubles.Leak(world.reality().agenda().moment(), untilCrash))
                  : Optional.empty();
      case Kind.MetricsSilent _ -> troubles.metricsSilent(on);
      case Kind.MetricsLie _ -> troubles.metricsLie(on);
      case Kind.MetricsLag(Duration lag) -> troubles.metricsLag(on ? lag : Duration.ZERO);
      case Kind.RouterFails _ -> troubles.routerFails(on);
      case Kind.RouterSlow(Duration time) -> troubles.routerSlow = on ? time : Duration.ZERO;
      case Kind.RouterLate(Duration lag) -> troubles.routerLate = on ? lag : Duration.ZERO;
      case Kind.DeployFails _ -> troubles.deployFails = on;
      case Kind.MessagesFail _ -> troubles.messagesFail = on;
      case Kind.MigrationFails _ -> troubles.migrationFails = on;
      case Kind.CheckFails _ -> checks(fault, on);
      case Kind.Absent(String who) -> people.absent(who, on);
      case Kind.Late(Duration more, String who) -> people.late(who, on ? more : Duration.ZERO);
      case Kind.ControllerCrash _ -> {
        if (on) {
          crash.accept(fault.when().lasting().orElse(RESTART));
        }
      }
    }
  }

  private Troubles.OfService service(Of of) {
    return of == Of.STABLE ? world.troubles().stable() : world.troubles().candidate();
  }

  private void checks(Fault fault, boolean on) {
    Troubles troubles = world.troubles();
    if (fault.when().step().isEmpty()) {
      troubles.everyCheckFails = on;
      return;
    }
    for (Step step : steps(plan)) {
      if (has(step, fault.when().step().get())) {
        if (on) {
          troubles.failing.add(step.id());
        } else {
          troubles.failing.remove(step.id());
        }
      }
    }
  }

  /// What has begun so far.
  List<Begun> begun() {
    return List.copyOf(begun);
  }
}
