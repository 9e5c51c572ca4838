package tminus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {

  private static final Instant START = Instant.parse("2026-01-12T09:00:00Z");

  private final Agenda agenda = new Agenda(START);
  private final List<String> happened = new ArrayList<>();

  private void note(String what) {
    happened.add(Duration.between(START, agenda.instant()).toSeconds() + " " + what);
  }

  @Test
  void thingsHappenInTheOrderOfTheirMomentsAndOfTwoAtOnceTheFirstEnteredFirst() {
    agenda.in(Duration.ofSeconds(5), () -> note("c"));
    agenda.in(Duration.ofSeconds(1), () -> note("a"));
    agenda.in(Duration.ofSeconds(1), () -> note("b"));
    agenda.run(START.plusSeconds(10));
    assertThat(happened).containsExactly("1 a", "1 b", "5 c");
    assertThat(agenda.instant()).isEqualTo(START.plusSeconds(10));
  }

  @Test
  void whatTakesTimeMovesTheMomentAndNotTheClock() {
    agenda.at(
        START,
        () -> {
          agenda.spend(Duration.ofSeconds(30));
          assertThat(agenda.instant()).isEqualTo(START);
          assertThat(agenda.moment()).isEqualTo(START.plusSeconds(30));
          agenda.in(Duration.ofSeconds(1), () -> note("after it"));
        });
    agenda.at(START.plusSeconds(2), () -> note("meanwhile"));
    agenda.run(START.plusSeconds(60));
    assertThat(happened).containsExactly("2 meanwhile", "31 after it");
  }

  @Test
  void whatIsPastHappensNext() {
    agenda.run(START.plusSeconds(9));
    agenda.at(START, () -> note("late"));
    assertThat(agenda.isDue(START.plusSeconds(9))).isTrue();
    assertThat(agenda.step()).isTrue();
    assertThat(agenda.step()).isFalse();
    assertThat(happened).containsExactly("9 late");
  }
}
