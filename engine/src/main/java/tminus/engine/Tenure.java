package tminus.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// A driver's right to its run, and to the run's environment: leases that are renewed long before
/// they end. Once lost it stays lost: whoever had it meanwhile has gone on from what it was. Safe
/// for concurrent use.
public final class Tenure {

  /// How long a run stays with a driver that says nothing.
  public static final Duration LEASE = Duration.ofSeconds(12);

  /// How often the right is renewed.
  static final Duration RENEWAL = LEASE.dividedBy(4);

  private final Runs runs;
  private final RunId id;
  private final InstantSource clock;
  private final String owner;
  private volatile Instant until = Instant.EPOCH;
  private volatile Set<Fence> fences = Set.of();
  private volatile boolean isDoubted;

  /// The right of a driver that has not asked for it yet.
  ///
  /// @param owner who drives, as others are told
  public Tenure(Runs runs, RunId id, InstantSource clock, String owner) {
    this.runs = runs;
    this.id = id;
    this.clock = clock;
    this.owner = owner;
  }

  /// Takes the right, or renews it when a quarter of its time is over.
  ///
  /// @return what is to be shown with each word to the run
  /// @throws FencedException when it was lost to somebody else
  /// @throws JournalException when somebody else has it, or the store does not answer
  public synchronized Set<Fence> hold() {
    Instant now = clock.instant();
    if (!isDoubted && now.isBefore(until.minus(LEASE).plus(RENEWAL))) {
      return fences;
    }
    Instant end = now.plus(LEASE);
    if (fences.isEmpty()) {
      fences = taken(end);
    } else if (!runs.journal().leases().renew(fences, end)) {
      throw lost();
    }
    until = end;
    isDoubted = false;
    return fences;
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
      isDoubted = true;
    }
    return held;
  }

  private Set<Fence> taken(Instant end) {
    return switch (runs.take(id, owner, end)) {
      case Runs.Right.Granted(Set<Fence> granted) -> granted;
      case Runs.Right.Driven(String other, _) ->
          throw new JournalException(
              "run %s is driven by %s - end that one first".formatted(id, other));
      case Runs.Right.Refused(Runs.Occupant occupant) ->
          throw new JournalException(occupant.message());
    };
  }

  private FencedException lost() {
    Leases leases = runs.journal().leases();
    for (Fence fence : fences) {
      Optional<Lease> now = leases.find(fence.resource());
      if (now.filter(lease -> lease.token() == fence.token()).isEmpty()) {
        return new FencedException(
            runs.journal().name(), fence, now.map(Lease::owner).orElse("somebody else"));
      }
    }
    throw new JournalException(
        "%s: the right to drive run %s cannot be renewed, though nobody else has it - look with tminus status"
            .formatted(runs.journal().name(), id));
  }

  /// Until when nobody else can have it.
  Instant until() {
    return until;
  }

  /// Gives the right back.
  public void release() {
    runs.release(fences);
  }
}
