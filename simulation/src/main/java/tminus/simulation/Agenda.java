package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/// Virtual time: what is to happen, in the order of its moments. Time passes only by going from one
/// to the next, so a day takes as long as what happens in it.
///
/// What takes time while it happens (a call that blocks) says so by [#spend]: that moves [#moment]
/// on, and not the agenda. Confined to one thread.
public final class Agenda implements InstantSource {

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private Instant now;
  private long order;
  private Duration spent = Duration.ZERO;

  /// Something that is to happen; of two at one moment the one that was entered first comes first.
  private record Entry(Instant at, long order, Runnable what) implements Comparable<Entry> {

    @Override
    public int compareTo(Entry other) {
      int moments = at.compareTo(other.at);
      return moments != 0 ? moments : Long.compare(order, other.order);
    }
  }

  /// An agenda with nothing on it.
  ///
  /// @param start what the clock says at first
  public Agenda(Instant start) {
    this.now = start;
  }

  /// What the clock says.
  @Override
  public Instant instant() {
    return now;
  }

  /// What the clock would say to whoever has spent time since the last entry began.
  public Instant moment() {
    return spent.isZero() ? now : now.plus(spent);
  }

  /// Lets time pass for what is happening now.
  public void spend(Duration time) {
    spent = spent.plus(time);
  }

  /// Enters something. What is past already happens next.
  public void at(Instant moment, Runnable what) {
    entries.add(new Entry(moment.isBefore(now) ? now : moment, order++, what));
  }

  /// Enters something that happens when so much time has passed.
  public void in(Duration time, Runnable what) {
    at(moment().plus(time), what);
  }

  /// Lets the next thing happen; false when there is none.
  public boolean step() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    spent = Duration.ZERO;
    next.what().run();
    return true;
  }

  /// Whether the next thing, if there is one, comes no later than that.
  public boolean isDue(Instant latest) {
    Entry next = entries.peek();
    return next != null && !next.at().isAfter(latest);
  }

  /// Lets everything happen up to a moment, which is now afterwards.
  public void run(Instant until) {
    while (isDue(until)) {
      step();
    }
    now = now.isBefore(until) ? until : now;
    spent = Duration.ZERO;
  }
}
