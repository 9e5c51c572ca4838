package tminus.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Event.Slots;
import tminus.core.run.Recorded;
import tminus.engine.RunListener;
import tminus.engine.Runs;

/// Shows the traffic as it moves: on a terminal one line that is drawn anew below the events,
/// elsewhere a line a reading. Safe for concurrent use.
final class TrafficLine implements RunListener, AutoCloseable {

  private static final int BAR = 20;

  private final Console console;
  private final Style style;
  private final EventLines events;
  private String drawn = "";

  TrafficLine(Console console) {
    this.console = console;
    this.style = console.style();
    this.events = new EventLines(console, this::above);
  }

  @Override
  public void recorded(Runs.View view, Recorded recorded) {
    if (recorded.event() instanceof Event.TrafficMeasured measured
        && view.state().slots().isPresent()) {
      draw(line(measured, view.state().slots().get()));
    } else {
      events.recorded(view, recorded);
    }
  }

  @Override
  public void output(StepId step, String line) {
    // What commands print is in the report; here it would hide what happens.
  }

  private String line(Event.TrafficMeasured measured, Slots slots) {
    int candidate = measured.weight().percent();
    int filled = (candidate * BAR + 50) / 100;
    String bar = style.dim("░".repeat(BAR - filled)) + style.accent("█".repeat(filled));
    return "         %s %s %3d %% %s   %s"
        .formatted(slots.stable(), bar, candidate, slots.candidate(), readings(measured, slots));
  }

  private String readings(Event.TrafficMeasured measured, Slots slots) {
    return List.of(slots.stable(), slots.candidate()).stream()
        .flatMap(slot ->
            measured.readings().stream()
                .filter(reading -> reading.slot().equals(slot))
                .findFirst()
                .stream())
        .filter(reading -> reading.requests() > 0)
        .map(this::reading)
        .reduce((a, b) -> a + "   " + b)
        .orElse("");
  }

  private String reading(Event.Reading reading) {
    double errors = 100.0 * reading.errors() / reading.requests();
    String rate = String.format(Locale.ROOT, "%.1f %% errors", errors);
    return String.format(
        Locale.ROOT,
        "%s %.0f/s, %s, p95 %s",
        reading.slot(),
        reading.requests() / reading.seconds(),
        errors >= 1 ? style.bad(rate) : rate,
        Optional.of(reading.p95Millis())
            .flatMap(p95 -> p95)
            .map(ms -> String.format(Locale.ROOT, "%.0f ms", ms))
            .orElse("-"));
  }

  private synchronized void above(String line) {
    erase();
    console.out().println(line);
    redraw();
  }

  private synchronized void draw(String line) {
    if (!console.interactive()) {
      console.out().println(line);
      return;
    }
    erase();
    drawn = line;
    redraw();
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      console.out().print("\r\u001b[K");
    }
  }

  private void redraw() {
    if (!drawn.isEmpty()) {
      console.out().print(drawn);
      console.out().flush();
    }
  }

  /// Takes the line away.
  @Override
  public synchronized void close() {
    erase();
    drawn = "";
    console.out().flush();
  }
}
