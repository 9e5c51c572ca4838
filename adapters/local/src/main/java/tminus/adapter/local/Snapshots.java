package tminus.adapter.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// What the proxy reported at earlier moments, oldest first, so that its counters, which count from
/// its start, can be read for an interval. Not safe for concurrent use.
final class Snapshots {

  /// At one a second, over a quarter of an hour to the second.
  private static final int SIZE_MAX = 1024;

  private final Deque<Snapshot> kept = new ArrayDeque<>();

  /// A report and when it was taken.
  record Snapshot(Instant at, ProxyReport report) {

    /// Before the proxy had counted anything.
    static Snapshot zero(Instant at, Instant startedAt) {
      return new Snapshot(at, new ProxyReport(startedAt, Map.of()));
    }

    private Instant startedAt() {
      return report.startedAt();
    }
  }

  /// Keeps a snapshot. Once there are too many, every other one goes: what is long ago is then
  /// known less finely, but still known.
  void add(Snapshot snapshot) {
    Snapshot latest = kept.peekLast();
    if (latest != null && !latest.startedAt().equals(snapshot.startedAt())) {
      // Another proxy, counting from zero, and since the latest snapshot at the earliest.
      kept.clear();
      kept.addLast(Snapshot.zero(latest.at(), snapshot.startedAt()));
    }
    kept.addLast(snapshot);
    if (kept.size() > SIZE_MAX) {
      List<Snapshot> all = new ArrayList<>(kept);
      kept.clear();
      for (int i = 0; i < all.size(); i += 2) {
        kept.addLast(all.get(i));
      }
    }
  }

  /// What to compare the latest snapshot with: the youngest that is at least `interval` older; or
  /// else the proxy's start, if that was within the interval; or else the oldest, which may be the
  /// latest itself. There must be one.
  Snapshot reference(Duration interval) {
    Snapshot latest = kept.getLast();
    Instant limit = latest.at().minus(interval);
    Snapshot reference = kept.getFirst();
    if (reference.at().isAfter(limit)) {
      Instant started = latest.startedAt();
      boolean startedWithin = started.isAfter(limit) && started.isBefore(latest.at());
      return startedWithin ? Snapshot.zero(started, started) : reference;
    }
    for (Snapshot snapshot : kept) {
      if (!snapshot.at().isAfter(limit)) {
        reference = snapshot;
      }
    }
    return reference;
  }
}
