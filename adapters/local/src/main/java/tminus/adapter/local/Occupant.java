package tminus.adapter.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The process that was started for a slot, as it is remembered on disk.
///
/// @param pid its process id
/// @param startedAt when the operating system says it started
/// @param version what it was asked to be
/// @param port where it was told to listen
record Occupant(long pid, Instant startedAt, String version, int port) {

  /// The system counts starts from its boot, whose time the JDK reads to the second and which moves
  /// when the clock is set; and no system hands out the same id twice within two seconds.
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  /// The running process, or empty when it ended, also when another has its id now.
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().filter(this::isMine).isPresent());
  }

  private boolean isMine(Instant start) {
    return Duration.between(startedAt, start).abs().compareTo(START_TOLERANCE) <= 0;
  }
}
