package tminus.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tminus.core.plan.Step;
import tminus.core.run.Decider;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.SignOff;
import tminus.core.run.Waiting;
import tminus.engine.Journal;
import tminus.engine.JournalException;
import tminus.engine.Json;
import tminus.engine.Lease;
import tminus.engine.Runs;

/// Shows where runs stand.
@Command(
    name = "status",
    description = "Show the runs here, or where one stands and what it waits for.")
final class StatusCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private Store store = new Store();

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "One run (default: all, the latest first).")
  private @Nullable String run;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  StatusCommand(Console console) {
    this.console = console;
  }

  /// One run in JSON: a contract with scripts that read it.
  private record Output(
      String id,
      String title,
      String file,
      String started,
      String status,
      Optional<String> result,
      long settled,
      int steps,
      int candidateWeight,
      Optional<String> waitsFor,
      List<String> waitsForWhom,
      Optional<String> waitsSince,
      Optional<String> noGoAt,
      List<String> signedBy,
      Optional<String> drivenBy,
      Optional<ScheduleOutput> schedule,
      List<StepOutput> open) {}

  private record StepOutput(
      String id,
      String kind,
      String phase,
      int line,
      String title,
      List<String> roles,
      String detail) {}

  @Override
  public Integer call() {
    Runs runs = store.existing(console);
    try (var _ = runs.journal()) {
      if (run != null) {
        Output output = output(runs, Store.find(runs, Optional.of(run)));
        if (json) {
          console.out().println(Json.pretty(output));
        } else {
          print(output);
        }
        return ExitCode.DONE.code();
      }
      List<Output> all = new ArrayList<>();
      for (Journal.Header header : runs.journal().runs()) {
        try {
          all.add(output(runs, runs.view(header.id())));
        } catch (JournalException e) {
          console.err().println("tminus: " + e.getMessage());
        }
      }
      if (json) {
        console.out().println(Json.pretty(all));
      } else if (all.isEmpty()) {
        console.line("no runs here");
      } else {
        all.forEach(this::printLine);
      }
      return ExitCode.DONE.code();
    }
  }

  private Output output(Runs runs, Runs.View view) {
    RunState state = view.state();
    Journal.Header header =
        runs.journal().runs().stream()
            .filter(each -> each.id().equals(view.id()))
            .findFirst()
            .orElseThrow();
    List<StepOutput> open =
        state.status() == Status.FINISHED
            ? List.of()
            : state.open().stream().map(step -> output(state, step)).toList();
    Optional<Waiting.For> waiting = Waiting.of(state);
    return new Output(
        view.id().value(),
        state.plan().title(),
        header.origin().file(),
        state.started().toString(),
        state.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        state.result().map(Decider::words),
        state.plan().steps().stream()
            .filter(step -> state.step(step.id()).phase().isSettled())
            .count(),
        state.plan().steps().size(),
        state.weight().percent(),
        waiting.map(Waiting.For::what),
        waiting.map(Waiting.For::whom).orElse(List.of()),
        waiting.map(one -> one.since().toString()),
        Waiting.deadline(state).map(Instant::toString),
        waiting
            .flatMap(Waiting.For::step)
            .map(step -> Waiting.signOffs(state, step).stream().map(SignOff::by).toList())
            .orElse(List.of()),
        runs.journal().leases().holder(Lease.ofRun(view.id()), console.clock().instant()),
        ScheduleOutput.of(runs, view, header.origin().file(), console.clock().instant()),
        open);
  }

  private static StepOutput output(RunState state, Step step) {
    return new StepOutput(
        step.id().value(),
        step.action().kind(),
        state.step(step.id()).phase().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        step.line(),
        step.title(),
        step.roles(),
        state.step(step.id()).detail());
  }

  private void printLine(Output run) {
    Style style = console.style();
    String where = run.result().orElse(run.status());
    console
        .out()
        .println(
            "%s  %s  %d/%d  %s%s%s"
                .formatted(
                    style.bold(run.id()),
                    where,
                    run.settled(),
                    run.steps(),
                    run.title(),
                    run.schedule().map(new SchedulePrinter(console)::brief).orElse(""),
                    run.waitsFor().map(what -> style.dim("  waits: " + what)).orElse("")));
  }

  /// What is waited for, by whom, since when, and what happens when nobody comes.
  private void waits(Output run, String what) {
    Style style = console.style();
    Times times = new Times(console.zone(), console.clock().instant());
    console.out().println(style.warn("waits: ") + what);
    List<String> more = new ArrayList<>();
    if (!run.waitsForWhom().isEmpty()) {
      more.add("for " + String.join(", ", run.waitsForWhom()));
    }
    run.waitsSince().ifPresent(since -> more.add("asked " + times.away(Instant.parse(since))));
    run.noGoAt().ifPresent(moment -> more.add("no-go " + times.away(Instant.parse(moment))));
    console.out().println(style.dim("       " + String.join(" · ", more)));
  }

  private void print(Output run) {
    Style style = console.style();
    console.out().println(style.bold(run.title()));
    console.line("run %s, started %s", run.id(), run.started());
    console.line(
        "%s, %d of %d steps settled",
        run.result().orElse(run.status()), run.settled(), run.steps());
    if (run.candidateWeight() > 0) {
      console.line("the candidate has %d %% of the traffic", run.candidateWeight());
    }
    run.drivenBy().ifPresent(who -> console.line("driven by %s", who));
    run.waitsFor().ifPresent(what -> waits(run, what));
    run.schedule().ifPresent(new SchedulePrinter(console)::print);
    if (!run.open().isEmpty()) {
      console.line("open now:");
      for (StepOutput step : run.open().subList(0, Math.min(12, run.open().size()))) {
        String who = step.roles().isEmpty() ? "" : "  " + String.join(", ", step.roles());
        console
            .out()
            .println(
                "  %-6s %s%s"
                    .formatted(step.kind(), step.id(), style.dim("  " + step.title() + who)));
      }
      if (run.open().size() > 12) {
        console.line("  … and %d more before the next barrier", run.open().size() - 12);
      }
    }
  }
}
