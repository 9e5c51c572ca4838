package tminus.adapter.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A process and those it started, to be ended together: a start script, say, and the service it
/// runs, which a signal to the script alone would leave behind.
final class ProcessTree {

  private static final Duration KILL_MAX = Duration.ofSeconds(5);

  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /// Asks all of them to end (SIGTERM), and kills (SIGKILL) those that do not in time.
  ///
  /// @return whether none is left
  /// @throws InterruptedException when interrupted; those left are killed then, but not waited for
  boolean end(Duration grace) throws InterruptedException {
    List<ProcessHandle> asked = Stream.concat(Stream.of(root), root.descendants()).toList();
    boolean ended = false;
    try {
      asked.forEach(ProcessHandle::destroy);
      ended = awaitEnd(asked, grace);
    } finally {
      if (!ended) {
        // Those asked may have started others meanwhile.
        asked.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
        asked.forEach(ProcessHandle::destroyForcibly);
      }
    }
    return ended || awaitEnd(asked, KILL_MAX);
  }

  private static boolean awaitEnd(List<ProcessHandle> members, Duration limit)
      throws InterruptedException {
    var ends = members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
