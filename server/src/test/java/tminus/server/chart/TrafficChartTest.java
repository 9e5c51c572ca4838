package tminus.server.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.server.SampleRun;
import tminus.server.chart.Chart.Line;
import tminus.server.chart.Chart.Moment;
import tminus.server.chart.Chart.Panel;
import tminus.server.chart.Chart.Part;
import tminus.server.chart.Chart.Point;
import tminus.server.chart.Chart.Shape;

class TrafficChartTest {

  private static final Instant START = Instant.parse("2026-11-20T18:00:00Z");

  private static Chart chart(SampleRun run) {
    return TrafficChart.of(run.view().state(), run.view().events()).orElseThrow();
  }

  private static List<Point> points(Chart chart, int panel, int line) {
    return chart.panels().get(panel).lines().get(line).points();
  }

  /// Each point of the lines' paths, as x and y.
  private static List<List<double[]>> paths(String svg) {
    List<List<double[]>> paths = new ArrayList<>();
    Matcher path = Pattern.compile("class=\"line [a-z]+\" d=\"([^\"]+)\"").matcher(svg);
    while (path.find()) {
      List<double[]> points = new ArrayList<>();
      double x = 0;
      double y = 0;
      Matcher step =
          Pattern.compile("([MLHV])(-?[0-9.]+)(?: (-?[0-9.]+))?(?:h0)?").matcher(path.group(1));
      int read = 0;
      while (step.find()) {
        assertThat(step.start()).isEqualTo(read);
        read = step.end();
        double first = Double.parseDouble(step.group(2));
        x = step.group(1).equals("V") ? x : first;
        y =
            switch (step.group(1)) {
              case "H" -> y;
              case "V" -> first;
              default -> Double.parseDouble(step.group(3));
            };
        points.add(new double[] {x, y});
      }
      assertThat(read).isEqualTo(path.group(1).length());
      paths.add(points);
    }
    return paths;
  }

  private static void assertDrawnInside(Chart chart, int width) {
    String svg = SvgChart.draw(chart, width, "c");
    Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"").matcher(svg);
    assertThat(box.find()).isTrue();
    double height = Double.parseDouble(box.group(2));
    assertThat(Double.parseDouble(box.group(1))).isEqualTo(width);
    for (List<double[]> path : paths(svg)) {
      double before = 0;
      for (double[] point : path) {
        assertThat(point[0]).isBetween(before, (double) width);
        assertThat(point[1]).isBetween(0.0, height);
        before = point[0];
      }
    }
    Matcher text =
        Pattern.compile("<text class=\"[a-z]+\" x=\"([^\"]+)\" y=\"([^\"]+)\"").matcher(svg);
    while (text.find()) {
      assertThat(Double.parseDouble(text.group(1))).isBetween(0.0, (double) width);
      assertThat(Double.parseDouble(text.group(2))).isBetween(0.0, height);
    }
    assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @ParameterizedTest
  @ValueSource(ints = {350, 900})
  void linesStayInsideAndNeverGoBackInTime(int width) {
    assertDrawnInside(chart(SampleRun.rolledBack()), width);
    assertDrawnInside(chart(SampleRun.succeeded()), width);
    assertDrawnInside(chart(SampleRun.hostile("<&>")), width);
  }

  @Test
  void theShareFollowsShiftsAndGoesBackWithTheRollback() {
    List<Double> levels = new ArrayList<>();
    for (Point point : points(chart(SampleRun.rolledBack()), 0, 0)) {
      if (levels.isEmpty() || !levels.getLast().equals(point.value().orElseThrow())) {
        levels.add(point.value().orElseThrow());
      }
    }
    assertThat(levels).containsExactly(0.0, 10.0, 50.0, 0.0);
  }

  @Test
  void bothVersionsAreMeasuredAgainstTheTriggersLimit() {
    Chart chart = chart(SampleRun.rolledBack());
    assertThat(chart.panels())
        .extracting(Panel::title)
        .containsExactly("Candidate’s share of the traffic, %", "Error rate, %", "p95 latency, ms");
    assertThat(chart.panels().get(1).lines())
        .extracting(Line::part)
        .containsExactly(Part.STABLE, Part.CANDIDATE);
    assertThat(chart.panels().get(1).limits())
        .containsExactly(new Chart.Limit("rolls back > 5 % for 30 s", 5));
    assertThat(chart.panels().get(2).limits())
        .containsExactly(new Chart.Limit("rolls back > 1 s for 1 min", 1000));
    String svg = SvgChart.draw(chart, 900, "c");
    assertThat(svg)
        .contains(">rolls back &gt; 5 % for 30 s<")
        .as("a limit far above everything is named, and presses nothing flat")
        .contains(">↑ rolls back &gt; 1 s for 1 min<")
        .containsOnlyOnce("<path class=\"limit\"");
  }

  @Test
  void theTriggerAndTheWayBackAreMarked() {
    assertThat(chart(SampleRun.rolledBack()).moments())
        .extracting(Moment::words)
        .containsExactly("trigger fired, rollback started", "traffic back on stable");
    assertThat(chart(SampleRun.rolledBack()).description())
        .isEqualTo(
            "From 00:02:16 to 00:04:11 UTC the candidate had up to 50 % of the traffic;"
                + " trigger fired, rollback started at 00:04:02; traffic back on stable at 00:04:02."
                + " Stable is blue, the candidate is green.");
  }

  @Test
  void withoutTrafficThereIsNoChart() {
    for (SampleRun run : List.of(SampleRun.noGo(), SampleRun.empty(), SampleRun.large(3))) {
      assertThat(TrafficChart.of(run.view().state(), run.view().events())).isEmpty();
    }
  }

  @Test
  void noLineIsDrawnThroughTimeInWhichNobodyLooked() {
    List<Point> points = points(chart(SampleRun.interrupted()), 1, 1);
    assertThat(points).extracting(point -> point.value().isPresent()).contains(false);
    assertThat(SvgChart.draw(chart(SampleRun.interrupted()), 900, "c"))
        .containsPattern("class=\"line candidate\" d=\"M[^\"]*h0L[^\"]*M[^\"]*h0L");
  }

  @ParameterizedTest
  @CsvSource({"1", "90", "3600", "86400", "1209600", "31536000"})
  void anyLengthOfTimeHasAFewMarks(long seconds) {
    Line line =
        new Line(
            "candidate",
            Part.CANDIDATE,
            Shape.STRAIGHT,
            List.of(
                new Point(START, Optional.of(3.0)),
                new Point(START.plusSeconds(seconds), Optional.of(0.0))));
    Chart chart =
        new Chart(
            "t",
            "d",
            START,
            START.plusSeconds(seconds),
            List.of(new Panel("p", 100, 1, List.of(line), List.of())),
            List.of(new Moment(START, "first"), new Moment(START.plusSeconds(seconds), "last")));
    assertDrawnInside(chart, 350);
    assertThat(Ticks.times(chart.from(), chart.to(), 10)).hasSizeBetween(1, 11);
  }

  @Test
  void marksStandAtRoundTimesAndNameTheNewDay() {
    Instant evening = Instant.parse("2026-11-20T23:41:10Z");
    assertThat(Ticks.times(evening, evening.plus(Duration.ofMinutes(40)), 5))
        .extracting(Ticks.Tick::label)
        .containsExactly("23:50", "21 Nov", "00:10", "00:20");
    assertThat(Ticks.times(evening, evening.plusSeconds(4), 5))
        .extracting(Ticks.Tick::label)
        .containsExactly("23:41:10", "23:41:11", "23:41:12", "23:41:13", "23:41:14");
  }

  @ParameterizedTest
  @CsvSource({"1,4,0.25", "8.7,4,2.5", "100,2,50", "9.2,2,5", "40,4,10", "0.3,4,0.1"})
  void valueAxesHaveRoundSteps(double top, int most, double step) {
    assertThat(Ticks.step(top, most))
        .isEqualTo(step, org.assertj.core.api.Assertions.within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.5,0.5", "7.5,7.5", "100,100", "1200,1200"})
  void numbersHaveNoNeedlessZeros(double value, String words) {
    assertThat(Ticks.number(value)).isEqualTo(words);
  }

  @Test
  void wordsOfOthersCannotBecomeMarkup() {
    Chart chart =
        new Chart(
            "<b>", "&", START, START.plusSeconds(9), List.of(), List.of(new Moment(START, "<i>")));
    assertThat(SvgChart.draw(chart, 350, "c").toLowerCase(Locale.ROOT))
        .contains("&lt;b&gt;", "&amp;", "&lt;i&gt;")
        .doesNotContain("<b>", "<i>");
  }

  @Test
  void aChartHasALength() {
    assertThatThrownBy(() -> new Chart("t", "d", START, START, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give it a length");
  }
}
