package tminus.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class FaultGrammarTest {

  @SuppressWarnings("unused") // JUnit reads it.
  private static final Iterable<String> KNOWN = FaultGrammar.KNOWN;

  @ParameterizedTest
  @FieldSource("KNOWN")
  void everyFaultThatIsOfferedIsOne(String text) {
    assertThat(FaultGrammar.parse(text + " after 2min for 1h").kind()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          errors 8% at 25%                      | Errors[of=CANDIDATE, share=0.08]      | 25 % |              | PT0S
          Errors 0.5 % at 10 % for 90s          | Errors[of=CANDIDATE, share=0.005]     | 10 % |              | PT0S
          stable errors 3%                      | Errors[of=STABLE, share=0.03]         |      |              | PT0S
          latency 800ms at 50%                  | Slower[of=CANDIDATE, more=PT0.8S]     | 50 % |              | PT0S
          stable latency 1.5 s                  | Slower[of=STABLE, more=PT1.5S]        |      |              | PT0S
          crash after 3 minutes                 | Crash[of=CANDIDATE]                   |      |              | PT3M
          slow start 2min                       | SlowStart[time=PT2M]                  |      |              | PT0S
          leak 20 min at 100%                   | Leak[untilCrash=PT20M]                | 100 % |             | PT0S
          metrics silent at 'Watch for 5 minutes' for 10min | MetricsSilent[]           |      | Watch for 5 minutes | PT0S
          metrics lag 30s                       | MetricsLag[lag=PT30S]                 |      |              | PT0S
          router slow 5s at Shift 50 % of       | RouterSlow[time=PT5S]                 |      | Shift 50 % of | PT0S
          router late 20s                       | RouterLate[lag=PT20S]                 |      |              | PT0S
          check fails at "the shop is healthy" after 1h | CheckFails[]                  |      | the shop is healthy | PT1H
          absent Release Manager                | Absent[who=Release Manager]           |      |              | PT0S
          absent                                | Absent[who=]                          |      |              | PT0S
          late 20 min DBA                       | Late[more=PT20M, who=DBA]             |      |              | PT0S
          controller crash at 50% for 30s       | ControllerCrash[]                     | 50 % |              | PT0S
          """)
  void aFaultSaysWhatAndWhen(String text, String kind, String weight, String step, String after) {
    Fault fault = FaultGrammar.parse(text);
    assertThat(fault.kind()).hasToString(kind);
    assertThat(fault.when().weight().map(Object::toString).orElse(null)).isEqualTo(weight);
    assertThat(fault.when().step().orElse(null)).isEqualTo(step);
    assertThat(fault.when().after()).hasToString(after);
  }

  @Test
  void howLongItLastsStandsBehindFor() {
    assertThat(FaultGrammar.parse("router fails for 30s").when().lasting())
        .hasToString("Optional[PT30S]");
    assertThat(FaultGrammar.parse("router fails").when().lasting()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          erors 8%                     | character 1: 'erors 8%' is no fault
          errors                       | character 1: 'errors' is no fault
          errors 120%                  | character 1: 'errors 120%' is no fault
          stable router fails          | character 1: 'stable router fails' is no fault
          at 25%                       | character 1: it does not say what goes wrong
          ``                           | character 1: it does not say what goes wrong
          errors 8% at                 | character 11: nothing follows 'at'
          errors 8% for ever           | character 15: 'ever' is no duration: say 30s, 5min or 2h
          errors 8% at 25% at 50%      | character 18: 'at' is said twice
          crash after 1min after 2min  | character 18: 'after' is said twice
          """)
  void whatIsNoFaultIsSaidWithItsPlaceAndWhatIsKnown(String text, String problem) {
    assertThatThrownBy(() -> FaultGrammar.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("known are: errors 8%, latency 2s");
  }
}
