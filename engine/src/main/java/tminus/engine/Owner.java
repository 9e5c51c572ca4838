package tminus.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process that drives runs, as the lease names it.
///
/// @param host the machine's name
/// @param pid the process's number there
/// @param started when it started, in milliseconds since 1970: numbers are used again, moments are
///   not
public record Owner(String host, long pid, long started) {

  private static final Pattern FORM =
      Pattern.compile("process (\\d+) on (\\S+) \\(started (\\d+)\\)");

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

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  /// Whether it is certain that this owner is no more: it was a process of this machine, and is not
  /// any longer.
  boolean isGone() {
    if (!host.equals(thisHost())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isEmpty() || (started != 0 && startOf(process.get()) != started);
  }

  /// The owner a lease names; empty when somebody else wrote it.
  static Optional<Owner> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(
            new Owner(form.group(2), Long.parseLong(form.group(1)), Long.parseLong(form.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "process %d on %s (started %d)".formatted(pid, host, started);
  }
}
