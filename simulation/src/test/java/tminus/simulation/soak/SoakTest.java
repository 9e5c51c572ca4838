package tminus.simulation.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tminus.core.run.Event;
import tminus.simulation.soak.Soak.Soaked;

/// The engine in a world where everything goes wrong, against the invariants of every run.
///
/// The seeds are the same in every build. `-Dtminus.soak=N` plays more of them, and `./tminus
/// rehearse --soak --seed N` one of them.
class SoakTest {

  private static final int RUNS = Integer.getInteger("tminus.soak", 2_000);

  @Test
  void everyInvariantHoldsInAStormAndEveryRunEndsAfterIt() {
    List<Soaked> all = LongStream.rangeClosed(1, RUNS).parallel().mapToObj(Soak::run).toList();
    for (Soaked soaked : all) {
      assertThat(soaked.broken())
          .as(
              "./tminus rehearse --soak --seed %d%n%s",
              soaked.seed(), String.join("\n", soaked.story()))
          .isEmpty();
    }
    Set<Object> seen = new HashSet<>();
    all.forEach(soaked -> seen.addAll(soaked.kinds()));
    assertThat(seen).as("what happened").contains((Object[]) Event.class.getPermittedSubclasses());
    assertThat(all.stream().map(soaked -> soaked.result().orElseThrow()))
        .as("how runs ended")
        .contains(Event.Result.values());
    assertThat(all.stream().mapToInt(Soaked::takeovers).sum())
        .as("runs were taken over")
        .isGreaterThan(RUNS / 4);
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    Soaked once = Soak.run(7);
    assertThat(Soak.run(7)).isEqualTo(once);
  }
}
