package tminus.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tminus.core.plan.Plan;
import tminus.core.run.Event;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState.Status;
import tminus.engine.Journal;
import tminus.engine.Json;
import tminus.engine.Presence;
import tminus.engine.Runs;
import tminus.engine.World;

/// Starts a run, or goes on with the one that is not over.
@Command(
    name = "run",
    description = {
      "Carry a checklist through: guided in the terminal, or by itself as far as it can go.",
      "When the same document has a run that is not over, goes on with that one."
    })
final class StartCommand implements Callable<Integer> {

  /// How often it is asked whether the environment is free.
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Console console;

  @Mixin private Planning planning = new Planning();
  @Mixin private TZero.Given zero = new TZero.Given();
  @Mixin private Store store = new Store();
  @Mixin private Driving driving = new Driving();

  @Option(
      names = "--commands",
      paramLabel = "ask|run|never",
      description =
          "What happens to the document's own commands (default: ask on a terminal, else never).")
  private @Nullable String commands;

  @Option(
      names = "--queue",
      description =
          "When another run has the environment: wait until it is over (default: refuse).")
  private boolean queue;

  @Option(
      names = "--new",
      description = "Start a new run even if one of this document is not over.")
  private boolean fresh;

  @Option(
      names = "--detach",
      description = "Leave the run to the servers of the store (tminus serve), and print its name.")
  private boolean detach;

  StartCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Planning.Planned planned = chosen(planning.plan(console));
    Event.CommandPolicy policy = policy();
    Optional<Instant> given = zero.read(console).map(TZero::at);
    if (planned.plan().steps().isEmpty()) {
      throw new UsageException(
          "%s: there is nothing in it to do: no task box, no command, no blank - is it the right file?"
              .formatted(planned.document().name()));
    }
    if (detach && driving.hasCommandLimit()) {
      throw new UsageException(
          "--timeout: with --detach the server says how long a command may take (tminus serve --timeout) - or say it for this step in the binding: safety: { 'Back up': { timeout: 4h } }");
    }
    Duration limit = driving.commandLimit();
    Path folder = store.folder(console);
    Runs runs = store.open(console);
    try (var _ = runs.journal()) {
      Wiring wiring = new Wiring(console);
      World world =
          wiring.world(
              planned.binding(),
              planned.parameters(),
              new Wiring.Setting(console.folder(), folder, limit));
      Session session = new Session(console, runs, world);
      String by = driving.by(console);
      Runs.View view =
          unfinished(runs, planned)
              .map(open -> checked(open, planned.plan(), given))
              .orElseGet(() -> start(runs, world, planned, new Terms(policy, given), by));
      return detach ? handOver(runs, view) : session.carry(view, driving.manner(console));
    }
  }

  private int handOver(Runs runs, Runs.View view) {
    console.line("%s", view.id());
    if (!Presence.isThere(runs.journal(), console.clock().instant())) {
      console
          .err()
          .println(
              "tminus: nobody serves %s now, so the run does not begin yet - start a server with tminus serve, or go on here with tminus resume %s"
                  .formatted(runs.journal().name(), view.id()));
    }
    return ExitCode.DONE.code();
  }

  /// The plan with nothing left to choose. What was chosen for a run that is not over counts on, as
  /// long as the document is the same.
  private Planning.Planned chosen(Planning.Planned planned) {
    Chooser chooser = new Chooser(console, planning);
    Planning.Planned now = planned;
    if (!planned.plan().choices().isEmpty() && !fresh && store.exists(console)) {
      Runs runs = store.existing(console);
      try (var _ = runs.journal()) {
        now =
            unfinished(runs, planned)
                .map(view -> view.state().plan())
                .filter(plan -> plan.digest().equals(planned.plan().digest()))
                .map(chooser::as)
                .orElse(planned);
      }
    }
    return chooser.complete(now);
  }

  private Event.CommandPolicy policy() {
    if (commands == null) {
      return console.interactive() ? Event.CommandPolicy.ASK : Event.CommandPolicy.NEVER;
    }
    return switch (commands) {
      case "ask" -> Event.CommandPolicy.ASK;
      case "run" -> Event.CommandPolicy.RUN;
      case "never" -> Event.CommandPolicy.NEVER;
      default ->
          throw new UsageException("--commands: %s is none of ask, run, never".formatted(commands));
    };
  }

  private Optional<Runs.View> unfinished(Runs runs, Planning.Planned planned) {
    if (fresh) {
      return Optional.empty();
    }
    String file = planned.document().path().toString();
    for (Journal.Header header : runs.journal().runs()) {
      if (header.origin().file().equals(file)) {
        Optional<Runs.View> view = Store.readable(runs, header.id());
        if (view.isPresent() && view.get().state().status() != Status.FINISHED) {
          return view;
        }
      }
    }
    return Optional.empty();
  }

  /// A run executes the plan it was started with: one whose document has changed since is not gone
  /// on with silently.
  private Runs.View checked(Runs.View view, Plan plan, Optional<Instant> given) {
    if (!view.state().hash().equals(Json.sha256(Json.write(plan)))) {
      throw new UsageException(
          "run %s of this document is not over, and its plan differs from this one (the document, its binding or the options changed)"
                  .formatted(view.id())
              + " - go on with tminus resume %s, end it with tminus abort WHY, or start another with --new"
                  .formatted(view.id()));
    }
    if (given.isPresent() && !given.equals(view.state().zero())) {
      throw new UsageException(
          "--t-zero: run %s of this document is not over, and its T-0 is %s - go on without --t-zero, or start another run with --new"
              .formatted(view.id(), view.state().zero().map(Instant::toString).orElse("not set")));
    }
    console.line("going on with run %s", view.id());
    return view;
  }

  /// What a new run begins with, beside its plan.
  private record Terms(Event.CommandPolicy policy, Optional<Instant> zero) {}

  private Runs.View start(
      Runs runs, World world, Planning.Planned planned, Terms terms, String by) {
    Instant now = console.clock().instant();
    terms
        .zero()
        .filter(zero -> zero.isBefore(now))
        .map(new Times(console.zone(), now)::away)
        .ifPresent(ago -> console.line("T-0 was %s: what was due since then is late", ago));
    Plan plan = planned.plan();
    String hash = Json.sha256(Json.write(plan));
    Optional<Event.Slots> slots = world.delivery().map(Wiring::slots);
    Journal.Origin origin =
        new Journal.Origin(
            planned.document().path().toString(),
            console.folder().toString(),
            planned.binding().path().map(Path::toString).orElse(""));
    RunCommand.Start start = new RunCommand.Start(plan, hash, terms.policy(), slots, terms.zero());
    String text = planned.document().text();
    return planned
        .binding()
        .environment()
        .map(environment -> alone(() -> runs.start(start, text, origin, environment, by)))
        .orElseGet(() -> runs.start(start, text, origin, by));
  }

  /// One run at a time has an environment. A second one is refused with who has it; with `--queue`
  /// it waits for its turn.
  private Runs.View alone(Supplier<Runs.Begun> begin) {
    boolean said = false;
    while (true) {
      switch (begin.get()) {
        case Runs.Begun.Started(Runs.View view) -> {
          return view;
        }
        case Runs.Begun.Refused(Runs.Occupant occupant) -> {
          if (!queue) {
            throw new UsageException(occupant.message() + "; or wait for it with --queue");
          }
          if (!said) {
            console.line("waiting for its turn: %s", occupant.message());
            said = true;
          }
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("interrupted while it waited for its turn - start it again");
    }
  }
}
