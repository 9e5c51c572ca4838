package tminus.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tminus.core.checklist.Checklist;

/// The whole reading of the seeds, in numbers.
class SeedTest {

  @Test
  void everyBoxOfTheSeedsIsAnItem() {
    List<Integer> items =
        IntStream.range(0, 5).mapToObj(Seeds::read).map(Checklist::items).map(List::size).toList();
    assertThat(items).containsExactly(291, 124, 374, 63, 281);
  }
}
