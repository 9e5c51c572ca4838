package tminus.adapter.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tminus.core.traffic.Slot;

/// How the service is started and asked on this machine.
///
/// @param command the program and its arguments, run without a shell. `{port}`, `{version}` and
///   `{slot}` are replaced wherever they stand in an argument
/// @param ports each slot's port; 0 has a free one assigned at each start, which the command must
///   then take as `{port}`. Slots are named with letters, digits, `_` and `-`
/// @param readyPath what answers with a status under 400 once the service can take traffic
/// @param versionPath what answers with `{"version": "..."}`
/// @param readyTimeout how long a start may take; positive
/// @param stopTimeout how long a process may take to end by itself before it is killed; positive
/// @param state the folder for what is remembered about each slot, and for the logs
public record LocalOptions(
    List<String> command,
    Map<Slot, Integer> ports,
    String readyPath,
    String versionPath,
    Duration readyTimeout,
    Duration stopTimeout,
    Path state) {

  private static final Duration READY_USUAL = Duration.ofSeconds(60);
  private static final Duration STOP_USUAL = Duration.ofSeconds(15);

  public LocalOptions {
    command = List.copyOf(command);
    ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "local: the command is empty - name the program and its arguments");
    }
    if (ports.isEmpty()) {
      throw new IllegalArgumentException("local: no slot - name at least one, with its port");
    }
    boolean takesPort = command.stream().anyMatch(argument -> argument.contains("{port}"));
    ports.forEach((slot, port) -> check(slot, port, takesPort));
    if (!readyPath.startsWith("/") || !versionPath.startsWith("/")) {
      throw new IllegalArgumentException(
          "local: the paths \"%s\" and \"%s\" must both begin with / - as /ready and /version"
              .formatted(readyPath, versionPath));
    }
    if (!readyTimeout.isPositive() || !stopTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "local: the time-outs %s and %s must both be positive - 60 s and 15 s are usual"
              .formatted(readyTimeout, stopTimeout));
    }
  }

  /// The usual paths, `/ready` and `/version`, and time-outs, 60 s to start and 15 s to stop.
  public static LocalOptions of(List<String> command, Map<Slot, Integer> ports, Path state) {
    return new LocalOptions(command, ports, "/ready", "/version", READY_USUAL, STOP_USUAL, state);
  }

  /// The same with other time-outs.
  public LocalOptions withTimeouts(Duration ready, Duration stop) {
    return new LocalOptions(command, ports, readyPath, versionPath, ready, stop, state);
  }

  private static void check(Slot slot, int port, boolean takesPort) {
    if (!slot.name().matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "local: the slot \"%s\" becomes a file name - use letters, digits, _ and -"
              .formatted(slot));
    }
    Address.loopback(port);
    if (port == 0 && !takesPort) {
      throw new IllegalArgumentException(
          "local: slot %s has its port assigned, but the command takes none - add {port} to it"
              .formatted(slot));
    }
  }
}
