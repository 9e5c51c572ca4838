package tminus.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.ShellCommand;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.engine.Driver;
import tminus.engine.Journal;
import tminus.engine.RunId;
import tminus.engine.RunListener;
import tminus.engine.Runs;
import tminus.engine.Secrets;
import tminus.engine.Shell;
import tminus.engine.StoreAddress;
import tminus.engine.World;

/// Runs of Tminus: plans of checks, carried through by a driver from their start to their end.
///
/// @param course how the checks stand to each other
/// @param commands what each check runs
record TminusSteps(Journal journal, World world, Course course, List<String> commands)
    implements Contender {

  /// How checks stand to each other.
  enum Course {
    /// Each in a section of its own, so that each waits for the one before.
    IN_SEQUENCE,
    /// All in one section, so that some run side by side.
    SIDE_BY_SIDE
  }

  private static final Duration COMMAND_LONGEST = Duration.ofMinutes(1);

  static TminusSteps in(StoreAddress address, Path folder, Course course, String... commands) {
    Shell shell = new Shell(folder, COMMAND_LONGEST, Secrets.of(Map.of()));
    return new TminusSteps(
        Journal.open(address),
        new World(shell, (_, _, _) -> "delivered", Optional.empty()),
        course,
        List.of(commands));
  }

  @Override
  public Duration run(int steps) throws InterruptedException {
    Runs runs = new Runs(journal, InstantSource.system(), new SplittableRandom());
    RunId run = start(runs, plan(steps));
    try (Driver driver =
        new Driver(runs, run, world, RunListener.NONE, InstantSource.system(), "bench")) {
      driver.drive(false);
    }
    RunState end = runs.view(run).state();
    if (end.status() != RunState.Status.FINISHED || end.next().isPresent()) {
      throw new IllegalStateException("the run did not come to its end");
    }
    return Duration.ZERO;
  }

  static RunId start(Runs runs, Plan plan) {
    return runs.start(
            new RunCommand.Start(plan, "cafe", Event.CommandPolicy.RUN, Optional.empty()),
            "# Bench\n",
            new Journal.Origin("/bench.md", "/", ""),
            "bench")
        .id();
  }

  private Plan plan(int steps) {
    List<ShellCommand> runs =
        commands.stream()
            .map(text -> new ShellCommand(1, "", text, Optional.empty(), List.of()))
            .toList();
    return plan(steps, course, new Action.Check(runs));
  }

  static Plan plan(int steps, Course course, Action action) {
    return new Plan(
        "Bench",
        "bench.md",
        "00",
        steps,
        IntStream.range(0, steps).mapToObj(number -> step(number, course, action)).toList(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        1);
  }

  private static Step step(int number, Course course, Action action) {
    String section =
        switch (course) {
          case IN_SEQUENCE -> "section " + number;
          case SIDE_BY_SIDE -> "section";
        };
    return new Step(
        new StepId("s" + number),
        1,
        List.of(section),
        Optional.empty(),
        "check " + number,
        action,
        List.of(),
        List.of(),
        Step.Form.NONE,
        List.of());
  }

  @Override
  public void close() {
    journal.close();
  }
}
