package tminus.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tminus.core.plan.Plan;
import tminus.core.plan.PlanWords;
import tminus.simulation.Distribution;

/// Prints how many rehearsals came out.
final class StatisticsPrinter {

  /// Lines of a histogram: enough to see a second hump.
  private static final int BARS = 8;

  private static final int BAR_WIDTH = 40;

  private final Console console;
  private final Style style;
  private final Plan plan;

  StatisticsPrinter(Console console, Plan plan) {
    this.console = console;
    this.style = console.style();
    this.plan = plan;
  }

  /// @param took how long the rehearsals took us
  void print(RehearsalStatistics statistics, Duration took) {
    console
        .out()
        .println(
            style.bold("%s: %d rehearsals".formatted(plan.title(), statistics.runs()))
                + style.dim(" in %s".formatted(PlanWords.words(rounded(took)))));
    statistics.outcomes().forEach((outcome, count) -> console.line("  %-16s %d", outcome, count));
    console.line("");
    console.line("%-18s %12s %12s %12s", "", "median", "p95", "max");
    for (Map.Entry<String, RehearsalStatistics.Measure> entry : statistics.measures().entrySet()) {
      Distribution values = entry.getValue().values();
      boolean seconds = entry.getValue().seconds();
      console.line(
          "%-18s %12s %12s %12s%s",
          entry.getKey(),
          shown(values.median(), seconds),
          shown(values.quantile(0.95), seconds),
          shown(values.max(), seconds),
          values.size() == statistics.runs() ? "" : "   of %d runs".formatted(values.size()));
    }
    for (String name : List.of("detection", "back on stable", "requests hurt")) {
      RehearsalStatistics.Measure measure = statistics.measures().get(name);
      if (measure != null && measure.values().max() > measure.values().min()) {
        histogram(name, measure);
      }
    }
    promises(statistics);
  }

  private void histogram(String name, RehearsalStatistics.Measure measure) {
    Distribution values = measure.values();
    List<Long> counts = values.histogram(BARS);
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(1);
    double width = (values.max() - values.min()) / BARS;
    console.line("");
    console.out().println(style.bold(name));
    for (int i = 0; i < BARS; i++) {
      int length = (int) Math.ceil((double) BAR_WIDTH * counts.get(i) / most);
      console
          .out()
          .println(
              "  %10s %s %d"
                  .formatted(
                      "≤ " + shown(values.min() + (i + 1) * width, measure.seconds()),
                      style.accent("█".repeat(length)),
                      counts.get(i)));
    }
  }

  private void promises(RehearsalStatistics statistics) {
    console.line("");
    if (statistics.promises().isEmpty()) {
      console.line(
          "The document promises nothing of the way back (like Rollback Time: < 5 minutes).");
      return;
    }
    console.out().println(style.bold("What the document promises"));
    for (RehearsalStatistics.Kept kept : statistics.promises()) {
      String what = "line %d, %s".formatted(kept.promise().line(), kept.promise().text());
      String how =
          kept.broken() > 0
              ? style.bad("✗ not kept in %d of %d".formatted(kept.broken(), statistics.runs()))
              : kept.measured() == 0
                  ? style.dim("· never put to the test: try a --fault")
                  : style.good("✓ kept");
      String worst =
          kept.worst().map(time -> ", at worst " + PlanWords.words(rounded(time))).orElse("");
      console.out().println("  %s: %s%s".formatted(what, how, worst));
    }
  }

  private static String shown(double value, boolean seconds) {
    if (!seconds) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return PlanWords.words(rounded(Duration.ofMillis(Math.round(value * 1_000))));
  }

  /// To a tenth of a second, or to whole ones from a minute on.
  static Duration rounded(Duration time) {
    return time.compareTo(Duration.ofMinutes(1)) < 0
        ? Duration.ofMillis(Math.round(time.toMillis() / 100.0) * 100)
        : Duration.ofSeconds(Math.round(time.toMillis() / 1000.0));
  }
}
