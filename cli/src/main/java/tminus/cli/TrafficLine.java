package tminus.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tminus.core.plan.StepId;
import tminus.core.run.Event;
import tminus.core.run.Event.Slots;
import tminus.core.run.Recorded;
import tminus.engine.RunListener;
import tminus.engine.Runs;

/// Shows the traffic as it moves: on a terminal one line that is drawn anew below the events,
/// elsewhere a line a reading. Safe for concurrent use.
final class TrafficLine implements RunListener, AutoCloseable {

  private static final int BAR = 16;
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");

  private final Console console;
  private final Style style;
  private final EventLines events;
  private Optional<Event.TrafficMeasured> last = Optional.empty();
  private final int width;
  private String drawn = "";

  TrafficLine(Console console) {
    this.console = console;
    this.style = console.style();
    this.width = console.width();
    this.events = new EventLines(console, this::above);
  }

  @Override
  public synchronized void recorded(Runs.View view, Recorded recorded) {
    Optional<Slots> slots = view.state().slots();
    if (slots.isPresent() && recorded.event() instanceof Event.TrafficMeasured measured) {
      last = Optional.of(measured);
      draw(line(measured, slots.get()));
      return;
    }
    if (recorded.event() instanceof Event.TriggerFired
        || recorded.event() instanceof Event.RollbackStarted) {
      // The numbers that decided stay where they can be read; what moves next is told by its
      // events.
      keep();
    }
    events.recorded(view, recorded);
  }

  @Override
  public void output(StepId step, String line) {
    // What commands print is in the report; here it would hide what happens.
  }

  private String line(Event.TrafficMeasured measured, Slots slots) {
    int candidate = measured.weight().percent();
    int filled = (candidate * BAR + 50) / 100;
    String bar = style.dim("░".repeat(BAR - filled)) + style.accent("█".repeat(filled));
    return "  %s %s %d %% %s   %s"
        .formatted(slots.stable(), bar, candidate, slots.candidate(), readings(measured, slots));
  }

  private String readings(Event.TrafficMeasured measured, Slots slots) {
    return List.of(slots.stable(), slots.candidate()).stream()
        .flatMap(slot -> measured.readings().stream().filter(r -> r.slot().equals(slot)).limit(1))
        .filter(reading -> reading.requests() > 0)
        .map(this::reading)
        .reduce((a, b) -> a + " · " + b)
        .orElse("");
  }

  private String reading(Event.Reading reading) {
    double errors = 100.0 * reading.errors() / reading.requests();
    String rate = String.format(Locale.ROOT, "%.1f %% errors", errors);
    String p95 =
        reading.p95Millis().map(ms -> String.format(Locale.ROOT, " p95 %.0f ms", ms)).orElse("");
    return String.format(
        Locale.ROOT,
        "%s %.0f/s %s%s",
        reading.slot(),
        reading.requests() / reading.seconds(),
        errors >= 1 ? style.bad(rate) : rate,
        p95);
  }

  private synchronized void above(String line) {
    erase();
    console.out().println(line);
    redraw();
  }

  private void draw(String line) {
    if (!console.interactive()) {
      console.out().println(line);
      return;
    }
    erase();
    drawn = line;
    redraw();
  }

  private void keep() {
    if (!drawn.isEmpty() && last.isPresent()) {
      erase();
      console.out().println(drawn);
      drawn = "";
    }
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      console.out().print("\r\u001b[K");
    }
  }

  /// A line that wraps cannot be taken away again, so it must fit.
  private void redraw() {
    if (drawn.isEmpty()) {
      return;
    }
    String plain = ESCAPE.matcher(drawn).replaceAll("");
    int room = width - 1;
    console.out().print(plain.length() <= room ? drawn : plain.substring(0, room));
    console.out().flush();
  }

  /// Takes the line away.
  @Override
  public synchronized void close() {
    erase();
    drawn = "";
    console.out().flush();
  }
}
