package tminus.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process that drives runs, as the lease names it.
///
/// @param host the machine's name
/// @param pid the process's number there
/// @param started when it started, to the millisecond: numbers are used again, moments are not;
///   1970 where the system does not tell
public record Owner(String host, long pid, Instant started) {

  private static final Pattern FORM =
      Pattern.compile("process (\\d+) on (\\S+) \\(started ([-0-9T:.]+Z)\\)");

  /// This process.
  public static Owner current() {
    ProcessHandle self = ProcessHandle.current();
    return new Owner(thisHost(), self.pid(), startOf(self));
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("\\s", "-");
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH).truncatedTo(ChronoUnit.MILLIS);
  }

  /// Whether it is certain that this owner is no more: it was a process of this machine, and is not
  /// any longer.
  boolean isGone() {
    if (!host.equals(thisHost())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isEmpty()
        || (!started.equals(Instant.EPOCH) && !startOf(process.get()).equals(started));
  }

  /// The owner a lease names; empty when somebody else wrote it.
  static Optional<Owner> parse(String text) {
    Matcher form = FORM.matcher(text);
    try {
      return form.matches()
          ? Optional.of(
              new Owner(form.group(2), Long.parseLong(form.group(1)), Instant.parse(form.group(3))))
          : Optional.empty();
    } catch (NumberFormatException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "process %d on %s (started %s)".formatted(pid, host, started);
  }
}
