package tminus.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `wrk --latency` measured in one round.
///
/// @param perSecond answered requests per second
/// @param p50 the median latency as wrk writes it, with its unit
/// @param p99 the 99th percentile, likewise
record LoadResult(double perSecond, String p50, String p99) {

  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P50 = Pattern.compile("(?m)^ +50%\\s+(\\S+)");
  private static final Pattern P99 = Pattern.compile("(?m)^ +99%\\s+(\\S+)");

  /// Reads wrk's output.
  ///
  /// @throws IllegalStateException when a request failed: such a round measures nothing
  static LoadResult parse(String output) {
    if (output.contains("Socket errors") || output.contains("Non-2xx")) {
      throw new IllegalStateException("wrk: requests failed - this round says nothing:\n" + output);
    }
    return new LoadResult(
        Double.parseDouble(find(RATE, output)), find(P50, output), find(P99, output));
  }

  private static String find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("wrk: its output is not as expected:\n" + output);
    }
    return matcher.group(1);
  }

  @Override
  public String toString() {
    return "%,10.0f/s  p50 %8s  p99 %8s".formatted(perSecond, p50, p99);
  }
}
