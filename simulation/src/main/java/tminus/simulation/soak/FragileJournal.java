package tminus.simulation.soak;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tminus.engine.Fence;
import tminus.engine.Journal;
import tminus.engine.Lease;
import tminus.engine.Leases;
import tminus.engine.RunId;

/// One process's way to the journal: the process may end before and after each of its calls.
final class FragileJournal implements Journal {

  private final Journal journal;
  private final Fuse fuse;
  private final Consumer<List<Recorded>> written;

  /// @param written hears of what was written, before the process knows
  FragileJournal(Journal journal, Fuse fuse, Consumer<List<Recorded>> written) {
    this.journal = journal;
    this.fuse = fuse;
    this.written = written;
  }

  @Override
  public String name() {
    return journal.name();
  }

  @Override
  public Leases leases() {
    return new FragileLeases(journal.leases(), fuse);
  }

  @Override
  public Tip create(Header header, byte[] document, Event first, String by) {
    return journal.create(header, document, first, by);
  }

  @Override
  public Optional<Tip> create(
      Header header, byte[] document, Event first, String by, Leases.Claim claim, Instant until) {
    return journal.create(header, document, first, by, claim, until);
  }

  @Override
  public Optional<Tip> append(
      RunId run, Tip after, List<Recorded> events, Collection<Fence> fences) {
    fuse.pass("before an append");
    Optional<Tip> tip = journal.append(run, after, events, fences);
    if (tip.isPresent()) {
      written.accept(events);
    }
    fuse.pass("after an append");
    return tip;
  }

  @Override
  public Optional<Tip> tip(RunId run) {
    return journal.tip(run);
  }

  @Override
  public List<Entry> entries(RunId run, long after) {
    return journal.entries(run, after);
  }

  @Override
  public Optional<Chapter> read(RunId run, long after) {
    return journal.read(run, after);
  }

  @Override
  public List<Header> runs() {
    return journal.runs();
  }

  @Override
  public Optional<Header> header(RunId run) {
    return journal.header(run);
  }

  @Override
  public String document(RunId run) {
    return journal.document(run);
  }

  @Override
  public Optional<Long> firstBroken(RunId run) {
    return journal.firstBroken(run);
  }

  @Override
  public void close() {
    journal.close();
  }

  /// The same for leases.
  private record FragileLeases(Leases leases, Fuse fuse) implements Leases {

    @Override
    public Leased lease(String resource, String owner, Instant now, Instant until) {
      fuse.pass("before it asked for a lease");
      Leased leased = leases.lease(resource, owner, now, until);
      fuse.pass("after it asked for a lease");
      return leased;
    }

    @Override
    public Optional<Fence> take(Claim claim, String owner, Instant until) {
      return leases.take(claim, owner, until);
    }

    @Override
    public boolean renew(Collection<Fence> fences, Instant until) {
      return leases.renew(fences, until);
    }

    @Override
    public void release(Collection<Fence> fences) {
      fuse.pass("before it gave its leases back");
      leases.release(fences);
    }

    @Override
    public Optional<Lease> find(String resource) {
      return leases.find(resource);
    }
  }
}
