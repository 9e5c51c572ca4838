package tminus.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.engine.Fence;
import tminus.engine.Journal;
import tminus.engine.RunId;
import tminus.engine.Runs;
import tminus.engine.StoreAddress;

/// What the journal costs: a commit of the outcome of one step and the intent of the next, at the
/// beginning and end of a long run; and the time until a long run is read back.
///
/// Arguments: how many steps, and the addresses of databases to measure besides a file.
public final class JournalBenchmark {

  private static final PrintStream OUT = System.out;

  /// How many commits are looked at together.
  private static final int WINDOW = 200;

  private JournalBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    Path folder = Files.createTempDirectory("journal");
    List<StoreAddress> addresses = new ArrayList<>(List.of(new StoreAddress.Folder(folder)));
    for (String address :
        Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length)) {
      addresses.add(StoreAddress.parse(address, folder, System.getenv()));
    }
    for (StoreAddress address : addresses) {
      try (Journal journal = Journal.open(address)) {
        OUT.println(journal.name());
        commits(journal, 500); // to warm up
        commits(journal, steps);
        stepwise(journal, steps);
      }
      for (int entries : new int[] {1_000, 5_000, 20_000, 50_000}) {
        try (Journal journal = Journal.open(address)) {
          reading(journal, entries);
        }
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /// The journal alone: two entries a commit, by the right of a lease.
  private static void commits(Journal journal, int commits) {
    Runs runs = runs(journal);
    RunId run = start(runs, plan(1));
    Set<Fence> fences = fences(runs, run);
    Journal.Tip tip = journal.tip(run).orElseThrow();
    long[] nanos = new long[commits];
    long worked = worked();
    for (int i = 0; i < commits; i++) {
      List<Recorded> events =
          List.of(
              recorded(
                  new Event.StepEnded(new StepId("s0"), 1, new Outcome.Done("exit 0", List.of()))),
              recorded(new Event.StepStarted(new StepId("s0"), i + 2)));
      long before = System.nanoTime();
      tip = journal.append(run, tip, events, fences).orElseThrow();
      nanos[i] = System.nanoTime() - before;
    }
    print("a commit of two entries", nanos, worked() - worked);
  }

  private static Recorded recorded(Event event) {
    return new Recorded(InstantSource.system().instant(), Recorded.TMINUS, event);
  }

  /// With decision and state: a plan of checks, gone through without doing any.
  private static void stepwise(Journal journal, int steps) {
    Runs runs = runs(journal);
    RunId run = start(runs, plan(steps));
    Set<Fence> fences = fences(runs, run);
    runs.tell(run, Recorded.TMINUS, fences, new RunCommand.Advance());
    long[] nanos = new long[steps];
    long worked = worked();
    for (int i = 0; i < steps; i++) {
      long before = System.nanoTime();
      runs.tell(
          run,
          Recorded.TMINUS,
          fences,
          new RunCommand.Report(new StepId("s" + i), 1, new Outcome.Done("exit 0", List.of())),
          new RunCommand.Advance());
      nanos[i] = System.nanoTime() - before;
    }
    worked = worked() - worked;
    if (runs.view(run).state().status() != RunState.Status.FINISHED) {
      throw new IllegalStateException("the run did not come to its end");
    }
    print("a step, decided and committed", nanos, worked);
    timed("that run read back", () -> runs(journal).view(run).events().size());
  }

  /// Entries that leave the state as it is: what reading alone costs.
  private static void reading(Journal journal, int entries) {
    RunId run = start(runs(journal), plan(1));
    Recorded note = recorded(new Event.NoteTaken("all is well, 42 requests/s"));
    Journal.Tip tip = journal.tip(run).orElseThrow();
    while (tip.seq() < entries) {
      tip =
          journal
              .append(
                  run, tip, Collections.nCopies((int) Math.min(1000, entries - tip.seq()), note))
              .orElseThrow();
    }
    timed("%d notes read back".formatted(entries), () -> runs(journal).view(run).events().size());
  }

  private static void timed(String what, IntSupplier read) {
    List<Double> times = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < 3; i++) {
      long before = System.nanoTime();
      size = read.getAsInt();
      times.add((System.nanoTime() - before) / 1e6);
    }
    OUT.printf(
        Locale.ROOT,
        "  %-32s %8.0f ms first, %6.0f ms then (%d entries)%n",
        what,
        times.getFirst(),
        times.getLast(),
        size);
  }

  /// The processor time of this thread: what is left of a measurement on a busy machine.
  private static long worked() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void print(String what, long[] nanos, long worked) {
    OUT.printf(
        Locale.ROOT,
        "  %-32s median of the first %d: %.3f ms, of the last: %.3f ms, 99 %% within %.3f ms; processor %.3f ms (%d)%n",
        what,
        WINDOW,
        quantile(Arrays.copyOf(nanos, Math.min(WINDOW, nanos.length)), 0.5),
        quantile(Arrays.copyOfRange(nanos, Math.max(0, nanos.length - WINDOW), nanos.length), 0.5),
        quantile(nanos.clone(), 0.99),
        worked / 1e6 / nanos.length,
        nanos.length);
  }

  private static double quantile(long[] nanos, double share) {
    Arrays.sort(nanos);
    return nanos[(int) (share * (nanos.length - 1))] / 1e6;
  }

  private static Runs runs(Journal journal) {
    return new Runs(journal, InstantSource.system(), new SplittableRandom());
  }

  private static RunId start(Runs runs, Plan plan) {
    return runs.start(
            new RunCommand.Start(plan, "cafe", Event.CommandPolicy.RUN, Optional.empty()),
            "# Bench\n",
            new Journal.Origin("/bench.md", "/", ""),
            "bench")
        .id();
  }

  private static Set<Fence> fences(Runs runs, RunId run) {
    return switch (runs.take(
        run, "bench", InstantSource.system().instant().plus(Duration.ofHours(1)))) {
      case Runs.Right.Granted(Set<Fence> fences) -> fences;
      case Runs.Right.Driven _, Runs.Right.Refused _ ->
          throw new IllegalStateException("somebody else drives the run");
    };
  }

  private static Plan plan(int steps) {
    return new Plan(
        "Bench",
        "bench.md",
        "00",
        steps,
        IntStream.range(0, steps).mapToObj(JournalBenchmark::check).toList(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        1);
  }

  private static Step check(int number) {
    return new Step(
        new StepId("s" + number),
        1,
        List.of(),
        Optional.empty(),
        "check " + number,
        new Action.Wait(Duration.ZERO),
        List.of(),
        List.of(),
        Step.Form.NONE,
        List.of());
  }
}
