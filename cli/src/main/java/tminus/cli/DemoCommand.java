package tminus.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.plan.Plan;
import tminus.core.plan.PlanWords;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.engine.Driver;
import tminus.engine.Journal;
import tminus.engine.Json;
import tminus.engine.Owner;
import tminus.engine.Runs;
import tminus.engine.World;
import tminus.examples.shop.LoadGenerator;
import tminus.examples.shop.Totals;

/// A whole deployment of the example shop on this machine, under load.
@Command(
    name = "demo",
    description = {
      "Deploy the example shop on this machine, under load, by its own checklist.",
      "Two simulated people sign what people must sign. Takes under a minute, and leaves nothing running."
    })
final class DemoCommand implements Callable<Integer> {

  private static final String STABLE = "v1.0.0";
  private static final String CANDIDATE = "v1.1.0";

  /// Minutes become seconds.
  private static final double PACE = 60;

  private static final int REQUESTS_PER_SECOND = 200;

  private final Console console;

  @Mixin private Store store = new Store();

  @Option(
      names = "--release",
      paramLabel = "good|faulty",
      description = "Which candidate to deploy (default: ${DEFAULT-VALUE}).")
  private String release = "good";

  @Option(
      names = "--fault",
      paramLabel = "KIND",
      description = {
        "What is wrong with it: errors=8%%, latency=800ms, crash-on-start, crash-after=5s or memory=64MB",
        "(default with --release faulty: errors=8%%)."
      })
  private @Nullable String fault;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    String wrong = faultOfCandidate();
    Path checklist = home().resolve("examples/shop/PRODUCTION_DEPLOYMENT.md");
    Path folder = store.folder(console);
    Runs runs = store.open(console);
    try (var _ = runs.journal()) {
      console.line(
          "setting the stage: the shop %s behind the proxy, %d requests/s …",
          STABLE, REQUESTS_PER_SECOND);
      try (DemoStage stage =
          DemoStage.set(folder.resolve("demo-" + ProcessHandle.current().pid()), STABLE)) {
        AtomicBoolean over = new AtomicBoolean();
        Thread hook = Thread.ofPlatform().unstarted(() -> closeOnce(stage, over));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
          return play(runs, stage, checklist, wrong);
        } finally {
          closeOnce(stage, over);
          removeHook(hook);
        }
      }
    }
  }

  private static void closeOnce(DemoStage stage, AtomicBoolean over) {
    if (over.compareAndSet(false, true)) {
      stage.close();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already, and the hook has run.
    }
  }

  private String faultOfCandidate() {
    return switch (release) {
      case "good" -> fault == null ? "none" : fault;
      case "faulty" -> fault == null ? "errors=8%" : fault;
      default ->
          throw new UsageException("--release: %s is neither good nor faulty".formatted(release));
    };
  }

  private static Path home() {
    Path home = Path.of(System.getProperty("tminus.home", "")).toAbsolutePath();
    if (!Files.isDirectory(home.resolve("examples/shop"))) {
      throw new UsageException(
          "%s: has no examples/shop - start the demo with ./tminus of a checkout".formatted(home));
    }
    return home;
  }

  private int play(Runs runs, DemoStage stage, Path checklist, String wrong)
      throws InterruptedException {
    Path folder = store.folder(console);
    Map<String, String> parameters = stage.parameters(CANDIDATE, wrong);
    Planning.Planned planned = new Planning(checklist, parameters, PACE).plan(console);
    Wiring.Setting setting =
        new Wiring.Setting(
            home(),
            folder.resolve("demo-" + ProcessHandle.current().pid()),
            Duration.ofSeconds(30));
    World world = new Wiring(console).world(planned.binding(), planned.parameters(), setting);
    Runs.View begun = start(runs, world, planned);
    console.line("");
    LoadGenerator load = LoadGenerator.start(stage.shop(), REQUESTS_PER_SECOND);
    try {
      drive(runs, begun, world);
    } finally {
      load.close();
    }
    return summary(runs, runs.view(begun.id()), load.totals(), folder);
  }

  private void drive(Runs runs, Runs.View begun, World world) throws InterruptedException {
    try (TrafficLine live = new TrafficLine(console);
        var _ = new SimulatedPeople(runs, begun.id())) {
      new Driver(runs, begun.id(), world, live, console.clock(), Owner.current().toString())
          .drive(true);
    }
  }

  private Runs.View start(Runs runs, World world, Planning.Planned planned) {
    Plan plan = planned.plan();
    Event.Slots slots = Wiring.slots(world.delivery().orElseThrow());
    Journal.Origin origin =
        new Journal.Origin(
            planned.document().path().toString(),
            home().toString(),
            planned.binding().path().map(Path::toString).orElse(""));
    return runs.start(
        new RunCommand.Start(
            plan, Json.sha256(Json.write(plan)), Event.CommandPolicy.RUN, Optional.of(slots)),
        planned.document().text(),
        origin,
        SimulatedPeople.MANAGER);
  }

  private int summary(Runs runs, Runs.View end, Totals totals, Path folder) {
    Style style = console.style();
    Event.Result result = end.state().result().orElseThrow();
    ReportCommand.Written written = ReportCommand.write(runs, end, folder.resolve("reports"));
    Duration took = Duration.between(end.state().started(), end.events().getLast().at());
    console.line("");
    String how =
        switch (result) {
          case SUCCEEDED -> style.good("Deployed: %s has all the traffic.".formatted(CANDIDATE));
          case ROLLED_BACK ->
              style.bad("Rolled back: %s has all the traffic again.".formatted(STABLE));
          case NO_GO, ABORTED -> style.warn(end.state().reason());
        };
    console
        .out()
        .println(
            style.bold(
                    "The demo is over after %s. "
                        .formatted(PlanWords.words(Duration.ofSeconds(took.toSeconds()))))
                + how);
    console.line(
        "  requests: %d answered well, %d answered with an error, lost: %d",
        totals.ok(), totals.failed(), totals.lost());
    totals
        .failing()
        .ifPresent(failing ->
            back(end.events())
                .ifPresent(back ->
                    console.line(
                        "  %.1f s from the first bad answer to all traffic back",
                        Duration.between(failing.first(), back).toMillis() / 1000.0)));
    console.line("  filled-in document: %s", written.document());
    console.line("  report:             %s", written.report());
    console.line("  the same as PDF:    %s", written.paper());
    return ExitCode.of(result).code();
  }

  /// When all traffic was back on the stable version.
  private static Optional<Instant> back(List<Recorded> events) {
    return events.stream()
        .filter(recorded ->
            recorded.event() instanceof Event.UndoEnded(_, Work work, _, Outcome outcome)
                && work instanceof Work.Restore
                && outcome instanceof Outcome.Done)
        .map(Recorded::at)
        .findFirst();
  }
}
