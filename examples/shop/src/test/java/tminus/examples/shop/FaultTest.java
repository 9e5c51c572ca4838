package tminus.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

  @Test
  void is_read_as_it_is_typed() {
    assertThat(Fault.parse("errors=8%")).isEqualTo(new Fault.Errors(800));
    assertThat(Fault.parse("errors=0.25%")).isEqualTo(new Fault.Errors(25));
    assertThat(Fault.parse("errors=100%")).isEqualTo(new Fault.Errors(10_000));
    assertThat(Fault.parse("latency=800ms")).isEqualTo(new Fault.Latency(Duration.ofMillis(800)));
    assertThat(Fault.parse("crash-on-start")).isEqualTo(new Fault.CrashOnStart());
    assertThat(Fault.parse("crash-after=5s"))
        .isEqualTo(new Fault.CrashAfter(Duration.ofSeconds(5)));
    assertThat(Fault.parse("memory")).isEqualTo(new Fault.Memory(64));
    assertThat(Fault.parse("memory=200MB")).isEqualTo(new Fault.Memory(200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          errors=8         | errors: '8' is not a percentage - write 8% or 0.25%
          errors=101%      | errors: 10100 basis points - use 1 to 10000
          errors=0%        | errors: 0 basis points - use 1 to 10000
          latency          | latency: '' is not a duration - write 800ms, 5s or 2m
          latency=0s       | latency: PT0S - use more than zero and at most an hour
          crash-after=61m  | crash-after: PT1H1M - use more than zero and at most an hour
          crash-on-start=1 | crash-on-start: has no amount (1) - leave it out
          memory=9         | memory: '9' is not an amount - write 64MB
          memory=4097MB    | memory: 4097 MB - use 1 to 4096
          gremlins         | fault: there is no 'gremlins' - use errors=8%, latency=800ms, crash-on-start, crash-after=5s or memory=64MB
          """)
  void says_what_is_wrong_with_it(String typed, String message) {
    assertThatThrownBy(() -> Fault.parse(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void errors_are_spread_evenly_and_add_up_to_their_share_at_any_moment() {
    var errors = new Fault.Errors(800);

    assertThat(LongStream.rangeClosed(1, 50).filter(errors::hits))
        .containsExactly(13L, 25L, 38L, 50L);
    assertThat(LongStream.rangeClosed(1, 12_345).filter(errors::hits).count()).isEqualTo(987);
    assertThat(LongStream.rangeClosed(1, 99).allMatch(new Fault.Errors(10_000)::hits)).isTrue();
  }
}
