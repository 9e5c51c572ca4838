package tminus.server.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tminus.core.judge.Comparison;
import tminus.core.judge.Condition;
import tminus.core.plan.Action;
import tminus.core.plan.Plan;
import tminus.core.plan.StepId;
import tminus.core.plan.Trigger;
import tminus.core.plan.Work;
import tminus.core.run.Event;
import tminus.core.run.Event.Reading;
import tminus.core.run.Event.Slots;
import tminus.core.run.Outcome;
import tminus.core.run.Recorded;
import tminus.core.run.RunState;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.server.chart.Chart.Limit;
import tminus.server.chart.Chart.Line;
import tminus.server.chart.Chart.Moment;
import tminus.server.chart.Chart.Panel;
import tminus.server.chart.Chart.Part;
import tminus.server.chart.Chart.Point;
import tminus.server.chart.Chart.Shape;

/// The traffic of a run as a chart: the candidate's share, and what both versions answered.
public final class TrafficChart {

  private static final int SHARE_HEIGHT = 70;
  private static final int MEASURED_HEIGHT = 110;

  private final Plan plan;
  private final List<Recorded> events;
  private final List<Point> share = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();

  private TrafficChart(Plan plan, List<Recorded> events) {
    this.plan = plan;
    this.events = events;
  }

  /// The chart, or empty when the run moved and measured no traffic.
  ///
  /// @param events of one run, in order
  public static Optional<Chart> of(RunState state, List<Recorded> events) {
    return new TrafficChart(state.plan(), events).chart(state.slots());
  }

  private Optional<Chart> chart(Optional<Slots> slots) {
    events.forEach(this::look);
    if (share.isEmpty()) {
      return Optional.empty();
    }
    Instant first = share.getFirst().at();
    Instant last = share.getLast().at();
    Duration margin = Duration.between(first, last).dividedBy(50).plusMillis(500);
    Instant from = first.minus(margin);
    Instant to = last.plus(margin);
    String description = description(slots, first, last);
    share.addFirst(new Point(from, Optional.of(0.0)));
    share.add(new Point(to, share.getLast().value()));

    List<Panel> panels = new ArrayList<>();
    panels.add(
        new Panel(
            "Candidate’s share of the traffic, %",
            SHARE_HEIGHT,
            100,
            List.of(new Line("candidate", Part.CANDIDATE, Shape.STEPS, share)),
            List.of()));
    slots.ifPresent(both -> {
      measured("Error rate, %", 1, both, TrafficChart::errorPercent, TrafficChart::errorLimit)
          .ifPresent(panels::add);
      measured("p95 latency, ms", 10, both, Reading::p95Millis, TrafficChart::latencyLimit)
          .ifPresent(panels::add);
    });
    return Optional.of(new Chart("Traffic of the run", description, from, to, panels, moments));
  }

  private String description(Optional<Slots> slots, Instant first, Instant last) {
    double most = share.stream().mapToDouble(point -> point.value().orElse(0.0)).max().orElse(0);
    String names =
        slots
            .map(both ->
                " Stable is %s, the candidate is %s.".formatted(both.stable(), both.candidate()))
            .orElse("");
    String said =
        moments.stream()
            .map(moment -> "; %s at %s".formatted(moment.words(), clock(moment.at())))
            .reduce("", String::concat);
    return "From %s to %s UTC the candidate had up to %s %% of the traffic%s.%s"
        .formatted(clock(first), clock(last), Ticks.number(most), said, names);
  }

  private static String clock(Instant at) {
    return at.toString().substring(11, 19);
  }

  // ---- events ----------------------------------------------------------------------------------

  private void look(Recorded recorded) {
    switch (recorded.event()) {
      case Event.StepStarted(StepId id, _) -> {
        if (share.isEmpty() && shift(id).isPresent()) {
          share(recorded, Weight.NONE);
        }
      }
      case Event.StepEnded(StepId id, _, Outcome.Done _) ->
          shift(id).ifPresent(to -> share(recorded, to));
      case Event.StepSigned(StepId id) -> shift(id).ifPresent(to -> share(recorded, to));
      case Event.TrafficMeasured(Weight weight, _) -> share(recorded, weight);
      case Event.TriggerFired _ -> moment(recorded, "trigger fired");
      case Event.RollbackStarted _ -> moment(recorded, "rollback started");
      case Event.TriggerNoticed _ -> moment(recorded, "trigger noticed");
      case Event.RollbackCancelled _ -> moment(recorded, "rollback called off");
      case Event.UndoEnded(_, Work.Restore _, _, Outcome.Done _) -> {
        share(recorded, Weight.NONE);
        moment(recorded, "traffic back on stable");
      }
      case Event.RunStarted _,
          Event.StepAsked _,
          Event.StepPostponed _,
          Event.StepEnded _,
          Event.FormFilled _,
          Event.StepRejected _,
          Event.StepFollowed _,
          Event.StepSkipped _,
          Event.StepNotApplicable _,
          Event.EvidenceAttached _,
          Event.StepRetried _,
          Event.GateSigned _,
          Event.GateDecided _,
          Event.GlassBroken _,
          Event.PersonReminded _,
          Event.NoteTaken _,
          Event.RunHeld _,
          Event.RunResumed _,
          Event.UndoAsked _,
          Event.UndoStarted _,
          Event.UndoEnded _,
          Event.RunFinished _ -> {}
    }
  }

  private Optional<Weight> shift(StepId id) {
    return plan.step(id)
        .flatMap(step ->
            step.action() instanceof Action.Shift(Weight to) ? Optional.of(to) : Optional.empty());
  }

  private void share(Recorded recorded, Weight weight) {
    share.add(new Point(recorded.at(), Optional.of((double) weight.percent())));
  }

  /// Before any traffic was moved there is nothing to mark; what happens in one instant is one
  /// mark.
  private void moment(Recorded recorded, String words) {
    if (share.isEmpty()) {
      return;
    }
    boolean together = !moments.isEmpty() && moments.getLast().at().equals(recorded.at());
    String all = together ? moments.removeLast().words() + ", " + words : words;
    moments.add(new Moment(recorded.at(), all));
  }

  // ---- measurements ----------------------------------------------------------------------------

  private static Optional<Double> errorPercent(Reading reading) {
    return reading.requests() == 0
        ? Optional.empty()
        : Optional.of(100.0 * reading.errors() / reading.requests());
  }

  private Optional<Panel> measured(
      String title,
      double top,
      Slots slots,
      Function<Reading, Optional<Double>> value,
      Function<Condition, Optional<Double>> limit) {
    List<Line> lines =
        List.of(
            new Line("stable", Part.STABLE, Shape.STRAIGHT, points(slots.stable(), value)),
            new Line(
                "candidate", Part.CANDIDATE, Shape.STRAIGHT, points(slots.candidate(), value)));
    boolean anything =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .anyMatch(point -> point.value().isPresent());
    return anything
        ? Optional.of(new Panel(title, MEASURED_HEIGHT, top, lines, limits(limit)))
        : Optional.empty();
  }

  private List<Point> points(Slot slot, Function<Reading, Optional<Double>> value) {
    List<Point> points = new ArrayList<>();
    for (Recorded recorded : events) {
      if (recorded.event() instanceof Event.TrafficMeasured(_, List<Reading> readings)) {
        for (Reading reading : readings) {
          if (reading.slot().equals(slot)) {
            breakAfterSilence(points, recorded.at(), reading.seconds());
            points.add(new Point(recorded.at(), value.apply(reading)));
          }
        }
      }
    }
    return points;
  }

  /// A reading covers the seconds before it. When the one before is older than that, nobody looked
  /// in between, and no line may say otherwise.
  private static void breakAfterSilence(List<Point> points, Instant at, double seconds) {
    Instant covered = at.minusMillis((long) (1500 * seconds));
    if (!points.isEmpty() && points.getLast().at().isBefore(covered)) {
      points.add(new Point(covered, Optional.empty()));
    }
  }

  private List<Limit> limits(Function<Condition, Optional<Double>> value) {
    return plan.triggers().stream()
        .map(Trigger::condition)
        .flatMap(Optional::stream)
        .filter(condition ->
            condition.comparison() == Comparison.GREATER
                || condition.comparison() == Comparison.AT_LEAST)
        .flatMap(condition ->
            value.apply(condition).map(limit -> new Limit(words(condition), limit)).stream())
        .distinct()
        .toList();
  }

  private static Optional<Double> errorLimit(Condition condition) {
    String metric = condition.metric().toLowerCase(Locale.ROOT);
    return metric.contains("error") || metric.contains("5xx")
        ? Optional.of(condition.limit().base() * 100)
        : Optional.empty();
  }

  private static Optional<Double> latencyLimit(Condition condition) {
    String metric = condition.metric().toLowerCase(Locale.ROOT);
    boolean latency = metric.contains("latency") || metric.contains("response time");
    return latency && condition.quantile().orElse(0.95) == 0.95
        ? Optional.of(condition.limit().base() * 1000)
        : Optional.empty();
  }

  /// `rolls back > 5 % for 30 s`.
  private static String words(Condition condition) {
    String all = condition.toString();
    return "rolls back" + all.substring(all.indexOf(" " + condition.comparison().symbol() + " "));
  }
}
