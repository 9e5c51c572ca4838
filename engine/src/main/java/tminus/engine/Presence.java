package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Tells others that a server is there, and the server whether its store is. All servers of a store
/// share one lease: it says that there is one, not which. Who only asks, loads no scheduler.
public final class Presence implements AutoCloseable {

  private static final String RESOURCE = "servers";
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  private static final Duration LASTS = Duration.ofSeconds(12);

  private final Journal journal;
  private final InstantSource clock;
  private final ServerListener listener;
  private final Thread thread = Thread.ofVirtual().name("presence").unstarted(this::live);
  private boolean answers = true;

  Presence(Journal journal, InstantSource clock, ServerListener listener) {
    this.journal = journal;
    this.clock = clock;
    this.listener = listener;
  }

  void start() {
    show();
    thread.start();
  }

  private void live() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        show();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void show() {
    Instant now = clock.instant();
    try {
      journal.leases().lease(RESOURCE, RESOURCE, now, now.plus(LASTS));
      if (!answers) {
        answers = true;
        listener.said("the store answers again");
      }
    } catch (JournalException e) {
      if (answers) {
        answers = false;
        listener.said("%s - runs go on when it answers".formatted(e.getMessage()));
      }
    }
  }

  /// Whether a server drives the runs of the store. One that died is believed in for some seconds.
  public static boolean isThere(Journal journal, Instant now) {
    return journal.leases().holder(RESOURCE, now).isPresent();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
