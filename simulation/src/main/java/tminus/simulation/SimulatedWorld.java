package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tminus.core.checklist.Expectation;
import tminus.core.plan.Plan;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.CommandJudge;
import tminus.core.run.CommandResult;
import tminus.core.run.CommandResult.Judgement;
import tminus.core.run.Event.Slots;
import tminus.core.run.Outcome;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.World;
import tminus.engine.port.Commands;
import tminus.engine.port.Notifier;
import tminus.engine.port.PortException;
import tminus.engine.port.Router;
import tminus.engine.port.Target;

/// The outside world of a run, made up: it does what it is told, takes its time over it, and goes
/// wrong in the ways [Troubles] says. Confined to one thread.
///
/// Commands run nothing. They print what the document expects while the version they look at is in
/// good health, and something else while it is not.
public final class SimulatedWorld implements Commands, Notifier, Router, Target {

  /// What may happen at the edges of each call to the world, beyond what is wrong with it: a lost
  /// reply, the end of the process.
  public interface Edge {

    /// Nothing happens.
    Edge NONE = new Edge() {};

    /// Before the call has done anything.
    default void before(String call) {}

    /// After it has done everything, and before the caller knows.
    default void after(String call) {}
  }

  /// How long a version may take to be ready.
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);

  /// An answer that takes so much longer than usual is noticed by whoever looks.
  private static final Duration NOTICEABLE = Duration.ofMillis(500);

  private final Reality reality;
  private final Troubles troubles = new Troubles();
  private final Traffic traffic;
  private final Slots slots;
  private final RandomGenerator random;
  private final Map<Key, StepId> steps = new HashMap<>();
  private final Map<Key, StepId> probes = new HashMap<>();
  private Edge edge = Edge.NONE;

  /// A command, wherever it turns up.
  private record Key(int line, String text) {}

  /// A world in which the stable version has all the traffic.
  ///
  /// @param plan tells which command belongs to which step
  /// @param perSecond requests in a second, on average
  /// @param slowLimit an answer that takes longer hurts
  public SimulatedWorld(
      Agenda agenda,
      Plan plan,
      Slots slots,
      double perSecond,
      Duration slowLimit,
      RandomGenerator random) {
    this.reality = new Reality(agenda, slots.stable(), slots.candidate(), slots.stableVersion());
    this.slots = slots;
    this.random = random;
    this.traffic = new Traffic(reality, troubles, slots, perSecond, slowLimit, random);
    plan.steps().forEach(this::know);
    plan.rollback().forEach(this::know);
    plan.rules()
        .probes()
        .forEach((step, probe) -> probes.put(new Key(probe.line(), probe.text()), step));
  }

  private void know(Step step) {
    step.action()
        .commands()
        .forEach(command -> steps.put(new Key(command.line(), command.text()), step.id()));
  }

  /// Says what happens at the edges of calls from now on.
  public void edge(Edge next) {
    edge = next;
  }

  /// Who does something to it now.
  public String who() {
    return reality.doing().who();
  }

  /// Its state, and what was done to it.
  public Reality reality() {
    return reality;
  }

  /// What is wrong with it.
  public Troubles troubles() {
    return troubles;
  }

  /// What customers get.
  public Traffic traffic() {
    return traffic;
  }

  /// As the engine sees it.
  public World world() {
    return new World(this, this, Optional.of(new World.Delivery(this, this, traffic)));
  }

  private void spend(long millis) {
    // No two calls take the same time.
    reality.agenda().spend(Duration.ofMillis(millis / 2 + random.nextLong(millis)));
  }

  // ---- Router

  @Override
  public Map<Slot, Weight> weights() {
    edge.before("weights");
    Map<Slot, Weight> seen = reality.weights();
    edge.after("weights");
    return seen;
  }

  @Override
  public void route(Map<Slot, Weight> weights) {
    edge.before("route");
    reality.agenda().spend(troubles.routerSlow);
    spend(100);
    if (troubles.routerFails) {
      throw new PortException("the router refuses new weights - look at its log");
    }
    reality.act(new Deed.Routed(weights), troubles.routerLate);
    edge.after("route");
  }

  @Override
  public void drain(Slot slot) {
    edge.before("drain");
    spend(3_000);
    edge.after("drain");
  }

  // ---- Target

  @Override
  public void deploy(Slot slot, String version) {
    edge.before("deploy");
    Optional<Reality.Occupant> found = reality.occupant(slot);
    if (found.filter(occupant -> occupant.version().equals(version)).isPresent()) {
      spend(500);
      edge.after("deploy");
      return;
    }
    spend(20_000);
    if (troubles.deployFails && slot.equals(slots.candidate())) {
      throw new PortException(
          "slot %s: %s did not become ready - look at its log".formatted(slot, version));
    }
    reality.act(new Deed.Deployed(slot, version));
    Duration until = Duration.between(reality.agenda().moment(), readyAt(slot));
    if (until.compareTo(READY_LIMIT) > 0) {
      reality.agenda().spend(READY_LIMIT);
      reality.act(new Deed.Retired(slot));
      throw new PortException(
          "slot %s: %s was not ready within %d min - look at its log"
              .formatted(slot, version, READY_LIMIT.toMinutes()));
    }
    if (until.isPositive()) {
      reality.agenda().spend(until);
    }
    edge.after("deploy");
  }

  private Instant readyAt(Slot slot) {
    return reality.occupant(slot).map(Reality.Occupant::readyAt).orElse(Instant.MIN);
  }

  @Override
  public Optional<Deployed> observe(Slot slot) {
    edge.before("observe");
    Instant moment = reality.agenda().moment();
    boolean crashed = troubles.of(slot.equals(slots.candidate()), true, moment).errors() >= 1;
    Optional<Deployed> seen =
        reality
            .occupant(slot)
            .map(occupant ->
                new Deployed(occupant.version(), !crashed && !moment.isBefore(occupant.readyAt())));
    edge.after("observe");
    return seen;
  }

  @Override
  public void retire(Slot slot) {
    edge.before("retire");
    spend(2_000);
    reality.act(new Deed.Retired(slot));
    edge.after("retire");
  }

  // ---- Messages

  @Override
  public String deliver(String key, String title, String body) {
    edge.before("deliver");
    spend(300);
    if (troubles.messagesFail) {
      throw new PortException("the channel takes no messages - tell people by other means");
    }
    reality.act(new Deed.Told(key, title));
    edge.after("deliver");
    return "told (simulated)";
  }

  @Override
  public Optional<String> receipt(String key) {
    edge.before("receipt");
    boolean told =
        reality.log().stream()
            .anyMatch(
                done -> done.deed() instanceof Deed.Told(String other, _) && other.equals(key));
    return told ? Optional.of("told (simulated), found after a restart") : Optional.empty();
  }

  // ---- Commands

  @Override
  public Outcome run(
      List<ShellCommand> commands, Optional<Duration> limit, Consumer<String> output) {
    List<CommandResult> results = new ArrayList<>();
    for (ShellCommand command : commands) {
      CommandResult result = run(command);
      results.add(result);
      if (result.judgement() instanceof Judgement.NotMet) {
        break;
      }
    }
    return CommandJudge.outcome(results);
  }

  private CommandResult run(ShellCommand command) {
    edge.before("command");
    Instant began = reality.agenda().moment();
    spend(1_000);
    boolean fails = fails(command);
    int exit = fails ? 1 : 0;
    String printed = fails ? broken(command) : Outputs.healthy(command.expectation());
    Judgement judgement = CommandJudge.judge(command, exit, printed);
    Duration took = Duration.between(began, reality.agenda().moment());
    reality.act(
        new Deed.Ran(command.line(), command.text(), !(judgement instanceof Judgement.NotMet)));
    edge.after("command");
    return new CommandResult(
        command.line(), command.text(), Optional.of(exit), printed, took, judgement);
  }

  private boolean fails(ShellCommand command) {
    StepId asked = probes.get(new Key(command.line(), command.text()));
    if (asked != null) {
      // A probe tells the truth.
      return !hasRun(asked);
    }
    StepId step = steps.get(new Key(command.line(), command.text()));
    if ((step != null && troubles.failing.contains(step)) || troubles.everyCheckFails) {
      return true;
    }
    DatabaseWork work = DatabaseWork.of(command.text());
    if (work == DatabaseWork.MIGRATES && troubles.migrationFails) {
      return true;
    }
    return work == DatabaseWork.NONE && answersBadly();
  }

  private boolean hasRun(StepId step) {
    return reality.log().stream()
        .anyMatch(done ->
            done.deed() instanceof Deed.Ran(int line, String text, boolean well)
                && well
                && step.equals(steps.get(new Key(line, text))));
  }

  /// A command looks at the version that comes in, once that is there.
  private boolean answersBadly() {
    double errors = behaviour(reality.agenda().moment()).errors();
    return errors > 0.01 && random.nextDouble() < errors;
  }

  private Troubles.Behaviour behaviour(Instant moment) {
    boolean candidate = reality.occupant(slots.candidate()).isPresent();
    Slot slot = candidate ? slots.candidate() : slots.stable();
    boolean ready =
        reality.occupant(slot).filter(found -> !moment.isBefore(found.readyAt())).isPresent();
    return troubles.of(candidate, ready, moment);
  }

  /// Whether somebody who looks at the service finds nothing wrong with it.
  boolean looksWell() {
    Troubles.Behaviour behaviour = behaviour(reality.agenda().moment());
    return behaviour.errors() < 0.02 && behaviour.latency().compareTo(NOTICEABLE) < 0;
  }

  private static String broken(ShellCommand command) {
    return command
        .expectation()
        .filter(Expectation.HttpStatus.class::isInstance)
        .map(_ -> "500\n")
        .orElse("error: the service does not answer (simulated)\n");
  }
}
