package tminus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tminus.core.run.Recorded;
import tminus.core.run.RunCommand;

/// What a driver knows of its right to a run, when it or another one stands still.
class TenureTest {

  private static final Duration PAST = Tenure.LEASE.plusSeconds(1);

  private final Journal journal = new MemoryJournal(false);
  private Instant now = JournalSuite.NOW;
  private RunId run = JournalSuite.RUN;
  private Tenure north = tenure("north");
  private Tenure south = tenure("south");

  private Runs runs() {
    return new Runs(journal, () -> now, new SplittableRandom(1));
  }

  private Runs runs(Instant clock) {
    return new Runs(journal, () -> clock, new SplittableRandom(1));
  }

  private Tenure tenure(String owner) {
    return new Tenure(runs(), run, () -> now, owner);
  }

  @BeforeEach
  void begin() {
    run =
        runs()
            .start(
                Plans.start(Plans.plan(Plans.attest("a"))),
                "# Shop\n",
                new Journal.Origin("/shop.md", "/", ""),
                "Zoë")
            .id();
    north = tenure("north");
    south = tenure("south");
  }

  @Test
  void whoRenewsInTimeKeepsTheRight() {
    var fences = north.hold();
    now = now.plus(Tenure.LEASE.dividedBy(2));
    assertThat(north.hold()).isEqualTo(fences);
    assertThat(north.isHeld()).isTrue();
    assertThatThrownBy(south::hold).hasMessageContaining("is driven by north");
  }

  @Test
  void whoStoodStillAloneGoesOn() {
    var fences = north.hold();
    now = now.plus(PAST);
    assertThat(north.isHeld()).as("nobody else has it").isTrue();
    assertThat(north.hold()).isEqualTo(fences);
  }

  @Test
  void whoWasTakenOverFromMayBeginNothing() {
    var fences = north.hold();
    now = now.plus(PAST);
    south.hold();
    assertThat(north.isHeld()).isFalse();
    assertThatThrownBy(() -> runs().tell(run, Recorded.TMINUS, fences, new RunCommand.Advance()))
        .isInstanceOf(FencedException.class);
    assertThatThrownBy(north::hold).isInstanceOf(FencedException.class);
  }

  @Test
  void whoFindsTheRunTakenAsksAnewBeforeItsTime() {
    north.hold();
    // By a clock that is ahead.
    runs(now.plus(PAST)).take(run, "south", now.plus(PAST).plus(PAST));
    assertThat(north.isHeld()).isFalse();
    assertThatThrownBy(north::hold).isInstanceOf(FencedException.class);
  }

  @Test
  void whoLostARunNeverGoesOnWithItFromMemory() {
    north.hold();
    now = now.plus(PAST);
    south.hold();
    south.release();
    assertThatThrownBy(north::hold).isInstanceOf(FencedException.class);
  }
}
