package tminus.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationsTest {

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void theMedianIsInTheMiddle() {
    assertThat(Durations.median(List.of())).isEmpty();
    assertThat(Durations.median(List.of(seconds(7)))).contains(seconds(7));
    assertThat(Durations.median(List.of(seconds(9), seconds(1), seconds(2)))).contains(seconds(2));
    assertThat(Durations.median(List.of(seconds(9), seconds(1)))).contains(seconds(5));
  }
}
