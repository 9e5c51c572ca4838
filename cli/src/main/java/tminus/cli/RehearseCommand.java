package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.plan.Plan;
import tminus.markdown.MarkdownReader;
import tminus.simulation.CheckProof;
import tminus.simulation.Fault;
import tminus.simulation.FaultGrammar;
import tminus.simulation.People;
import tminus.simulation.Promise;
import tminus.simulation.Rehearsal;
import tminus.simulation.Rehearsed;

/// Carries a checklist through in a simulated world.
@Command(
    name = "rehearse",
    description = {
      "Carry a checklist through in a simulated world, in seconds, and change nothing.",
      "Says what would happen when, who would be waited for, and what customers would notice when",
      "something goes wrong.",
      "Exit code 1 when a promise of the document (Rollback Time: < 5 minutes) is not kept."
    })
final class RehearseCommand implements Callable<Integer> {

  /// So many rehearsals are enough for a p95, and more than a few minutes' worth are a mistake.
  private static final int RUNS_MAX = 1_000_000;

  private final Console console;

  @Mixin private Planning planning = new Planning();
  @Mixin private TZero.Given zero = new TZero.Given();

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description = {
        "What goes wrong: 'errors 8%% at 25%%', 'router fails for 30s', 'absent DBA', …; several may",
        "be given. docs/rehearsal.md has all."
      })
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where chance begins (default: ${DEFAULT-VALUE}); the same seed, the same run.")
  private long seed = 1;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "So many rehearsals, each with another seed, and how they came out.")
  private @Nullable Integer runs;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests a second (default: 100, or what the document's limits need).")
  private double rate = Rehearsal.Setting.USUAL_RATE;

  @Option(names = "--json", description = "The outcome as JSON.")
  private boolean json;

  @Option(
      names = "--soak",
      description = {
        "Instead of a checklist: random plans, everything going wrong, and the promises of every run",
        "checked after each event (--runs, default 1000; --seed N alone plays one of them)."
      })
  private boolean soak;

  RehearseCommand(Console console) {
    this.console = console;
  }

  /// What is rehearsed.
  ///
  /// @param assumed whether slots and a router are assumed, since none are bound
  /// @param promises what the document promises
  record Rehearsing(Plan plan, boolean assumed, Rehearsal rehearsal, List<Promise> promises) {}

  @Override
  public Integer call() {
    if (runs != null && (runs < 1 || runs > RUNS_MAX)) {
      throw new UsageException("--runs: %d - use 1 to %d".formatted(runs, RUNS_MAX));
    }
    if (soak) {
      return new SoakRunner(console).run(seed, Optional.ofNullable(runs));
    }
    Rehearsing rehearsing = rehearsing();
    return runs == null ? once(rehearsing) : often(rehearsing, runs);
  }

  private Rehearsing rehearsing() {
    Planning.Planned first = planning.plan(console);
    boolean assumed = first.binding().local().isEmpty() || first.binding().proxy().isEmpty();
    if (assumed) {
      planning.assumeTraffic();
    }
    Planning.Planned planned =
        new Chooser(console, planning).complete(assumed ? planning.plan(console) : first);
    if (planned.plan().steps().isEmpty()) {
      throw new UsageException(
          "%s: there is nothing in it to do - is it the right file?"
              .formatted(planned.document().name()));
    }
    try {
      return new Rehearsing(
          planned.plan(),
          assumed && planned.plan().delivers(),
          new Rehearsal(planned.plan(), setting()),
          Promise.of(MarkdownReader.read(planned.document().name(), planned.document().text())));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--fault or --rate: " + e.getMessage());
    }
  }

  private Rehearsal.Setting setting() {
    List<Fault> read = faults.stream().map(FaultGrammar::parse).toList();
    Optional<Instant> given = zero.read(console).map(TZero::at);
    Instant start = given.isPresent() ? console.clock().instant() : Rehearsal.Setting.MORNING;
    return new Rehearsal.Setting(
        start,
        given.map(at -> Duration.between(start, at)).orElse(Duration.ZERO),
        rate,
        read,
        Optional.empty(),
        People.Habits.USUAL);
  }

  private int once(Rehearsing rehearsing) {
    Rehearsed rehearsed = rehearsing.rehearsal().run(seed);
    CheckProof.Result proof = CheckProof.of(rehearsing.plan());
    if (json) {
      console.out().println(RehearsalJson.of(rehearsing, rehearsed, proof));
    } else {
      RehearsalPrinter printer = new RehearsalPrinter(console, rehearsing);
      printer.timeline(rehearsed);
      printer.summary(rehearsed);
      printer.proof(proof);
    }
    if (rehearsing.promises().stream().anyMatch(promise -> !promise.isKept(rehearsed))) {
      return ExitCode.FINDINGS.code();
    }
    return rehearsed.isOver() ? ExitCode.DONE.code() : ExitCode.WAITING.code();
  }

  private int often(Rehearsing rehearsing, int number) {
    long began = System.nanoTime();
    List<RehearsalNumbers> all =
        LongStream.range(seed, seed + number)
            .parallel()
            .mapToObj(each ->
                RehearsalNumbers.of(rehearsing.rehearsal().run(each), rehearsing.promises()))
            .toList();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    RehearsalStatistics statistics = RehearsalStatistics.of(all, rehearsing.promises());
    if (json) {
      console.out().println(RehearsalJson.of(rehearsing, statistics));
    } else {
      new StatisticsPrinter(console, rehearsing.plan()).print(statistics, took);
    }
    return statistics.promises().stream().allMatch(promise -> promise.broken() == 0)
        ? ExitCode.DONE.code()
        : ExitCode.FINDINGS.code();
  }
}
