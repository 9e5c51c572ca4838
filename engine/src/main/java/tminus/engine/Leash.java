package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Renews a driver's right beside its loop, which the store may keep waiting, and cuts off what is
/// under way when the right is lost or has ended: from then on somebody else may act. Safe for
/// concurrent use.
///
/// A laptop that slept and a process that was stopped find their right ended, and most often nobody
/// else there: the renewal has the first word then, and a moment for it.
final class Leash implements AutoCloseable {

  private static final Duration FIRST_WORD = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Tenure tenure;
  private final InstantSource clock;
  private final Runnable cut;
  private final Thread renewal;
  private final Thread deadline;
  private volatile Optional<FencedException> lost = Optional.empty();
  private volatile boolean isCut;

  /// @param cut ends what is under way, at once and from any thread
  Leash(Tenure tenure, InstantSource clock, Runnable cut) {
    this.tenure = tenure;
    this.clock = clock;
    this.cut = cut;
    this.renewal = Thread.ofVirtual().name("renewal").start(this::renew);
    this.deadline = Thread.ofVirtual().name("deadline").start(this::keep);
  }

  private void renew() {
    try {
      while (true) {
        Thread.sleep(Tenure.RENEWAL);
        hold();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (FencedException e) {
      lost = Optional.of(e);
      cutOff();
    }
  }

  private void hold() throws InterruptedException {
    while (true) {
      try {
        tenure.hold();
        return;
      } catch (FencedException e) {
        throw e;
      } catch (JournalException _) {
        // A store that does not answer may do so before the time is over.
        Thread.sleep(AGAIN);
      }
    }
  }

  private void keep() {
    try {
      while (true) {
        Duration left = left();
        Thread.sleep(left.isPositive() ? left : FIRST_WORD);
        if (!left.isPositive() && !left().isPositive()) {
          cutOff();
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration left() {
    Instant end = tenure.until().minus(FIRST_WORD);
    return Duration.between(clock.instant(), end);
  }

  private void cutOff() {
    isCut = true;
    cut.run();
  }

  /// Who has taken the run over, if that is why what was under way has been cut off.
  Optional<FencedException> lost() {
    return lost;
  }

  /// Whether what was under way has been cut off.
  boolean isCut() {
    return isCut;
  }

  @Override
  public void close() {
    renewal.interrupt();
    deadline.interrupt();
  }
}
