package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.checklist.Checklist;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Step;
import tminus.core.plan.StepId;
import tminus.core.run.CommandResult;
import tminus.core.run.Decider;
import tminus.core.run.Decision;
import tminus.core.run.Event;
import tminus.core.run.FilledDocument;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;
import tminus.core.run.RunState;
import tminus.core.run.RunState.Status;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Slot;
import tminus.markdown.MarkdownReader;

/// A run of a document in which Ada says yes to everything, but for what a test says first. It
/// begins at 18:00, and every word is a minute after the one before.
final class ScriptedRun {

  final Plan plan;
  private final String text;
  private final Checklist checklist;
  private final List<Recorded> events = new ArrayList<>();
  private final Map<String, RunCommand> instead = new LinkedHashMap<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private Instant now = Instant.parse("2026-11-20T18:00:00Z");
  private RunState state;
  private Optional<String> refused = Optional.empty();

  private ScriptedRun(String text, boolean traffic) {
    this.text = text;
    this.checklist = MarkdownReader.read("a.md", text);
    this.plan = Planner.plan(checklist, new Binding(Map.of(), Map.of(), traffic, 1));
    Event begun =
        Decider.begin(
            new RunCommand.Start(
                plan,
                "hash",
                traffic ? Event.CommandPolicy.RUN : Event.CommandPolicy.NEVER,
                Optional.of(new Event.Slots(new Slot("blue"), new Slot("green"), "v1"))));
    Recorded first = new Recorded(now, "Ada", begun);
    events.add(first);
    this.state = RunState.start(first);
  }

  /// A run in which people do everything.
  static ScriptedRun of(String text) {
    return new ScriptedRun(text, false);
  }

  /// A run in which commands run and traffic is shifted.
  static ScriptedRun moving(String text) {
    return new ScriptedRun(text, true);
  }

  Step step(String title) {
    return plan.steps().stream()
        .filter(step -> step.title().startsWith(title))
        .findFirst()
        .or(() ->
            plan.rollback().stream().filter(step -> step.title().startsWith(title)).findFirst())
        .orElseThrow(() -> new AssertionError("no step " + title + " in " + plan.steps()));
  }

  RunState state() {
    return state;
  }

  Optional<String> refused() {
    return refused;
  }

  ScriptedRun skip(String title) {
    instead.put(title, new RunCommand.Skip(step(title).id(), "not today"));
    return this;
  }

  ScriptedRun outcome(String title, Outcome outcome) {
    outcomes.put(title, outcome);
    return this;
  }

  static CommandResult result(String command, String output, int exit, boolean good) {
    CommandResult.Judgement judgement =
        good
            ? new CommandResult.Judgement.Met("as expected")
            : new CommandResult.Judgement.NotMet("something else");
    return new CommandResult(
        1, command, Optional.of(exit), output, Duration.ofMillis(12), judgement);
  }

  ScriptedRun field(String title, int field, String value) {
    Step step = step(title);
    Map<Integer, Integer> choices = new HashMap<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      choices.put(i, 0);
    }
    instead.put(title, new RunCommand.Sign(step.id(), Map.of(field, value), choices));
    return this;
  }

  void tell(String by, RunCommand command) {
    switch (Decider.decide(state, command, by, now)) {
      case Decision.Refused(String reason) -> refused = Optional.of(reason);
      case Decision.Accepted(List<Event> more) -> {
        for (Event event : more) {
          Recorded recorded = new Recorded(now, by, event);
          events.add(recorded);
          state = state.evolve(recorded);
        }
      }
    }
  }

  /// Goes on until nothing more happens, or that step is asked.
  ScriptedRun until(String title) {
    Step stop = step(title);
    for (int i = 0; i < 20 * plan.steps().size() + 100; i++) {
      Phase phase = state.step(stop.id()).phase();
      if (phase.needsPerson() || phase.isSettled()) {
        return this;
      }
      once();
    }
    return this;
  }

  /// Goes on until nothing more happens.
  ScriptedRun toTheEnd() {
    for (int i = 0; i < 20 * plan.steps().size() + 100 && state.status() != Status.FINISHED; i++) {
      once();
    }
    return this;
  }

  private void once() {
    tell(Recorded.TMINUS, new RunCommand.Advance());
    if (state.undo().isPresent()) {
      RunState.Undo undo = state.undo().get().undo();
      tell(
          Recorded.TMINUS,
          new RunCommand.ReportUndo(
              undo.step(), undo.work(), state.undo().get().attempt(), done()));
      return;
    }
    for (StepId id : state.steps().keySet()) {
      if (state.step(id).phase() == Phase.RUNNING) {
        now = now.plusSeconds(60);
        String title = plan.step(id).orElseThrow().title();
        Outcome outcome = outcomes.getOrDefault(title, done());
        tell(Recorded.TMINUS, new RunCommand.Report(id, state.step(id).attempt(), outcome));
        return;
      }
    }
    state
        .next()
        .filter(step -> state.step(step.id()).phase() == Phase.ASKED)
        .ifPresent(this::answer);
  }

  private static Outcome done() {
    return new Outcome.Done("done", List.of());
  }

  private void answer(Step step) {
    now = now.plusSeconds(60);
    Map<Integer, Integer> choices = new HashMap<>();
    for (int i = 0; i < step.form().choices().size(); i++) {
      choices.put(i, 0);
    }
    RunCommand yes = new RunCommand.Sign(step.id(), Map.of(), choices);
    RunCommand word =
        instead.entrySet().stream()
            .filter(entry -> step.title().startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(yes);
    tell("Ada", word);
  }

  FilledDocument document() {
    return new FilledDocument(text, checklist, state, events);
  }

  String filled() {
    return document().text();
  }
}
