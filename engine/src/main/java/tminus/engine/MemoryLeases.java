package tminus.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Leases beside a journal in memory. Guarded by that journal, as those in a database are by its
/// transactions.
final class MemoryLeases implements Leases {

  private final MemoryJournal journal;
  private final String store;
  private final Map<String, Lease> leases = new HashMap<>();

  MemoryLeases(MemoryJournal journal, String store) {
    this.journal = journal;
    this.store = store;
  }

  @Override
  public Leased lease(String resource, String owner, Instant now, Instant until) {
    synchronized (journal) {
      Lease seen = leases.get(resource);
      if (seen == null) {
        return put(resource, owner, 1, until);
      }
      boolean own = seen.owner().equals(owner);
      if (own || !seen.isLive(now)) {
        long token = own && seen.isLive(now) ? seen.token() : seen.token() + 1;
        return put(resource, owner, token, until);
      }
      return new Leased.Held(seen.owner(), seen.until());
    }
  }

  private Leased put(String resource, String owner, long token, Instant until) {
    Lease lease = new Lease(resource, owner, token, until);
    leases.put(resource, lease);
    return new Leased.Taken(lease.fence());
  }

  @Override
  public Optional<Fence> take(Claim claim, String owner, Instant until) {
    synchronized (journal) {
      Optional<Lease> now = find(claim.resource());
      boolean wentOn =
          claim.quiet().isPresent()
              && journal
                  .tip(claim.quiet().get().run())
                  .filter(tip -> tip.seq() > claim.quiet().get().seq())
                  .isPresent();
      if (!now.equals(claim.seen()) || wentOn) {
        return Optional.empty();
      }
      long token = now.map(Lease::token).orElse(0L) + 1;
      Lease lease = new Lease(claim.resource(), owner, token, until);
      leases.put(claim.resource(), lease);
      return Optional.of(lease.fence());
    }
  }

  private boolean isInForce(Fence fence) {
    return find(fence.resource()).filter(lease -> lease.token() == fence.token()).isPresent();
  }

  @Override
  public boolean renew(Collection<Fence> fences, Instant until) {
    synchronized (journal) {
      boolean all = fences.stream().allMatch(this::isInForce);
      if (all) {
        fences.forEach(
            fence -> leases.compute(fence.resource(), (_, lease) -> until(lease, until)));
      }
      return all;
    }
  }

  private static Lease until(Lease lease, Instant until) {
    return new Lease(lease.resource(), lease.owner(), lease.token(), until);
  }

  @Override
  public void release(Collection<Fence> fences) {
    synchronized (journal) {
      fences.stream()
          .filter(this::isInForce)
          .forEach(fence ->
              leases.compute(
                  fence.resource(),
                  (_, lease) ->
                      new Lease(
                          lease.resource(), lease.owner(), lease.token() + 1, Instant.EPOCH)));
    }
  }

  @Override
  public Optional<Lease> find(String resource) {
    synchronized (journal) {
      return Optional.ofNullable(leases.get(resource));
    }
  }

  /// The first of the fences that is out of date.
  Optional<FencedException> fenced(Collection<Fence> fences) {
    return fences.stream()
        .filter(fence -> !isInForce(fence))
        .findFirst()
        .map(fence ->
            new FencedException(
                store, fence, find(fence.resource()).map(Lease::owner).orElse("somebody else")));
  }
}
