package tminus.engine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tminus.core.run.Event;
import tminus.core.run.Recorded;

/// A journal that ends with the process: for rehearsals and tests, where thousands of runs are gone
/// through. Its leases and fences keep the promises of the others'. Safe for concurrent use.
///
/// Chaining costs most of the time, since each event becomes JSON: it can be left out. Then an
/// entry's hash only names its place.
public final class MemoryJournal implements Journal {

  private static final String NAME = "the journal in memory";

  private final boolean chained;
  private final Map<RunId, Chain> chains = new LinkedHashMap<>();
  private final MemoryLeases leases = new MemoryLeases(this, NAME);

  /// One run.
  private static final class Chain {

    private final Header header;
    private final byte[] document;
    private final List<Recorded> events = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private Tip tip;

    Chain(Header header, byte[] document) {
      this.header = header;
      this.document = document.clone();
      this.tip = Tip.ofDocument(document);
    }
  }

  /// An empty one.
  ///
  /// @param chained whether entries are chained by their hashes, as those on disk are
  public MemoryJournal(boolean chained) {
    this.chained = chained;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public synchronized Tip create(Header header, byte[] document, Event first, String by) {
    if (chains.containsKey(header.id())) {
      throw new JournalException("%s: there is a run %s already".formatted(NAME, header.id()));
    }
    Chain chain = new Chain(header, document);
    chains.put(header.id(), chain);
    add(chain, new Recorded(header.created(), by, first));
    return chain.tip;
  }

  @Override
  public synchronized Optional<Tip> create(
      Header header, byte[] document, Event first, String by, Leases.Claim claim, Instant until) {
    return leases.take(claim, header.id().value(), until).isEmpty()
        ? Optional.empty()
        : Optional.of(create(header, document, first, by));
  }

  private void add(Chain chain, Recorded event) {
    if (chained) {
      Entry entry = Entry.after(chain.tip, chain.header.id(), event);
      chain.entries.add(entry);
      chain.tip = new Tip(entry.seq(), entry.hash());
    } else {
      long seq = chain.tip.seq() + 1;
      chain.tip = new Tip(seq, Long.toString(seq));
    }
    chain.events.add(event);
  }

  @Override
  public synchronized Optional<Tip> append(
      RunId run, Tip after, List<Recorded> events, Collection<Fence> fences) {
    if (events.isEmpty()) {
      return Optional.of(after);
    }
    Chain chain = chains.get(run);
    Optional<FencedException> fenced = leases.fenced(fences);
    if (fenced.isPresent()) {
      throw fenced.get();
    }
    if (chain == null || !chain.tip.equals(after)) {
      return Optional.empty();
    }
    events.forEach(event -> add(chain, event));
    return Optional.of(chain.tip);
  }

  @Override
  public synchronized Optional<Tip> tip(RunId run) {
    return Optional.ofNullable(chains.get(run)).map(chain -> chain.tip);
  }

  @Override
  public synchronized List<Entry> entries(RunId run, long after) {
    Chain chain = chains.get(run);
    if (chain == null) {
      return List.of();
    }
    if (chained) {
      return List.copyOf(chain.entries.subList((int) after, chain.entries.size()));
    }
    List<Entry> entries = new ArrayList<>();
    Tip tip = Tip.ofDocument(chain.document);
    for (Recorded event : chain.events) {
      Entry entry = Entry.after(tip, run, event);
      entries.add(entry);
      tip = new Tip(entry.seq(), entry.hash());
    }
    return List.copyOf(entries.subList((int) after, entries.size()));
  }

  /// Of chained entries what is read is what was written, through JSON and back; else the very
  /// events.
  @Override
  public synchronized Optional<Chapter> read(RunId run, long after) {
    if (chained) {
      return Journal.super.read(run, after);
    }
    Chain chain = chains.get(run);
    return chain == null || chain.events.size() <= after
        ? Optional.empty()
        : Optional.of(
            new Chapter(chain.events.subList((int) after, chain.events.size()), chain.tip));
  }

  @Override
  public synchronized List<Header> runs() {
    return chains.values().stream().map(chain -> chain.header).toList().reversed();
  }

  @Override
  public synchronized Optional<Header> header(RunId run) {
    return Optional.ofNullable(chains.get(run)).map(chain -> chain.header);
  }

  private synchronized Chain chain(RunId run) {
    return Optional.ofNullable(chains.get(run))
        .orElseThrow(() -> new JournalException("%s: there is no run %s".formatted(NAME, run)));
  }

  @Override
  public String document(RunId run) {
    return new String(chain(run).document, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized Optional<Long> firstBroken(RunId run) {
    Tip tip = Tip.ofDocument(chain(run).document);
    for (Entry entry : entries(run, 0)) {
      Entry again = Entry.after(tip, run, entry.recorded());
      if (!again.equals(entry)) {
        return Optional.of(tip.seq() + 1);
      }
      tip = new Tip(entry.seq(), entry.hash());
    }
    return tip.seq() == 0 ? Optional.of(1L) : Optional.empty();
  }

  @Override
  public void close() {
    // It ends with the process.
  }
}
