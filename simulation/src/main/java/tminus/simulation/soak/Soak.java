package tminus.simulation.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Event.Slots;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.core.traffic.Slot;
import tminus.engine.Journal;
import tminus.engine.Lease;
import tminus.engine.MemoryJournal;
import tminus.engine.RunId;
import tminus.engine.RunListener;
import tminus.engine.Runs;
import tminus.engine.port.PortException;
import tminus.simulation.Agenda;
import tminus.simulation.People;
import tminus.simulation.SimulatedWorld;
import tminus.simulation.Troubles;
import tminus.simulation.VirtualDriver;
import tminus.simulation.VirtualDriver.Life;

/// One run of a random plan in which everything goes wrong: servers are killed between any two
/// lines, stand still past their leases and go on, and have wrong clocks; calls fail, and replies
/// get lost; the numbers lag, lie or stop; people are late, speak twice, speak nonsense or do not
/// answer. Then the faults stop, and the run must end. All of it follows from the seed.
///
/// Two servers share the journal; each takes the run over when it can.
public final class Soak {

  /// What came of one run.
  ///
  /// @param events how many entries its journal has
  /// @param result how it ended; empty when an invariant was broken before
  /// @param kinds what kinds of events it has
  /// @param takeovers how often a server took the run over from another, or from itself before
  /// @param broken which invariant was broken how; empty when all held
  /// @param story what happened last, for whoever must find out why
  public record Soaked(
      long seed,
      int events,
      Optional<Event.Result> result,
      Set<Class<?>> kinds,
      int takeovers,
      Optional<String> broken,
      List<String> story) {}

  private static final Slots SLOTS = new Slots(new Slot("blue"), new Slot("green"), "v1");
  private static final List<String> NAMES = List.of("someone", "Ada", "Zoë");
  private static final Instant START = Instant.parse("2026-01-12T09:00:00Z");

  /// How long things go wrong.
  private static final Duration STORM = Duration.ofMinutes(8);

  /// Once they do not any more, a run has this long, and so many things may happen in it. A gate
  /// that nobody can pass waits for its deadline, twelve hours; the last step may be due three
  /// hours after T-0.
  private static final Duration CALM = Duration.ofDays(4);

  /// Who wants to call a rollback off says so within this time.
  private static final Duration HASTE = Duration.ofSeconds(3);

  /// One in so many beginnings is aimed at.
  private static final int AIMED = 40;

  private static final int PATIENCE = 2_000_000;

  /// One in so many runs keeps its journal as the one on disk does.
  private static final int CHAINED = 16;

  private final long seed;
  private final SplittableRandom random;
  private final Agenda agenda = new Agenda(START);
  private final MemoryJournal journal;
  private final Plan plan;
  private final SimulatedWorld world;
  private final Runs people;
  private final RunId id;
  private final Invariants invariants;
  private final People crowd;
  private final RandomCommands nonsense;
  private final List<Server> servers = new ArrayList<>();
  private boolean stormy = true;
  private double losses;

  private Soak(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.journal = new MemoryJournal(isChained(seed));
    this.plan = new RandomPlans(random.split()).plan();
    this.world = new SimulatedWorld(agenda, plan, SLOTS, 20, Duration.ofSeconds(1), random.split());
    world.edge(new Edges());
    this.people =
        new Runs(
            new FragileJournal(journal, new Fuse(), events -> written(Optional.empty(), events)),
            agenda,
            random.split());
    Event.CommandPolicy[] policies = Event.CommandPolicy.values();
    this.id =
        people
            .start(
                new RunCommand.Start(
                    plan,
                    "cafe",
                    policies[random.nextInt(policies.length)],
                    Optional.of(SLOTS),
                    random.nextInt(3) == 0
                        ? Optional.of(START.plus(Duration.ofHours(1)))
                        : Optional.empty()),
                "# Random\n",
                new Journal.Origin("random.md", "", ""),
                NAMES.getFirst())
            .id();
    if (random.nextInt(4) != 0) {
      world.reality().settled(SLOTS.candidate(), "v2");
    }
    this.invariants = new Invariants(world, journal, id, new Ledger(plan, NAMES.getFirst()), SLOTS);
    this.crowd =
        new People(
            world,
            people,
            id,
            new People.Habits(Duration.ofSeconds(3), Duration.ofSeconds(8)),
            random.split());
    this.nonsense = new RandomCommands(random.split());
    for (String name : List.of("north", "south")) {
      servers.add(new Server(name, random.split()));
    }
  }

  private static boolean isChained(long seed) {
    return seed % CHAINED == 0;
  }

  /// Goes through the run of a seed.
  public static Soaked run(long seed) {
    Soak soak = new Soak(seed);
    Optional<String> broken = Optional.empty();
    try {
      soak.play();
    } catch (Invariant.Broken e) {
      broken = Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException | VirtualDriver.Killed e) {
      broken =
          Optional.of(
              "the engine failed: "
                  + e
                  + " at "
                  + List.of(e.getStackTrace()).stream().limit(6).toList());
    }
    return soak.soaked(broken);
  }

  private Soaked soaked(Optional<String> broken) {
    Runs.View view = people.view(id);
    return new Soaked(
        seed,
        view.events().size(),
        broken.isPresent() ? Optional.empty() : view.state().result(),
        view.events().stream()
            .map(recorded -> recorded.event().getClass())
            .collect(Collectors.<Class<?>>toUnmodifiableSet()),
        takeovers(),
        broken,
        broken.isPresent() ? Story.of(view, world.reality(), servers) : List.of());
  }

  /// A lease's token grows with each change of hands.
  private int takeovers() {
    return journal.leases().find(Lease.ofRun(id)).map(lease -> (int) lease.token() - 1).orElse(0);
  }

  private void written(Optional<String> writer, List<Recorded> events) {
    invariants.written(writer, events);
    if (stormy) {
      events.forEach(recorded -> aim(recorded.event()));
    }
    agenda.in(
        Duration.ZERO,
        () -> {
          servers.forEach(server -> server.driver.ifPresent(VirtualDriver::notice));
          crowd.notice();
        });
  }

  /// Chance alone seldom strikes while something is under way: some of it is aimed there.
  private void aim(Event event) {
    if (event instanceof Event.StepStarted(StepId step, _)
        && plan.step(step).orElseThrow().action() instanceof Action.Shift
        && random.nextInt(8) == 0) {
      world.troubles().routerSlow(Duration.ofSeconds(3 + random.nextInt(6)));
      agenda.in(HASTE.multipliedBy(4), () -> world.troubles().routerSlow(Duration.ZERO));
      agenda.in(
          within(HASTE),
          () -> people.tell(id, NAMES.get(1), new RunCommand.RollBack("not like this")));
    }
    boolean begins = event instanceof Event.StepStarted || event instanceof Event.UndoStarted;
    if (begins && random.nextInt(AIMED) == 0) {
      Server server = servers.get(random.nextInt(servers.size()));
      agenda.in(
          within(HASTE),
          switch (random.nextInt(4)) {
            case 0 -> () -> people.tell(id, NAMES.get(1), new RunCommand.RollBack("it looks bad"));
            case 1 -> () -> people.tell(id, NAMES.get(2), new RunCommand.Hold("wait a moment"));
            case 2 -> () -> server.pause(Duration.ofSeconds(5 + random.nextInt(15)));
            default -> () -> server.driver.ifPresent(driver -> driver.kill("killed at work"));
          });
    } else if (event instanceof Event.RollbackStarted && random.nextInt(3) == 0) {
      agenda.in(within(HASTE), this::callOff);
    }
  }

  private void play() {
    servers.forEach(Server::poll);
    int troubles = random.nextInt(14);
    for (int i = 0; i < troubles; i++) {
      agenda.in(within(STORM), this::trouble);
    }
    int words = random.nextInt(25);
    for (int i = 0; i < words; i++) {
      agenda.in(within(STORM), this::speak);
    }
    crowd.notice();
    agenda.run(START.plus(STORM));
    calm();
    Instant latest = agenda.instant().plus(CALM);
    int left = PATIENCE;
    while (people.view(id).state().status() != Status.FINISHED
        && agenda.isDue(latest)
        && left-- > 0) {
      agenda.step();
    }
    servers.forEach(Server::end);
    agenda.run(agenda.instant().plus(Duration.ofMinutes(1)));
    invariants.end(people.view(id).state(), isChained(seed));
  }

  private Duration within(Duration time) {
    return Duration.ofMillis(random.nextLong(time.toMillis()));
  }

  // ---- Storm

  private void trouble() {
    Troubles troubles = world.troubles();
    Server server = servers.get(random.nextInt(servers.size()));
    Duration time = Duration.ofSeconds(1 + random.nextInt(90));
    world.traffic().advance();
    switch (random.nextInt(18)) {
      case 0, 1 -> server.driver.ifPresent(driver -> driver.kill("killed at rest"));
      case 2, 3, 4 -> server.fuse.light(random.nextInt(40));
      case 5, 6 -> server.pause(Duration.ofMillis(100 + random.nextInt(40_000)));
      case 7 -> server.skew(Duration.ofMillis(random.nextInt(120_000) - 60_000));
      case 8 -> {
        troubles.candidate().errors(0.02 + random.nextDouble() / 3);
        after(time, () -> troubles.candidate().errors(0));
      }
      case 9 -> {
        troubles.candidate().crashed(true);
        after(time, () -> troubles.candidate().crashed(false));
      }
      case 10 -> {
        troubles.stable().errors(random.nextDouble() / 4);
        after(time, () -> troubles.stable().errors(0));
      }
      case 11 -> {
        troubles.routerFails(true);
        after(time, () -> troubles.routerFails(false));
      }
      case 12 -> {
        troubles.metricsSilent(true);
        after(time, () -> troubles.metricsSilent(false));
      }
      case 13 -> {
        troubles.metricsLie(true);
        troubles.metricsLag(time);
        after(
            time,
            () -> {
              troubles.metricsLie(false);
              troubles.metricsLag(Duration.ZERO);
            });
      }
      case 14 -> {
        String who = random.nextBoolean() ? "" : NAMES.get(random.nextInt(NAMES.size()));
        crowd.absent(who, true);
        after(time, () -> crowd.absent(who, false));
      }
      case 15 -> {
        troubles.routerSlow(Duration.ofSeconds(1 + random.nextInt(8)));
        after(time, () -> troubles.routerSlow(Duration.ZERO));
      }
      case 16 -> {
        troubles.routerLate(Duration.ofMillis(random.nextInt(3_000)));
        after(time, () -> troubles.routerLate(Duration.ZERO));
      }
      default -> lossy(time);
    }
  }

  private void after(Duration time, Runnable what) {
    agenda.in(
        time,
        () -> {
          world.traffic().advance();
          what.run();
        });
  }

  /// Calls fail, and replies get lost.
  private void lossy(Duration time) {
    losses = 0.3;
    after(time, () -> losses = 0);
  }

  private final class Edges implements SimulatedWorld.Edge {

    @Override
    public void before(String call) {
      doing().ifPresent(server -> server.fuse.pass("before " + call));
      if (isLost(call)) {
        throw new PortException(call + ": the connection was refused (simulated)");
      }
    }

    @Override
    public void after(String call) {
      doing().ifPresent(server -> server.fuse.pass("after " + call));
      if (isLost(call)) {
        throw new PortException(call + ": the reply was lost (simulated)");
      }
    }

    /// What came of a command is always known: it is a process of ours.
    private boolean isLost(String call) {
      return losses > 0 && !call.equals("command") && random.nextDouble() < losses;
    }

    private Optional<Server> doing() {
      return servers.stream().filter(server -> server.owner().equals(world.who())).findFirst();
    }
  }

  /// Somebody says something, mostly sense.
  private void speak() {
    RunCommand word = nonsense.next(people.view(id).state());
    boolean drivers =
        switch (word) {
          case RunCommand.Report _,
              RunCommand.ReportUndo _,
              RunCommand.Measure _,
              RunCommand.Fire _,
              RunCommand.Advance _ ->
              true;
          default -> false;
        };
    if (!drivers) {
      String who = NAMES.get(random.nextInt(NAMES.size()));
      people.tell(id, who, word);
      if (random.nextInt(4) == 0) {
        // Twice, as with a button that is pressed twice.
        people.tell(id, who, word);
      }
    }
  }

  private void callOff() {
    NAMES.forEach(who -> people.tell(id, who, new RunCommand.CancelRollback("it was the network")));
  }

  // ---- Calm

  private void calm() {
    stormy = false;
    losses = 0;
    Troubles troubles = world.troubles();
    world.traffic().advance();
    troubles.candidate().errors(0);
    troubles.candidate().crashed(false);
    troubles.stable().errors(0);
    troubles.routerFails(false);
    troubles.routerSlow(Duration.ZERO);
    troubles.routerLate(Duration.ZERO);
    troubles.metricsSilent(false);
    troubles.metricsLie(false);
    troubles.metricsLag(Duration.ZERO);
    crowd.absent("", false);
    NAMES.forEach(name -> crowd.absent(name, false));
    servers.forEach(Server::calm);
    crowd.notice();
  }

  // ---- Servers

  /// A machine that drives the run when it may: a process that is started again when it ends.
  private final class Server {

    private final String name;
    private final SplittableRandom chance;
    private final Fuse fuse = new Fuse();
    private Optional<VirtualDriver> driver = Optional.empty();
    private Duration offset = Duration.ZERO;
    private int starts;
    private boolean ended;

    Server(String name, SplittableRandom chance) {
      this.name = name;
      this.chance = chance;
    }

    String owner() {
      return name + " " + starts;
    }

    /// Looks now and then whether the run is to be had.
    void poll() {
      if (ended) {
        return;
      }
      boolean idle = driver.filter(known -> known.life() != Life.DEAD).isEmpty();
      if (idle) {
        start();
      }
      long wait = stormy ? 500 + chance.nextInt(6_000) : 20_000 + chance.nextInt(20_000);
      agenda.in(Duration.ofMillis(wait), this::poll);
    }

    private void start() {
      starts++;
      String owner = owner();
      InstantSource clock = () -> agenda.instant().plus(offset);
      Runs runs =
          new Runs(
              new FragileJournal(journal, fuse, events -> written(Optional.of(owner), events)),
              clock,
              chance.split());
      VirtualDriver next =
          new VirtualDriver(
              runs,
              id,
              world,
              RunListener.NONE,
              new VirtualDriver.Setting(owner, true, clock),
              chance.split());
      next.afterTurn(() -> invariants.still(next.view().state(), next.underWay()));
      driver = Optional.of(next);
      next.start();
    }

    void pause(Duration time) {
      driver.ifPresent(VirtualDriver::pause);
      agenda.in(time, () -> driver.ifPresent(VirtualDriver::unpause));
    }

    void skew(Duration by) {
      offset = by;
      driver.ifPresent(VirtualDriver::clockChanged);
    }

    void calm() {
      fuse.putOut();
      driver.ifPresent(VirtualDriver::unpause);
      skew(Duration.ZERO);
    }

    void end() {
      ended = true;
    }

    @Override
    public String toString() {
      return "%s: %s %s"
          .formatted(
              owner(),
              driver.map(VirtualDriver::life).map(Object::toString).orElse("not started"),
              driver.map(VirtualDriver::end).orElse(""));
    }
  }
}
