package tminus.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tminus.core.run.Event;
import tminus.core.run.Recorded;
import tools.jackson.core.JacksonException;

/// The append-only, hash-chained list of every run's events. Safe for concurrent use, by several
/// processes too where the store is shared.
///
/// What [#append] returned from stays, as the store understands it: on disk, in a database. Each
/// entry's hash covers the entry and the hash before it; the first one covers the document.
public interface Journal extends AutoCloseable {

  /// An event with its place in the chain.
  ///
  /// @param seq from 1
  /// @param body the event as JSON, as hashed
  record Entry(long seq, Instant at, String by, String body, String hash) {

    /// The entry that follows a run's last one.
    public static Entry after(Tip tip, RunId run, Recorded event) {
      String body = Json.write(new Body(event.event()));
      body = body.substring("{\"event\":".length(), body.length() - 1);
      long seq = tip.seq() + 1;
      String hash = hash(tip.hash(), run, seq, event.at().toString(), event.by(), body);
      return new Entry(seq, event.at(), event.by(), body, hash);
    }

    /// The chain's link: SHA-256 over the link before, and each field on a line of its own.
    ///
    /// @param at as written, in ISO-8601
    public static String hash(
        String before, RunId run, long seq, String at, String by, String body) {
      return Json.sha256(String.join("\n", before, run.value(), Long.toString(seq), at, by, body));
    }

    /// Makes the mapper write the event as what its declared type says: with its `type`.
    private record Body(Event event) {}

    /// The event with when and by whom.
    public Recorded recorded() {
      try {
        return new Recorded(at, by, Json.read(body, Event.class));
      } catch (JacksonException e) {
        throw new JournalException(
            "entry %d cannot be read (%s) - was it written by another version of Tminus?"
                .formatted(seq, e.getOriginalMessage()),
            e);
      }
    }
  }

  /// The end of a run's chain, after which the next entry is written.
  ///
  /// @param seq the last entry's number
  /// @param hash the last entry's hash
  record Tip(long seq, String hash) {

    /// The end of an empty chain: its hash is the document's.
    public static Tip ofDocument(byte[] document) {
      return new Tip(0, Json.sha256(document));
    }
  }

  /// What was read of a run.
  ///
  /// @param events at least one, in order
  /// @param tip the last one
  record Chapter(List<Recorded> events, Tip tip) {

    public Chapter {
      events = List.copyOf(events);
    }
  }

  /// A run's first facts.
  ///
  /// @param origin where it was started, so that it can be resumed from anywhere
  /// @param environment what it has to itself while it changes something
  record Header(
      RunId id, String title, Origin origin, Optional<String> environment, Instant created) {

    /// A run that needs no environment to itself.
    public Header(RunId id, String title, Origin origin, Instant created) {
      this(id, title, origin, Optional.empty(), created);
    }
  }

  /// Where a run came from. Absolute paths.
  ///
  /// @param file the document
  /// @param folder where the document's commands run
  /// @param binding the binding's file; empty when there was none
  record Origin(String file, String folder, String binding) {}

  /// Opens the journal in a folder, and makes both if they are not there.
  ///
  /// @throws JournalException when the folder cannot be written, or the file is no journal or a
  ///   newer one's
  static Journal open(Path folder) {
    return open(new StoreAddress.Folder(folder));
  }

  /// Opens the journal in a folder or database, and makes what is not there.
  ///
  /// @throws JournalException when it cannot be reached or written, or is a newer one's
  static Journal open(StoreAddress address) {
    return JdbcJournal.open(address);
  }

  /// Where the journal is, as messages say it: without secrets.
  String name();

  /// Who drives what.
  Leases leases();

  /// Begins a run: its document, and its first event.
  Tip create(Header header, byte[] document, Event first, String by);

  /// Begins a run that has its environment to itself, in one commit with taking that.
  ///
  /// @param claim what was found out about the environment
  /// @param until how long it has it before a driver renews the lease
  /// @return empty when something has changed since it was found out: look again
  Optional<Tip> create(
      Header header, byte[] document, Event first, String by, Leases.Claim claim, Instant until);

  /// Adds events after the last entry, all or none.
  ///
  /// @param after the run's last entry, as far as the caller knows
  /// @return the new last entry; empty when somebody else has added one since: read it and decide
  ///   again
  default Optional<Tip> append(RunId run, Tip after, List<Recorded> events) {
    return append(run, after, events, Set.of());
  }

  /// Adds events after the last entry, all or none, by the right of leases.
  ///
  /// @param after the run's last entry, as far as the caller knows
  /// @param fences each must still be in force when the entries are written
  /// @return the new last entry; empty when somebody else has added one since: read it and decide
  ///   again
  /// @throws FencedException when somebody else has one of the leases by now
  Optional<Tip> append(RunId run, Tip after, List<Recorded> events, Collection<Fence> fences);

  /// The last entry of a run; empty when there is no such run.
  Optional<Tip> tip(RunId run);

  /// The entries of a run after the one with number `after`; 0 for all.
  List<Entry> entries(RunId run, long after);

  /// The events of a run after the entry with number `after`; empty when there are none.
  ///
  /// @throws JournalException when one of them cannot be understood
  default Optional<Chapter> read(RunId run, long after) {
    List<Entry> entries = entries(run, after);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    try {
      Entry last = entries.getLast();
      return Optional.of(
          new Chapter(
              entries.stream().map(Entry::recorded).toList(), new Tip(last.seq(), last.hash())));
    } catch (JournalException e) {
      throw new JournalException("%s: run %s: %s".formatted(name(), run, e.getMessage()), e);
    }
  }

  /// Every run, the latest first.
  List<Header> runs();

  /// The first facts of a run, if there is one of that name.
  Optional<Header> header(RunId run);

  /// The document a run was made from.
  String document(RunId run);

  /// The first entry whose hash does not follow from what is written, or empty when the whole chain
  /// holds. Entries cut off at the end leave a chain that holds: only a record taken earlier tells.
  ///
  /// @return its number, or one past the last when the chain is shorter than a run can be
  Optional<Long> firstBroken(RunId run);

  @Override
  void close();
}
