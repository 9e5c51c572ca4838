package tminus.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tminus.core.checklist.Mark;
import tminus.core.plan.Step;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState;
import tminus.core.run.StepState.Phase;
import tminus.engine.RunId;
import tminus.engine.Runs;

/// Two people for the demo. They say in their names that they are none.
final class SimulatedPeople implements AutoCloseable {

  static final String MANAGER = "Release Manager (simulated)";
  static final String LEAD = "Deployment Lead (simulated)";

  /// How long they take for a word: long enough to be seen waiting, short enough for a demo.
  private static final Duration REACTION = Duration.ofMillis(120);

  private final Runs runs;
  private final RunId id;
  private final Thread thread;

  SimulatedPeople(Runs runs, RunId id) {
    this.runs = runs;
    this.id = id;
    this.thread = Thread.ofVirtual().name("simulated people").start(this::live);
  }

  private void live() {
    try {
      while (true) {
        Thread.sleep(REACTION);
        Runs.View view = runs.view(id);
        if (view.state().status() == Status.FINISHED) {
          return;
        }
        view.state()
            .next()
            .filter(step -> view.state().step(step.id()).phase().needsPerson())
            .ifPresent(step -> runs.tell(id, who(step), say(view, step)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String who(Step step) {
    boolean lead =
        step.roles().stream().anyMatch(role -> role.toLowerCase(Locale.ROOT).contains("lead"));
    return lead || step.roles().isEmpty() ? LEAD : MANAGER;
  }

  private static RunCommand say(Runs.View view, Step step) {
    StepState at = view.state().step(step.id());
    if (at.phase() == Phase.ASKED) {
      return new RunCommand.Sign(step.id(), fields(view, step), choices(step));
    }
    if (view.state().status() == Status.ROLLING_BACK) {
      return new RunCommand.Skip(step.id(), "noted for the incident: " + at.detail());
    }
    return new RunCommand.RollBack("%s: %s".formatted(step.title(), at.detail()));
  }

  private static Map<Integer, Integer> choices(Step step) {
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
    return choices;
  }

  private static Map<Integer, String> fields(Runs.View view, Step step) {
    Map<Integer, String> fields = new HashMap<>();
    for (int i : step.form().asked()) {
      fields.put(i, value(view, step.form().fields().get(i).name().toLowerCase(Locale.ROOT)));
    }
    return fields;
  }

  private static String value(Runs.View view, String blank) {
    if (blank.contains("date")) {
      return view.state().started().toString().substring(0, 10);
    }
    Optional<Event.Reading> reading = lastCandidateReading(view);
    if (blank.contains("error rate") && reading.isPresent() && reading.get().requests() > 0) {
      return String.format(
          Locale.ROOT, "%.1f", 100.0 * reading.get().errors() / reading.get().requests());
    }
    if (blank.contains("p95") && reading.isPresent()) {
      return reading
          .get()
          .p95Millis()
          .map(p95 -> String.format(Locale.ROOT, "%.0f", p95))
          .orElse("-");
    }
    if (blank.contains("lead")) {
      return LEAD;
    }
    if (blank.contains("reason")) {
      return "-";
    }
    return blank.contains("manager") ? MANAGER : "simulated";
  }

  private static Optional<Event.Reading> lastCandidateReading(Runs.View view) {
    RunState state = view.state();
    for (Recorded recorded : view.events().reversed()) {
      if (recorded.event() instanceof Event.TrafficMeasured(_, List<Event.Reading> readings)) {
        return readings.stream()
            .filter(reading ->
                state.slots().filter(slots -> slots.candidate().equals(reading.slot())).isPresent())
            .findFirst();
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
