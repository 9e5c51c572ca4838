package tminus.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.run.Recorded;
import tminus.engine.EventWords;
import tminus.engine.Json;
import tminus.simulation.CheckProof;
import tminus.simulation.DataLoss;
import tminus.simulation.Distribution;
import tminus.simulation.People;
import tminus.simulation.Promise;
import tminus.simulation.Rehearsed;

/// The JSON form of rehearsals: a contract with scripts that read it. Times are in seconds.
final class RehearsalJson {

  private static final int BARS = 20;

  private RehearsalJson() {}

  private record Entry(Instant at, String text) {}

  private record Wait(String what, List<String> whom, double seconds, boolean answered) {}

  private record Promised(
      int line, String text, String kind, double limit, Optional<Double> measured, boolean kept) {}

  private record Proof(int checks, int worlds, int byPeople, List<CheckProof.Accepted> accepted) {}

  private record Once(
      String title,
      String file,
      long seed,
      boolean trafficAssumed,
      String outcome,
      double took,
      double trafficAtRisk,
      long requests,
      long requestsToCandidate,
      long failed,
      long slow,
      Optional<Double> detection,
      Optional<Double> backOnStable,
      Optional<Double> rollback,
      long rowsLost,
      List<Wait> waits,
      List<Promised> promises,
      Proof checksThatProveNothing,
      List<Entry> timeline) {}

  static String of(
      RehearseCommand.Rehearsing rehearsing, Rehearsed rehearsed, CheckProof.Result proof) {
    Rehearsed.Requests traffic = rehearsed.traffic();
    return Json.pretty(
        new Once(
            rehearsing.plan().title(),
            rehearsing.plan().file(),
            rehearsed.seed(),
            rehearsing.assumed(),
            RehearsalNumbers.outcome(rehearsed),
            seconds(rehearsed.took()),
            seconds(traffic.exposed()),
            traffic.asked(),
            traffic.askedOfCandidate(),
            traffic.failed(),
            traffic.slow(),
            rehearsed.recovery().detection().map(RehearsalJson::seconds),
            rehearsed.recovery().back().map(RehearsalJson::seconds),
            rehearsed.recovery().rollback().map(RehearsalJson::seconds),
            rehearsed.loss().map(DataLoss::rows).orElse(0L),
            rehearsed.waits().stream().map(wait -> waited(wait, rehearsed)).toList(),
            rehearsing.promises().stream().map(promise -> promised(promise, rehearsed)).toList(),
            new Proof(proof.checks(), proof.worlds(), proof.byPeople(), proof.accepted()),
            timeline(rehearsing, rehearsed)));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static Wait waited(People.Waited wait, Rehearsed rehearsed) {
    Instant until = wait.until().orElse(rehearsed.events().getLast().at());
    return new Wait(
        wait.what(),
        wait.whom(),
        seconds(Duration.between(wait.since(), until)),
        wait.until().isPresent());
  }

  private static Promised promised(Promise promise, Rehearsed rehearsed) {
    return new Promised(
        promise.line(),
        promise.text(),
        promise.kind().words(),
        seconds(promise.limit()),
        promise.measured(rehearsed).map(RehearsalJson::seconds),
        promise.isKept(rehearsed));
  }

  private static List<Entry> timeline(RehearseCommand.Rehearsing rehearsing, Rehearsed rehearsed) {
    return rehearsed.events().stream()
        .flatMap(recorded -> entry(recorded, rehearsing).stream())
        .toList();
  }

  private static Optional<Entry> entry(Recorded recorded, RehearseCommand.Rehearsing rehearsing) {
    return EventWords.of(recorded, rehearsing.plan())
        .map(words -> new Entry(recorded.at(), words.toString()));
  }

  private record Numbers(
      int runs, double min, double median, double p95, double max, List<Long> histogram) {}

  private record Many(
      String title,
      String file,
      int runs,
      boolean trafficAssumed,
      Map<String, Integer> outcomes,
      Map<String, Numbers> measures,
      List<Kept> promises) {}

  private record Kept(
      int line,
      String text,
      String kind,
      double limit,
      long measured,
      long broken,
      Optional<Double> worst) {}

  static String of(RehearseCommand.Rehearsing rehearsing, RehearsalStatistics statistics) {
    Map<String, Numbers> measures = new LinkedHashMap<>();
    statistics
        .measures()
        .forEach((name, measure) -> {
          Distribution values = measure.values();
          measures.put(
              name,
              new Numbers(
                  values.size(),
                  values.min(),
                  values.median(),
                  values.quantile(0.95),
                  values.max(),
                  values.histogram(BARS)));
        });
    return Json.pretty(
        new Many(
            rehearsing.plan().title(),
            rehearsing.plan().file(),
            statistics.runs(),
            rehearsing.assumed(),
            statistics.outcomes(),
            measures,
            statistics.promises().stream()
                .map(kept ->
                    new Kept(
                        kept.promise().line(),
                        kept.promise().text(),
                        kept.promise().kind().words(),
                        seconds(kept.promise().limit()),
                        kept.measured(),
                        kept.broken(),
                        kept.worst().map(RehearsalJson::seconds)))
                .toList()));
  }
}
