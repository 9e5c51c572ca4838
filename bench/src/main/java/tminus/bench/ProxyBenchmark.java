package tminus.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The built-in proxy against HAProxy: the same service behind, the same load, in turn.
///
/// `ProxyBenchmark [ROUNDS [SECONDS [CONNECTIONS]]]`; 7 rounds of 5 s with 64 connections without.
public final class ProxyBenchmark {

  /// Until its compiler has done with what is hot; twice as long as it takes on an idle machine.
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  private static final int CHANGES = 200;
  private static final int CHANGE_CONNECTIONS = 16;

  /// On few cores the collectors with threads of their own win nothing, and a heap that grows costs
  /// more than one that has its size.
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "--enable-native-access=ALL-UNNAMED");

  private final Rig rig;
  private final PrintStream out;

  private ProxyBenchmark(Rig rig, PrintStream out) {
    this.rig = rig;
    this.out = out;
  }

  /// Runs it and prints what it measured.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = argument(arguments, 0, 7);
    Duration length = Duration.ofSeconds(argument(arguments, 1, 5));
    int connections = argument(arguments, 2, 64);
    try (var rig = Rig.start(JVM_OPTIONS)) {
      var benchmark = new ProxyBenchmark(rig, System.out);
      benchmark.compare(rounds, length, connections);
      benchmark.changeWeights();
    }
  }

  private static int argument(String[] arguments, int index, int usual) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : usual;
  }

  private void compare(int rounds, Duration length, int connections)
      throws IOException, InterruptedException {
    out.printf(
        "%d rounds of %d s, %d connections, %d cores%n",
        rounds, length.toSeconds(), connections, Runtime.getRuntime().availableProcessors());
    rig.load(rig.proxy, connections, WARM_UP);
    rig.load(rig.haproxy, connections, length);
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      LoadResult peer = rig.load(rig.haproxy, connections, length);
      LoadResult own = rig.load(rig.proxy, connections, length);
      double ratio = own.perSecond() / peer.perSecond();
      ratios.add(ratio);
      out.printf("haproxy %s   built-in %s   ratio %.2f%n", peer, own, ratio);
    }
    Collections.sort(ratios);
    out.printf(
        "ratio: min %.2f, median %.2f, max %.2f%n",
        ratios.getFirst(), ratios.get(ratios.size() / 2), ratios.getLast());
  }

  private void changeWeights() throws IOException, InterruptedException {
    var change = new WeightChange(rig);
    change.measure(CHANGES);
    print("idle", change.measure(CHANGES));
    Process load = rig.startLoad(rig.proxy, CHANGE_CONNECTIONS, Duration.ofSeconds(60));
    change.measure(CHANGES);
    print("loaded", change.measure(CHANGES));
    load.destroy();
  }

  private void print(String when, List<Duration> times) {
    out.printf(
        "weight change, %s: median %.2f ms, p99 %.2f ms, max %.2f ms%n",
        when,
        millis(times.get(times.size() / 2)),
        millis(times.get(times.size() * 99 / 100)),
        millis(times.getLast()));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
