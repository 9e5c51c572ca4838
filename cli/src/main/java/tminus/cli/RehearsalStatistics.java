package tminus.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tminus.simulation.Distribution;
import tminus.simulation.Promise;

/// How many rehearsals came out.
///
/// @param outcomes how often what
/// @param measures how each number was distributed, by its name; of times in seconds
/// @param promises how often each promise was kept
record RehearsalStatistics(
    int runs, Map<String, Integer> outcomes, Map<String, Measure> measures, List<Kept> promises) {

  /// A number over the rehearsals that came to it.
  ///
  /// @param seconds whether it is a time
  record Measure(Distribution values, boolean seconds) {}

  /// A promise over the rehearsals.
  ///
  /// @param measured how many came to what it is about
  /// @param worst the longest of them
  record Kept(Promise promise, long measured, long broken, Optional<Duration> worst) {}

  static RehearsalStatistics of(List<RehearsalNumbers> all, List<Promise> promises) {
    Map<String, Integer> outcomes = new TreeMap<>();
    all.forEach(one -> outcomes.merge(one.outcome(), 1, Integer::sum));
    Map<String, Measure> measures = new LinkedHashMap<>();
    times(measures, "detection", all, RehearsalNumbers::detection);
    times(measures, "back on stable", all, RehearsalNumbers::back);
    times(measures, "rollback", all, RehearsalNumbers::rollback);
    measures.put(
        "requests hurt",
        new Measure(Distribution.of(all.stream().map(one -> (double) one.hurt()).toList()), false));
    times(measures, "traffic at risk", all, one -> Optional.of(one.exposed()));
    times(measures, "whole run", all, one -> Optional.of(one.took()));
    List<Kept> kept = new ArrayList<>();
    for (int i = 0; i < promises.size(); i++) {
      int index = i;
      List<Duration> measured =
          all.stream().flatMap(one -> one.promised().get(index).stream()).toList();
      kept.add(
          new Kept(
              promises.get(i),
              measured.size(),
              all.stream().filter(one -> !one.kept().get(index)).count(),
              measured.stream().max(Duration::compareTo)));
    }
    return new RehearsalStatistics(all.size(), outcomes, measures, kept);
  }

  private static void times(
      Map<String, Measure> measures,
      String name,
      List<RehearsalNumbers> all,
      Function<RehearsalNumbers, Optional<Duration>> time) {
    List<Double> seconds =
        all.stream()
            .flatMap(one -> time.apply(one).stream())
            .map(duration -> duration.toMillis() / 1000.0)
            .toList();
    if (!seconds.isEmpty()) {
      measures.put(name, new Measure(Distribution.of(seconds), true));
    }
  }
}
