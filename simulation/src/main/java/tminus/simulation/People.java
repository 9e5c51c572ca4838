package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tminus.core.checklist.Mark;
import tminus.core.plan.Action;
import tminus.core.plan.Limit;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.RunState.UndoState;
import tminus.core.run.SignOff;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.core.run.Waiting;
import tminus.core.traffic.Weight;
import tminus.engine.RunId;
import tminus.engine.Runs;

/// The people of a simulated run: they do what they are asked for, after a while, and want the
/// deployment to go well. They look at the service before they say that something is good, go back
/// when it is not, and take over by hand what Tminus cannot do. Confined to one thread.
public final class People {

  /// How long people take for something, in the middle; log-normally with a sigma of 0.6.
  ///
  /// @param tick for a box to tick
  /// @param decision for a signature, a decision, a failure
  public record Habits(Duration tick, Duration decision) {

    /// Twenty seconds for a tick, two minutes for a decision.
    public static final Habits USUAL = new Habits(Duration.ofSeconds(20), Duration.ofMinutes(2));
  }

  /// A time somebody was waited for.
  ///
  /// @param until empty when nobody came
  public record Waited(String what, List<String> whom, Instant since, Optional<Instant> until) {}

  /// What stands in a blank that asks for nothing in particular.
  private static final String REHEARSED = "rehearsed";

  private static final double SIGMA = 0.6;

  /// So often something is tried again before people go on by other means.
  private static final int TRIES = 2;

  /// How often the time between two tries that are refused doubles at most: two minutes become some
  /// two days.
  private static final int PATIENCE = 10;

  private final SimulatedWorld world;
  private final Agenda agenda;
  private final Runs runs;
  private final RunId id;
  private final Habits habits;
  private final RandomGenerator random;
  private final Map<Object, Integer> tries = new HashMap<>();
  private final List<Waited> waits = new ArrayList<>();
  private final Set<String> absent = new HashSet<>();
  private final Map<String, Duration> late = new HashMap<>();
  private Optional<Waiting.For> asked = Optional.empty();
  private int round;
  private int refusals;

  /// The people of a run.
  ///
  /// @param runs the run as they see it
  public People(SimulatedWorld world, Runs runs, RunId id, Habits habits, RandomGenerator random) {
    this.world = world;
    this.agenda = world.reality().agenda();
    this.runs = runs;
    this.id = id;
    this.habits = habits;
    this.random = random;
  }

  /// From now on these do not answer.
  ///
  /// @param who words of their role or name; empty for everybody
  /// @param is whether they are away, or back
  public void absent(String who, boolean is) {
    if (is) {
      absent.add(who.toLowerCase(Locale.ROOT));
    } else {
      absent.remove(who.toLowerCase(Locale.ROOT));
      asked = Optional.empty();
    }
    notice();
  }

  /// From now on these take so much longer.
  void late(String who, Duration more) {
    late.put(who.toLowerCase(Locale.ROOT), more);
  }

  /// How long who was waited for so far.
  public List<Waited> waits() {
    List<Waited> all = new ArrayList<>(waits);
    asked.ifPresent(open -> all.add(waited(open, Optional.empty())));
    return List.copyOf(all);
  }

  /// What was waited for, in the document's words rather than by the step's name.
  private static Waited waited(Waiting.For waiting, Optional<Instant> until) {
    String what =
        waiting
            .step()
            .map(step -> waiting.what().replace(step.id().value(), step.title()))
            .orElse(waiting.what());
    return new Waited(what, waiting.whom(), waiting.since(), until);
  }

  /// Since when the one who is waited for now has been.
  Optional<Instant> waitingSince() {
    return asked.map(Waiting.For::since);
  }

  /// Something has happened: whoever is asked now answers in a while.
  public void notice() {
    Runs.View view = runs.view(id);
    Optional<Waiting.For> now = Waiting.of(view.state());
    if (now.equals(asked)) {
      return;
    }
    asked.ifPresent(before -> waits.add(waited(before, Optional.of(agenda.instant()))));
    asked = now;
    int number = ++round;
    now.ifPresent(waiting -> {
      List<String> present = present(view.state(), waiting);
      if (!present.isEmpty()) {
        agenda.in(
            delay(view.state(), waiting),
            () -> {
              if (number == round) {
                answer(waiting);
              }
            });
      }
    });
  }

  private Duration delay(RunState state, Waiting.For waiting) {
    boolean tick =
        waiting
            .step()
            .filter(step -> step.action() instanceof Action.Attest)
            .filter(step -> step.form().signatures().isEmpty())
            .filter(step -> state.step(step.id()).phase() == Phase.ASKED)
            .isPresent();
    Duration middle = tick ? habits.tick() : habits.decision();
    double factor = StrictMath.exp(SIGMA * random.nextGaussian());
    // What was refused is tried again more and more seldom.
    double patience = 1L << Math.min(refusals, PATIENCE);
    Duration delay = Duration.ofMillis((long) (middle.toMillis() * factor * patience));
    for (Map.Entry<String, Duration> entry : late.entrySet()) {
      if (is(entry.getKey(), state, waiting)) {
        delay = delay.plus(entry.getValue());
      }
    }
    return delay;
  }

  private static boolean is(String who, RunState state, Waiting.For waiting) {
    List<String> names = new ArrayList<>(waiting.whom());
    waiting.step().ifPresent(step -> names.addAll(step.roles()));
    return names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(who))
        || state.startedBy().toLowerCase(Locale.ROOT).contains(who);
  }

  private boolean isAbsent(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return absent.stream().anyMatch(lower::contains);
  }

  /// Who could answer: those waited for, and whoever else a role stands for.
  private List<String> present(RunState state, Waiting.For waiting) {
    boolean roleAbsent =
        waiting.step().stream().flatMap(step -> step.roles().stream()).anyMatch(this::isAbsent);
    Set<String> people = new LinkedHashSet<>(waiting.whom());
    people.add("Somebody");
    state.plan().rules().people().values().forEach(people::addAll);
    people.add(state.startedBy());
    return roleAbsent ? List.of() : people.stream().filter(name -> !isAbsent(name)).toList();
  }

  private void answer(Waiting.For waiting) {
    RunState state = runs.view(id).state();
    RunCommand word = word(state, waiting);
    tries.merge(
        waiting.step().map(Step::id).<Object>map(step -> step).orElse("run"), 1, Integer::sum);
    boolean accepted = false;
    for (String person : present(state, waiting)) {
      if (runs.tell(id, person, word) instanceof Runs.Answer.Accepted) {
        accepted = true;
        break;
      }
    }
    refusals = accepted ? 0 : refusals + 1;
    // What nobody could say is tried again in other words.
    if (Waiting.of(runs.view(id).state()).equals(asked)) {
      asked = Optional.empty();
      notice();
    }
  }

  // ---- What they say

  private int tried(Object what) {
    return tries.getOrDefault(what, 0);
  }

  private RunCommand word(RunState state, Waiting.For waiting) {
    if (state.status() == Status.HELD) {
      return looksWell() && !state.reason().contains("roll back, or resume?")
          ? new RunCommand.Resume()
          : new RunCommand.RollBack("the service is not well");
    }
    if (state.stuckUndo().isPresent()) {
      return undo(state, state.stuckUndo().get());
    }
    Step step = waiting.step().orElseThrow();
    StepState at = state.step(step.id());
    return switch (at.phase()) {
      case ASKED -> asked(state, step);
      case TO_JUDGE ->
          looksWell() || state.status() == Status.ROLLING_BACK
              ? sign(state, step)
              : back(state, "%s: the service is not well".formatted(step.title()));
      case UNKNOWN ->
          happened(step, at.since())
              ? sign(state, step)
              : tried(step.id()) < TRIES
                  ? new RunCommand.Retry(Optional.of(step.id()))
                  : failed(state, step, at);
      case PENDING, POSTPONED, RUNNING, FAILED, DONE, SKIPPED, NOT_APPLICABLE, WAIVED ->
          failed(state, step, at);
    };
  }

  private RunCommand asked(RunState state, Step step) {
    return !looksWell() && step.action() instanceof Action.Gate && state.hasUndos()
        ? back(state, "%s: the service is not well".formatted(step.title()))
        : asksToRun(state, step) ? new RunCommand.Confirm(step.id()) : sign(state, step);
  }

  private static boolean asksToRun(RunState state, Step step) {
    List<ShellCommand> commands = step.action().commands();
    return state.policy() == Event.CommandPolicy.ASK
        && !commands.isEmpty()
        && commands.stream().allMatch(command -> command.missing().isEmpty());
  }

  private RunCommand failed(RunState state, Step step, StepState at) {
    if (step.action() instanceof Action.Gate) {
      return back(state, "no-go: " + step.title());
    }
    if (tried(step.id()) < TRIES && looksWell()) {
      return new RunCommand.Retry(Optional.of(step.id()));
    }
    return state.status() == Status.ROLLING_BACK
        ? new RunCommand.Skip(step.id(), "noted for the incident: " + at.detail())
        : back(state, "%s: %s".formatted(step.title(), at.detail()));
  }

  private static RunCommand back(RunState state, String why) {
    return state.status() == Status.ROLLING_BACK
        ? new RunCommand.Note(why)
        : state.hasUndos() ? new RunCommand.RollBack(why) : new RunCommand.Abort(why);
  }

  private RunCommand undo(RunState state, UndoState undo) {
    StepId step = undo.undo().step();
    if (undo.phase() == Phase.ASKED) {
      return new RunCommand.Confirm(step);
    }
    if (tried(step) < TRIES) {
      return new RunCommand.Retry(Optional.empty());
    }
    byHand(state, undo.undo().work());
    return new RunCommand.Skip(step, "done by hand");
  }

  /// Does what Tminus could not do, in truth.
  private void byHand(RunState state, Work work) {
    state
        .slots()
        .ifPresent(slots -> {
          Reality reality = world.reality();
          reality.doing(Doing.byHand());
          switch (work) {
            case Work.Restore _ ->
                reality.act(
                    new Deed.Routed(
                        Map.of(slots.stable(), Weight.ALL, slots.candidate(), Weight.NONE)));
            case Work.Revive _ ->
                reality.act(new Deed.Deployed(slots.stable(), slots.stableVersion()));
            case Work.Retire(Work.Part part) -> reality.act(new Deed.Retired(slots.of(part)));
            case Work.Deploy(Work.Part part, String version) ->
                reality.act(new Deed.Deployed(slots.of(part), version));
            case Work.Shell _ -> {}
          }
        });
  }

  /// What is true of a step whose effect was cut off, as one finds who looks.
  private boolean happened(Step step, Instant since) {
    return world.reality().log().stream()
        .filter(done -> done.by().effect().filter(e -> e.step().equals(step.id())).isPresent())
        .anyMatch(done ->
            switch (done.deed()) {
              case Deed.Ran(_, _, boolean well) ->
                  well && !done.at().isBefore(since.minusSeconds(60));
              case Deed.Told _ -> true;
              case Deed.Routed _, Deed.Deployed _, Deed.Retired _ -> false;
            });
  }

  /// Whether the service looks well to somebody who looks.
  private boolean looksWell() {
    return world.looksWell();
  }

  /// A good word, with everything filled in that is asked for.
  static RunCommand sign(RunState state, Step step) {
    Map<Integer, Integer> choices = new HashMap<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      List<Mark.Choice.Option> options = step.form().choices().get(i).options();
      int good =
          IntStream.range(0, options.size())
              .filter(j -> options.get(j).positive())
              .findFirst()
              .orElse(0);
      choices.put(i, good);
    }
    Map<Integer, String> fields = new HashMap<>();
    Instant since = state.step(step.id()).since();
    for (int field : step.form().asked()) {
      fields.put(
          field, step.form().limit(field).map(limit -> good(limit, since)).orElse(REHEARSED));
    }
    List<SignOff> signOffs = Waiting.signOffs(state, step);
    return signOffs.isEmpty()
        ? new RunCommand.Sign(step.id(), fields, choices)
        : new RunCommand.Sign(step.id(), Map.of(), choices);
  }

  /// A value that is what the document wants beside the blank.
  private static String good(Limit limit, Instant now) {
    double bound = limit.bound().value();
    List<String> likely = new ArrayList<>();
    for (double value : new double[] {bound, bound - 1, bound + 1, bound / 2, 2 * bound + 1}) {
      likely.add(number(value) + limit.bound().unit().symbol());
      likely.add(number(value));
      limit.of().ifPresent(of -> likely.add(number(Math.ceil(of * value / 100))));
      likely.add(now.plus(Duration.ofDays((long) value)).toString());
    }
    return likely.stream()
        .filter(value -> limit.unmet(value, now).isEmpty())
        .findFirst()
        .orElse(REHEARSED);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
