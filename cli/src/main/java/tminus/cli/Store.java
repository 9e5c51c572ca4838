package tminus.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tminus.core.run.RunState.Status;
import tminus.engine.Journal;
import tminus.engine.JournalException;
import tminus.engine.RunId;
import tminus.engine.Runs;
import tminus.engine.StoreAddress;

/// Where runs are kept: the folder `.tminus`, found upwards from the working folder as `.git` is,
/// else made in it; or a PostgreSQL database. What belongs to this machine is in the folder either
/// way: reports, and what the local adapters keep.
final class Store {

  @Option(
      names = "--store",
      paramLabel = "DIR|URL",
      description = {
        "Where runs are kept: a folder, or postgresql://USER@HOST:PORT/DATABASE with the password in",
        "PGPASSWORD or ~/.pgpass (default: $$TMINUS_STORE, or .tminus here or above)."
      })
  private @Nullable String chosen;

  Store() {}

  private StoreAddress address(Console console) {
    String named = chosen != null ? chosen : console.environment().getOrDefault("TMINUS_STORE", "");
    return named.isEmpty()
        ? new StoreAddress.Folder(nearest(console.folder()))
        : StoreAddress.parse(named, console.folder(), console.environment());
  }

  /// The folder of this machine's own files.
  Path folder(Console console) {
    return switch (address(console)) {
      case StoreAddress.Folder(Path path) -> path;
      case StoreAddress.Server _ -> nearest(console.folder());
    };
  }

  /// The folder of this machine's own files, for a run that was started in that folder.
  Path folderOf(Console console, Path started) {
    return switch (address(console)) {
      case StoreAddress.Folder(Path path) -> path;
      case StoreAddress.Server _ -> nearest(started);
    };
  }

  private static Path nearest(Path from) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".tminus"))) {
        return folder.resolve(".tminus");
      }
    }
    return from.resolve(".tminus");
  }

  /// Opens the journal for a new run; makes what is not there.
  Runs open(Console console) {
    return new Runs(Journal.open(address(console)), console.clock(), new SecureRandom());
  }

  /// Whether there is a journal.
  boolean exists(Console console) {
    return !(address(console) instanceof StoreAddress.Folder(Path folder))
        || Files.exists(folder.resolve("journal.db"));
  }

  /// Opens a journal that must be there already: to look something up, nothing is made.
  Runs existing(Console console) {
    if (!exists(console)) {
      throw new UsageException(
          "%s: there are no runs here - start one with tminus run FILE".formatted(folder(console)));
    }
    return open(console);
  }

  /// The run a name means: its whole name, its beginning or its end; without a name the latest that
  /// is not over, else the latest.
  static Runs.View find(Runs runs, Optional<String> name) {
    List<Journal.Header> all = runs.journal().runs();
    if (all.isEmpty()) {
      throw new UsageException("there are no runs here - start one with tminus run FILE");
    }
    if (name.isPresent()) {
      List<RunId> matching =
          all.stream()
              .map(Journal.Header::id)
              .filter(id -> id.value().startsWith(name.get()) || id.value().endsWith(name.get()))
              .toList();
      if (matching.size() == 1) {
        return runs.view(matching.getFirst());
      }
      String known =
          String.join(", ", all.stream().limit(5).map(header -> header.id().value()).toList());
      throw new UsageException(
          matching.isEmpty()
              ? "run %s: there is none of that name - the latest are %s"
                  .formatted(name.get(), known)
              : "run %s: could be %s - write more of it"
                  .formatted(
                      name.get(),
                      String.join(" or ", matching.stream().map(RunId::value).toList())));
    }
    for (Journal.Header header : all) {
      Optional<Runs.View> view = readable(runs, header.id());
      if (view.isPresent() && view.get().state().status() != Status.FINISHED) {
        return view.get();
      }
    }
    return runs.view(all.getFirst().id());
  }

  /// The run, unless it cannot be read: it must not keep people from the others. Named, it says
  /// why.
  static Optional<Runs.View> readable(Runs runs, RunId id) {
    try {
      return Optional.of(runs.view(id));
    } catch (JournalException _) {
      return Optional.empty();
    }
  }
}
