package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

  /// Lists made one from another in any order, each beside a copy of what it should be.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyListStaysWhatItWas(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Prefix<Integer>> lists = new ArrayList<>(List.of(Prefix.<Integer>empty()));
    List<List<Integer>> copies = new ArrayList<>(List.of(List.of()));
    for (int i = 0; i < 300; i++) {
      int from = random.nextInt(3) == 0 ? random.nextInt(lists.size()) : lists.size() - 1;
      List<Integer> more = random.ints(random.nextInt(5)).boxed().toList();
      List<Integer> copy = new ArrayList<>(copies.get(from));
      copy.addAll(more);
      lists.add(lists.get(from).plus(more));
      copies.add(copy);
    }
    assertThat(lists).as("seed %d", seed).isEqualTo(copies);
  }

  @Test
  void nothingCanBeChangedOrReadPastTheEnd() {
    Prefix<String> one = Prefix.<String>empty().plus(List.of("a"));
    Prefix<String> two = one.plus(List.of("b"));
    assertThat(two).containsExactly("a", "b");
    assertThatThrownBy(() -> one.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> one.add("c")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> one.set(0, "c")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void growingCopiesLittle() {
    Prefix<Integer> list = Prefix.empty();
    for (int i : IntStream.range(0, 1_000_000).toArray()) {
      list = list.plus(List.of(i));
    }
    assertThat(list).hasSize(1_000_000);
    assertThat(list.getLast()).isEqualTo(999_999);
  }
}
