package tminus.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// Who has what to himself, and until when: runs while they are driven, environments while a run
/// has changed them. Safe for concurrent use, by several processes and machines too.
///
/// A lease ends by itself, so that the dead hold nothing; and a writer shows its [Fence], so that
/// one who only seemed dead writes nothing after somebody else took over.
public interface Leases {

  /// What came of asking for a lease.
  sealed interface Leased {

    /// It is the asker's.
    record Taken(Fence fence) implements Leased {}

    /// It is somebody else's.
    record Held(String owner, Instant until) implements Leased {}
  }

  /// A lease that is to change hands because of what was found out about its owner.
  ///
  /// @param resource what is wanted
  /// @param seen its lease as it was then; empty when there was none
  /// @param quiet the run that must not have gone on since, and its last entry
  record Claim(String resource, Optional<Lease> seen, Optional<Quiet> quiet) {}

  /// A run that went no further than this.
  record Quiet(RunId run, long seq) {}

  /// Takes a lease that is free, has ended, or is the owner's already. On a store of one machine, a
  /// process of it that is certainly gone holds nothing.
  ///
  /// @param owner who: stays the same across renewals
  /// @param until to the millisecond
  Leased lease(String resource, String owner, Instant now, Instant until);

  /// Takes a lease if everything still is as it was seen.
  ///
  /// @return empty when something has changed: look again
  Optional<Fence> take(Claim claim, String owner, Instant until);

  /// Makes leases last longer, all or none.
  ///
  /// @return false when one of them is somebody else's by now, or was given back
  boolean renew(Collection<Fence> fences, Instant until);

  /// Gives leases back: they are free at once, and their fences are worth nothing. What is somebody
  /// else's by now stays so.
  void release(Collection<Fence> fences);

  /// Its last lease, ended or not; empty when there never was one.
  Optional<Lease> find(String resource);

  /// Who has it at that moment, if somebody has.
  default Optional<String> holder(String resource, Instant now) {
    return find(resource).filter(lease -> lease.isLive(now)).map(Lease::owner);
  }
}
