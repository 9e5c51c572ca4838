package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.adapter.local.Stage.BLUE;
import static tminus.adapter.local.Stage.GREEN;
import static tminus.adapter.local.Stage.green;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

class SplitTest {

  private static final List<Slot> SLOTS = List.of(BLUE, GREEN);

  @Test
  void anyHundredConsecutiveRequestsAreSplitToTheRequest() {
    for (int percent = 0; percent <= 100; percent++) {
      Split split = Split.of(SLOTS, green(percent));
      for (long first = 0; first < Split.LENGTH; first++) {
        assertThat(count(split, GREEN, first, Split.LENGTH)).isEqualTo(percent);
      }
    }
  }

  @Test
  void aSmallShareIsSpreadOut() {
    Split split = Split.of(SLOTS, green(10));

    for (long first = 0; first < Split.LENGTH; first++) {
      assertThat(count(split, GREEN, first, 10)).isEqualTo(1);
    }
  }

  @Test
  void threeSlotsAreSplitAsExactly() {
    var third = new Slot("canary");
    Split split =
        Split.of(
            List.of(BLUE, GREEN, third),
            Map.of(BLUE, new Weight(90), GREEN, new Weight(7), third, new Weight(3)));

    assertThat(count(split, GREEN, 0, Split.LENGTH)).isEqualTo(7);
    assertThat(count(split, third, 0, Split.LENGTH)).isEqualTo(3);
  }

  @Test
  void whoIsNotNamedGetsNothing() {
    Split split = Split.of(SLOTS, Map.of(GREEN, Weight.ALL));

    assertThat(split.weights()).isEqualTo(Map.of(BLUE, Weight.NONE, GREEN, Weight.ALL));
    assertThat(count(split, BLUE, 0, Split.LENGTH)).isZero();
  }

  @Test
  void weightsMustAddUpAndBeOfKnownSlots() {
    assertThatThrownBy(() -> Split.of(SLOTS, Map.of(BLUE, new Weight(99))))
        .hasMessage("weights: {blue=99 %} add up to 99 - they must add up to 100");
    assertThatThrownBy(() -> Split.of(SLOTS, Map.of()))
        .hasMessage("weights: no weights add up to 0 - they must add up to 100");
    assertThatThrownBy(() -> Split.of(SLOTS, Map.of(new Slot("purple"), Weight.ALL)))
        .hasMessage("weights: the slot \"purple\" is unknown - use blue, green");
  }

  private static long count(Split split, Slot slot, long first, long length) {
    return LongStream.range(first, first + length).filter(n -> split.slot(n).equals(slot)).count();
  }
}
