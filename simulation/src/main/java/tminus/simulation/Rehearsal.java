package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.judge.Quantity;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Event.Slots;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.core.traffic.Slot;
import tminus.engine.Journal;
import tminus.engine.Json;
import tminus.engine.MemoryJournal;
import tminus.engine.RunListener;
import tminus.engine.Runs;

/// A plan gone through in a simulated world, as often as one likes. Immutable; its runs may be made
/// by several threads.
public final class Rehearsal {

  /// Who starts a rehearsed run.
  public static final String STARTER = "Deployment Lead (simulated)";

  /// A run that waits for somebody this long is not gone on with.
  static final Duration PATIENCE = Duration.ofDays(7);

  /// An answer slower than this hurts, where the document says nothing of latencies.
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final Slots ASSUMED =
      new Slots(new Slot("blue"), new Slot("green"), "the version before");

  private final Plan plan;
  private final String hash;
  private final Setting setting;

  /// How a plan is rehearsed.
  ///
  /// @param start when the run starts, by the virtual clock
  /// @param beforeZero how long before T-0 that is
  /// @param perSecond requests in a second, on average
  /// @param slots which slot is which; empty when none are bound
  public record Setting(
      Instant start,
      Duration beforeZero,
      double perSecond,
      List<Fault> faults,
      Optional<Slots> slots,
      People.Habits habits) {

    /// A Monday morning: the virtual clock shows the same in every rehearsal.
    public static final Instant MORNING = Instant.parse("2026-01-12T09:00:00Z");

    /// Requests in a second, where nothing is said.
    public static final double USUAL_RATE = 100;

    public Setting {
      faults = List.copyOf(faults);
      if (!(perSecond > 0)) {
        throw new IllegalArgumentException(
            "requests per second: %s is not more than 0".formatted(perSecond));
      }
    }

    /// The usual setting with these faults: T-0 is the start.
    public static Setting of(List<Fault> faults) {
      return new Setting(
          MORNING, Duration.ZERO, USUAL_RATE, faults, Optional.empty(), People.Habits.USUAL);
    }
  }

  /// A rehearsal of a plan.
  ///
  /// @throws IllegalArgumentException when a fault names a step that the plan does not have
  public Rehearsal(Plan plan, Setting setting) {
    FaultClock.check(setting.faults(), plan);
    this.plan = plan;
    this.hash = Json.sha256(Json.write(plan));
    this.setting = setting;
  }

  /// Goes through the plan once. The same seed gives the same run.
  public Rehearsed run(long seed) {
    return new Once(seed).run();
  }

  /// One run.
  private final class Once {

    private final long seed;
    private final SplittableRandom random;
    private final Agenda agenda = new Agenda(setting.start());
    private final MemoryJournal journal = new MemoryJournal(false);
    private final Slots slots = setting.slots().orElse(ASSUMED);
    private final SimulatedWorld world;
    private final Runs runs;
    private final Runs.View begun;
    private final People people;
    private final FaultClock faults;
    private VirtualDriver driver;
    private int seen;

    Once(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.world =
          new SimulatedWorld(
              agenda,
              plan,
              slots,
              rate(plan, setting.perSecond()),
              slowLimit(plan),
              random.split());
      if (!deploys(plan)) {
        world.reality().settled(slots.candidate(), "the new version");
      }
      this.runs = new Runs(journal, agenda, random.split());
      this.begun =
          runs.start(
              new RunCommand.Start(
                  plan,
                  hash,
                  Event.CommandPolicy.RUN,
                  Optional.of(slots),
                  Optional.of(setting.start().plus(setting.beforeZero()))),
              plan.title(),
              new Journal.Origin(plan.file(), "", ""),
              STARTER);
      this.people = new People(world, runs, begun.id(), setting.habits(), random.split());
      this.driver = driver();
      this.faults = new FaultClock(setting.faults(), world, people, plan, slots, this::crash);
    }

    private VirtualDriver driver() {
      VirtualDriver made =
          new VirtualDriver(
              runs,
              begun.id(),
              world,
              RunListener.NONE,
              new VirtualDriver.Setting("rehearsal", false, agenda),
              random.split());
      made.afterTurn(this::heard);
      return made;
    }

    private void crash(Duration away) {
      driver.kill("killed by a fault");
      agenda.in(
          away,
          () -> {
            driver = driver();
            driver.start();
          });
    }

    /// What was written since is told to the faults and to the people.
    private void heard() {
      List<Recorded> events = runs.view(begun.id()).events();
      while (seen < events.size()) {
        faults.recorded(events.get(seen++));
      }
      people.notice();
    }

    Rehearsed run() {
      driver.start();
      long known = 0;
      boolean over = false;
      while (!over && agenda.step()) {
        long seq = journal.tip(begun.id()).orElseThrow().seq();
        if (seq != known) {
          known = seq;
          driver.notice();
          heard();
          over = runs.view(begun.id()).state().status() == Status.FINISHED;
        } else {
          over = isHopeless();
        }
      }
      world.traffic().advance();
      return Rehearsed.of(seed, runs.view(begun.id()), world, people.waits(), faults);
    }

    private boolean isHopeless() {
      return people
          .waitingSince()
          .filter(since -> agenda.instant().isAfter(since.plus(PATIENCE)))
          .isPresent();
    }
  }

  /// Enough requests that what the document asks for can be answered.
  private static double rate(Plan plan, double asked) {
    return conditions(plan)
        .filter(condition -> condition.metric().contains("throughput"))
        .filter(condition -> condition.limit().unit() == Quantity.Unit.PER_SECOND)
        .filter(condition ->
            condition.comparison() == Comparison.AT_LEAST
                || condition.comparison() == Comparison.GREATER)
        .mapToDouble(condition -> 2 * condition.limit().base())
        .reduce(asked, Math::max);
  }

  /// The strictest latency the document puts up with.
  private static Duration slowLimit(Plan plan) {
    return conditions(plan)
        .filter(condition -> condition.metric().contains("latency"))
        .filter(condition -> condition.limit().unit().symbol().endsWith("s"))
        .map(condition -> Duration.ofNanos((long) (condition.limit().base() * 1e9)))
        .filter(Duration::isPositive)
        .min(Duration::compareTo)
        .orElse(SLOW);
  }

  private static Stream<Condition> conditions(Plan plan) {
    return Stream.concat(
        plan.triggers().stream().map(Trigger::condition).flatMap(Optional::stream),
        plan.steps().stream()
            .map(Step::action)
            .filter(Action.Bake.class::isInstance)
            .flatMap(action -> ((Action.Bake) action).conditions().stream()));
  }

  /// Whether the plan puts anything into a slot.
  private static boolean deploys(Plan plan) {
    return plan.steps().stream()
        .anyMatch(step -> step.action() instanceof Action.Act(Work.Deploy _, Optional<Work> _));
  }
}
