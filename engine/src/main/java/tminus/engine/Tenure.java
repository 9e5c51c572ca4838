package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/// A driver's right to its run, and to the run's environment: leases that are renewed long before
/// they end. Confined to the driver's thread, but for [#isHeld].
public final class Tenure {

  /// How long a run stays with a driver that says nothing.
  public static final Duration LEASE = Duration.ofSeconds(10);

  private final Runs runs;
  private final RunId id;
  private final InstantSource clock;
  private final String owner;
  private volatile Instant until = Instant.EPOCH;
  private volatile Set<Fence> fences = Set.of();
  private boolean hasChangedHands;

  /// The right of a driver that has not asked for it yet.
  ///
  /// @param owner who drives, as others are told
  public Tenure(Runs runs, RunId id, InstantSource clock, String owner) {
    this.runs = runs;
    this.id = id;
    this.clock = clock;
    this.owner = owner;
  }

  /// Takes the right, or renews it when half of its time is over.
  ///
  /// @return what is to be shown with each word to the run
  /// @throws JournalException when somebody else has it
  public Set<Fence> hold() {
    Instant now = clock.instant();
    if (now.isBefore(until.minus(LEASE.dividedBy(2)))) {
      return fences;
    }
    Set<Fence> before = fences;
    fences =
        switch (runs.take(id, owner, now.plus(LEASE))) {
          case Runs.Right.Granted(Set<Fence> granted) -> granted;
          case Runs.Right.Driven(String other, _) ->
              throw new JournalException(
                  "run %s is driven by %s - end that one first".formatted(id, other));
          case Runs.Right.Refused(Runs.Occupant occupant) ->
              throw new JournalException(occupant.message());
        };
    until = now.plus(LEASE);
    hasChangedHands |= !before.isEmpty() && token(fences) > token(before) + 1;
    return fences;
  }

  /// A lease that ended and is taken again by the same owner is one change of hands, the next
  /// token.
  private long token(Set<Fence> of) {
    return of.stream()
        .filter(fence -> fence.resource().equals(Lease.ofRun(id)))
        .mapToLong(Fence::token)
        .findFirst()
        .orElseThrow();
  }

  /// Whether somebody else has driven the run between two times that it was driven from here, since
  /// this was asked last. Then nothing that is remembered of it counts: it is to be adopted anew.
  public boolean hasChangedHands() {
    boolean has = hasChangedHands;
    hasChangedHands = false;
    return has;
  }

  /// Whether nobody else has taken the run over, as the store knows: the clocks of two servers may
  /// differ by more than a lease. May be called from any thread.
  ///
  /// @return false too when the store does not answer. Then, and when somebody has, [#hold] asks
  ///   anew
  public boolean isHeld() {
    boolean held;
    try {
      held = runs.areInForce(fences);
    } catch (JournalException _) {
      // Nothing is begun that might not be ours to begin; the driver hears of it at its next turn.
      held = false;
    }
    if (!held) {
      until = Instant.EPOCH;
    }
    return held;
  }

  /// Gives the right back.
  public void release() {
    runs.release(fences);
  }
}
