package tminus.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementTest {

  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  /// 200 requests in ten seconds, 3 of them errors, each two seconds long.
  @ParameterizedTest
  @CsvSource({
    "error rate < 1 %, 0.015",
    "failure rate < 1 %, 0.015",
    "success rate > 99 %, 0.985",
    "availability ≥ 99.9 %, 0.985",
    "latency < 500 ms, 2",
    "p99 latency < 1 s, 2",
    "response time < 1 min, 2",
    "throughput ≥ 200 RPS, 20",
    "request rate > 10 req/s, 20",
  })
  void eachKnownMetricIsRead(String words, double base) {
    Measurement measured =
        Measurement.of(Observed.condition(words), Observed.observation(200, 3, TWO_SECONDS));
    assertThat(measured).isInstanceOf(Measurement.Value.class);
    assertThat(((Measurement.Value) measured).base()).isCloseTo(base, within(base * 0.0906));
  }

  @ParameterizedTest
  @CsvSource({
    "cpu usage, PERCENT, cpu usage in %",
    "replication lag, MILLISECONDS, replication lag in ms",
    "query latency, MILLISECONDS, query latency in ms",
    "4xx error rate, PERCENT, 4xx error rate in %",
    "payment error rate, PERCENT, payment error rate in %",
    "error rate, NONE, error rate without a unit",
    "error rate, PER_SECOND, error rate in /s",
    "errors, NONE, errors without a unit",
    "latency, NONE, latency without a unit",
    "latency, PERCENT, latency in %",
    "throughput, PERCENT, throughput in %",
    "throughput, MEGABYTES, throughput in MB",
    "throughput, NONE, throughput without a unit",
  })
  void whatIsNotKnownForCertainIsNotMeasured(String metric, Quantity.Unit unit, String named) {
    assertThat(Measurement.of(Observed.condition(metric, 5, unit), Observed.observation(1000, 0)))
        .isEqualTo(new Measurement.Unknown("nothing here measures " + named));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "19, false", "20, true"})
  void tooFewRequestsSayNothingAboutAShareOrAQuantile(long requests, boolean enough) {
    for (String words : new String[] {"error rate < 1 %", "success rate > 9 %", "latency < 1 s"}) {
      Measurement measured =
          Measurement.of(Observed.condition(words), Observed.observation(requests, 0));
      assertThat(measured instanceof Measurement.Value).isEqualTo(enough);
      if (!enough) {
        assertThat(measured)
            .isEqualTo(
                new Measurement.TooLittle(
                    "%d requests in 10.0 s, and 20 are needed".formatted(requests)));
      }
    }
  }

  @Test
  void noThroughputIsAMeasuredThroughput() {
    assertThat(Measurement.of(Observed.condition("throughput ≥ 1 RPS"), Observed.observation(0, 0)))
        .isEqualTo(new Measurement.Value(0));
  }

  @Test
  void requestsThatNobodyTimedHaveNoLatency() {
    Observation untimed = new Observation(TWO_SECONDS, 100, 0, Latencies.none());
    assertThat(Measurement.of(Observed.condition("p95 latency < 1 s"), untimed))
        .isEqualTo(new Measurement.TooLittle("no request was timed"));
  }

  @Test
  void latencyWithoutAQuantileIsTheNinetyFifth() {
    Latencies mostlyFast =
        Observed.observation(94, 0, Duration.ofMillis(10))
            .latencies()
            .plus(Observed.observation(6, 0, TWO_SECONDS).latencies());
    Observation observation = new Observation(TWO_SECONDS, 100, 0, mostlyFast);
    Condition plain = Observed.condition("latency < 1 s");
    assertThat(plain.quantile()).isEqualTo(Optional.empty());
    assertThat(Measurement.of(plain, observation))
        .isEqualTo(Measurement.of(Observed.condition("p95 latency < 1 s"), observation));
    assertThat(Measurement.of(plain, observation))
        .isNotEqualTo(Measurement.of(Observed.condition("p90 latency < 1 s"), observation));
  }

  @ParameterizedTest
  @CsvSource({
    "error rate < 1 %, 0.0523, 5.23 %",
    "error rate < 0 %, 0.0523, 5.23 %",
    "error rate < 1 %, 0, 0 %",
    "p95 latency < 500 ms, 0.6349, 635 ms",
    "p95 latency < 0 ms, 0.6349, 635 ms",
    "p95 latency < 1 s, 0.63491, 0.63 s",
    "throughput > 9 RPS, 12.3456, 12.35/s",
  })
  void whatWasMeasuredIsToldInTheUnitOfTheLimit(String words, double base, String told) {
    assertThat(Measurement.words(Observed.condition(words), base)).isEqualTo(told);
  }

  @Test
  void anObservationThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Observation(Duration.ZERO, 0, 0, Latencies.none()))
        .hasMessage("observation: the interval PT0S is not positive");
    assertThatThrownBy(() -> new Observation(TWO_SECONDS, 1, 2, Latencies.none()))
        .hasMessage("observation: 2 errors of 1 requests cannot be");
    assertThatThrownBy(() -> new Observation(TWO_SECONDS, -1, 0, Latencies.none()))
        .hasMessage("observation: 0 errors of -1 requests cannot be");
  }
}
