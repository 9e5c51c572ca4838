package tminus.server.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tminus.core.run.Event;
import tminus.core.run.Event.Reading;
import tminus.core.run.Event.Slots;
import tminus.core.run.Recorded;
import tminus.core.traffic.Slot;
import tminus.engine.Runs;
import tminus.server.chart.Chart;
import tminus.server.chart.SvgChart;
import tminus.server.chart.TrafficChart;
import tminus.server.page.Page.Cells;
import tminus.server.page.Page.Row;
import tminus.server.page.Page.Traffic;

/// The traffic's chart, and the same as a table.
final class TrafficMaker {

  private static final int WIDE = 900;
  private static final int NARROW = 350;

  /// More rows than this nobody reads; the journal has them all.
  private static final int ROWS = 60;

  private TrafficMaker() {}

  static Optional<Traffic> traffic(Runs.View view) {
    return TrafficChart.of(view.state(), view.events()).map(chart -> traffic(chart, view));
  }

  private static Traffic traffic(Chart chart, Runs.View view) {
    Optional<Slots> slots = view.state().slots();
    List<Recorded> readings =
        view.events().stream()
            .filter(recorded -> recorded.event() instanceof Event.TrafficMeasured)
            .toList();
    int every = Math.max(1, Math.ceilDiv(readings.size(), ROWS));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < readings.size() && slots.isPresent(); i++) {
      boolean last = i == readings.size() - 1;
      if ((i % every == 0 || last)
          && readings.get(i).event() instanceof Event.TrafficMeasured measured) {
        rows.add(row(measured, readings.get(i).at(), view.state().started(), slots.get()));
      }
    }
    return new Traffic(
        SvgChart.draw(chart, WIDE, "traffic"),
        SvgChart.draw(chart, NARROW, "traffic-narrow"),
        chart.description(),
        slots.map(both -> "stable (%s)".formatted(both.stable())).orElse("stable"),
        slots.map(both -> "candidate (%s)".formatted(both.candidate())).orElse("candidate"),
        rows,
        every == 1
            ? ""
            : "One in %d of the %d readings; the journal has them all."
                .formatted(every, readings.size()));
  }

  private static Row row(Event.TrafficMeasured measured, Instant at, Instant start, Slots slots) {
    return new Row(
        Stamp.of(at, start),
        measured.weight().toString(),
        cells(measured.readings(), slots.stable()),
        cells(measured.readings(), slots.candidate()));
  }

  private static Cells cells(List<Reading> readings, Slot slot) {
    return readings.stream()
        .filter(reading -> reading.slot().equals(slot))
        .findFirst()
        .map(reading ->
            new Cells(
                Long.toString(reading.requests()),
                reading.requests() == 0
                    ? "–"
                    : String.format(
                        Locale.ROOT, "%.2f %%", 100.0 * reading.errors() / reading.requests()),
                reading
                    .p95Millis()
                    .map(p95 -> String.format(Locale.ROOT, "%.0f ms", p95))
                    .orElse("–")))
        .orElseGet(() -> new Cells("–", "–", "–"));
  }
}
