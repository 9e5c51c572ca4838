package tminus.cli;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.engine.EventWords;
import tminus.engine.RunListener;
import tminus.engine.Runs;

/// Prints what happens, a line an event: time, mark, words. Safe for concurrent use.
final class EventLines implements RunListener {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Style style;

  private final Consumer<String> sink;

  EventLines(Console console) {
    this(console, console.out()::println);
  }

  /// Lines that go elsewhere than straight to the output.
  EventLines(Console console, Consumer<String> sink) {
    this.style = console.style();
    this.sink = sink;
  }

  /// Prints what happened between two views of one run.
  void print(Runs.View before, Runs.View after) {
    after.events().subList(before.events().size(), after.events().size()).forEach(event -> recorded(after, event));
  }

  @Override
  public synchronized void recorded(Runs.View view, Recorded recorded) {
    line(view, recorded).ifPresent(sink);
  }

  @Override
  public synchronized void output(StepId step, String line) {
    sink.accept("           " + style.dim("│ ") + line);
  }

  /// One event as a line, if it says anything to a person.
  Optional<String> line(Runs.View view, Recorded recorded) {
    return EventWords.of(recorded, view.state().plan())
        .map(
            words ->
                style.dim(TIME.format(recorded.at())) + " " + mark(recorded.event()) + " " + words);
  }

  private String mark(Event event) {
    return switch (event) {
      case Event.StepEnded(_, _, Outcome outcome) -> mark(outcome);
      case Event.UndoEnded(_, _, _, Outcome outcome) -> mark(outcome);
      case Event.StepSigned _, Event.StepFollowed _ -> style.good("✓");
      case Event.GateDecided gate -> gate.go() ? style.good("✓") : style.bad("✗");
      case Event.StepRejected _ -> style.bad("✗");
      case Event.StepSkipped _ -> style.warn("–");
      case Event.TriggerFired _, Event.RollbackStarted _ -> style.bad("!");
      case Event.StepAsked _ -> style.accent("?");
      case Event.RunFinished(Event.Result result, _) ->
          result == Event.Result.SUCCEEDED ? style.good("✓") : style.bad("✗");
      case Event.RunHeld _ -> style.warn("‖");
      case Event.RunStarted _,
          Event.StepStarted _,
          Event.FormFilled _,
          Event.StepRetried _,
          Event.NoteTaken _,
          Event.RunResumed _,
          Event.TrafficMeasured _,
          Event.UndoStarted _ ->
          style.dim("·");
    };
  }

  private String mark(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> style.good("✓");
      case Outcome.Failed _ -> style.bad("✗");
      case Outcome.NeedsPerson _, Outcome.Unknown _ -> style.warn("?");
    };
  }
}
