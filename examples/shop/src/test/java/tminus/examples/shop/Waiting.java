package tminus.examples.shop;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what must come about; the test's own time-out ends it when it does not.
final class Waiting {

  private Waiting() {}

  static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("what was waited for did not come about in time");
      }
      LockSupport.parkNanos(1_000_000); // looks again; nothing is decided by the time this takes
    }
  }
}
