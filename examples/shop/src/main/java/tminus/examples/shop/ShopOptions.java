package tminus.examples.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Which release of the shop runs, where, and what is wrong with it. Immutable.
///
/// @param port on loopback, 0 to 65,535; 0 takes a free one
/// @param version what the release calls itself: 1 to 64 letters, digits and `. _ + -`
/// @param fault what is wrong with it; empty in a good release
/// @param faultAfter how long after the start the fault begins; zero or more. A crash has its own
///   time, so it goes with zero only
/// @param exitWith the process whose end ends the shop; empty when it lives on its own
public record ShopOptions(
    int port, String version, Optional<Fault> fault, Duration faultAfter, Optional<Long> exitWith) {

  static final String USAGE =
      """
      usage: java -cp shop.jar tminus.examples.shop.Shop --port N --version V
                  [--fault KIND[=AMOUNT]] [--fault-after DURATION] [--exit-with PID]

        --port N                on loopback; 0 takes a free one and prints it
        --version V             what this release calls itself: v1.0.0
        --fault none            nothing is wrong with it (the default)
        --fault errors=8%       that share of the business requests answers 500; health stays green
        --fault latency=800ms   business requests take that much longer
        --fault crash-on-start  exits with code 1 instead of starting
        --fault crash-after=5s  exits with code 1 after that time
        --fault memory=64MB     leaks memory on each business request, up to that much
        --fault-after DURATION  the fault begins that long after the start: 500ms, 30s, 2m
        --exit-with PID         ends when that process is gone
      """;

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+-]{1,64}");
  private static final Set<String> NAMES =
      Set.of("--port", "--version", "--fault", "--fault-after", "--exit-with");

  public ShopOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port: %d is no port - use 0 to 65535".formatted(port));
    }
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "--version: '%s' - use up to 64 letters, digits and . _ + -".formatted(version));
    }
    if (faultAfter.isNegative()) {
      throw new IllegalArgumentException(
          "--fault-after: %s - use zero or more".formatted(faultAfter));
    }
    boolean crashes =
        fault
            .map(f -> f instanceof Fault.CrashOnStart || f instanceof Fault.CrashAfter)
            .orElse(false);
    if (!faultAfter.isZero() && (fault.isEmpty() || crashes)) {
      throw new IllegalArgumentException(
          "--fault-after: %s - goes with --fault errors, latency or memory".formatted(faultAfter));
    }
  }

  /// A good release.
  ///
  /// @throws IllegalArgumentException when the port or the version is out of range
  public static ShopOptions of(int port, String version) {
    return new ShopOptions(port, version, Optional.empty(), Duration.ZERO, Optional.empty());
  }

  /// The same release with a fault from the start.
  public ShopOptions withFault(Fault newFault) {
    return new ShopOptions(port, version, Optional.of(newFault), Duration.ZERO, exitWith);
  }

  /// Options as typed on the command line.
  ///
  /// @throws IllegalArgumentException when something is wrong with them; the message has a line for
  ///   each problem
  static ShopOptions parse(List<String> arguments) {
    var problems = new ArrayList<String>();
    Map<String, String> given = byName(arguments, problems);
    for (String required : List.of("--port", "--version")) {
      if (!given.containsKey(required)) {
        problems.add("%s: is missing - give it a value".formatted(required));
      }
    }
    var values = new Values(given, problems);
    Optional<Integer> port = values.read("--port", text -> (int) number("--port", text, 65_535));
    given.remove("--fault", "none");
    Optional<Fault> fault = values.read("--fault", Fault::parse);
    Optional<Duration> faultAfter =
        values.read("--fault-after", text -> Fault.parseDuration("--fault-after", text));
    Optional<Long> exitWith =
        values.read("--exit-with", text -> number("--exit-with", text, Long.MAX_VALUE));
    if (problems.isEmpty()) {
      return new ShopOptions(
          port.orElseThrow(),
          given.getOrDefault("--version", ""),
          fault,
          faultAfter.orElse(Duration.ZERO),
          exitWith);
    }
    throw new IllegalArgumentException(String.join("\n", problems));
  }

  private static Map<String, String> byName(List<String> arguments, List<String> problems) {
    var given = new HashMap<String, String>();
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String name = rest.next();
      if (!NAMES.contains(name)) {
        problems.add("%s: is not known - see the usage".formatted(name));
      } else if (!rest.hasNext()) {
        problems.add("%s: has no value - give it one".formatted(name));
      } else if (given.put(name, rest.next()) != null) {
        problems.add("%s: is there twice - give it once".formatted(name));
      }
    }
    return given;
  }

  private static long number(String where, String text, long max) {
    if (text.matches("\\d{1,18}") && Long.parseLong(text) <= max) {
      return Long.parseLong(text);
    }
    throw new IllegalArgumentException(
        "%s: '%s' is not a number from 0 to %d - use one".formatted(where, text, max));
  }

  private record Values(Map<String, String> given, List<String> problems) {
    <T> Optional<T> read(String name, Function<String, T> parser) {
      try {
        return Optional.ofNullable(given.get(name)).map(parser);
      } catch (IllegalArgumentException problem) {
        problems.add(problem.getMessage());
        return Optional.empty();
      }
    }
  }
}
