package tminus.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopOptionsTest {

  @Test
  void a_good_release_needs_a_port_and_a_version() {
    assertThat(parse("--port 8080 --version v1.0.0")).isEqualTo(ShopOptions.of(8080, "v1.0.0"));
  }

  @Test
  void everything_can_be_given_in_any_order() {
    assertThat(
            parse("--exit-with 42 --fault-after 30s --version v1.1.0 --fault errors=8% --port 0"))
        .isEqualTo(
            new ShopOptions(
                0,
                "v1.1.0",
                Optional.of(new Fault.Errors(800)),
                Duration.ofSeconds(30),
                Optional.of(42L)));
  }

  @Test
  void all_problems_are_told_at_once() {
    assertThatThrownBy(() -> parse("--colour green --port 65536 --fault gremlins --exit-with"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            --colour: is not known - see the usage
            green: is not known - see the usage
            --exit-with: has no value - give it one
            --version: is missing - give it a value
            --port: '65536' is not a number from 0 to 65535 - use one
            fault: there is no 'gremlins' - use errors=8%, latency=800ms, crash-on-start, crash-after=5s or memory=64MB\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --port 1 --port 2 --version v1                                  | --port: is there twice - give it once
          --port 1 --version v"1                                          | --version: 'v"1' - use up to 64 letters, digits and . _ + -
          --port 1 --version v1 --fault-after 5s                          | --fault-after: PT5S - goes with --fault errors, latency or memory
          --port 1 --version v1 --fault-after 5s --fault crash-on-start   | --fault-after: PT5S - goes with --fault errors, latency or memory
          --port 1 --version v1 --fault-after soon --fault memory         | --fault-after: 'soon' is not a duration - write 800ms, 5s or 2m
          """)
  void says_what_is_wrong(String typed, String message) {
    assertThatThrownBy(() -> parse(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ShopOptions parse(String typed) {
    return ShopOptions.parse(List.of(typed.split(" ")));
  }
}
