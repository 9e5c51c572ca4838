package tminus.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import tminus.core.judge.Latencies;
import tminus.core.judge.Observation;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.MetricSource;
import tminus.engine.port.Notifier;
import tminus.engine.port.PortException;
import tminus.engine.port.Router;
import tminus.engine.port.Target;

/// A world in memory that keeps every promise of the ports: versions in slots, weights, messages,
/// and as many errors as one likes. It remembers what was done to it. Safe for concurrent use.
final class SimpleWorld implements Target, Router, MetricSource, Notifier {

  private final Map<Slot, String> versions = new HashMap<>(Map.of(Plans.BLUE, "v1"));
  private final Map<Slot, Weight> weights =
      new HashMap<>(Map.of(Plans.BLUE, Weight.ALL, Plans.GREEN, Weight.NONE));
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Map<String, Obstacle> obstacles = new ConcurrentHashMap<>();
  private volatile double errorRate;
  private volatile Optional<String> blind = Optional.empty();

  /// Something that makes an effect wait.
  ///
  /// @param reached when the effect has come there
  /// @param away when it may go on
  record Obstacle(CountDownLatch reached, CountDownLatch away) {}

  /// The whole world, with a shell in that folder.
  World world(Path folder) {
    return new World(
        new Shell(folder, Duration.ofSeconds(30), Secrets.of(Map.of())),
        this,
        Optional.of(new World.Delivery(this, this, this)));
  }

  // ---- What tests make of it

  /// What changed it, in order: `deploy green v2`, `green 10 %`, `retire blue`, `tell Title`.
  List<String> done() {
    synchronized (done) {
      return List.copyOf(done);
    }
  }

  /// The share of the candidate's requests that fail from now on.
  void errorRate(double share) {
    errorRate = share;
  }

  /// Makes the metrics unavailable, or available again.
  void blind(Optional<String> why) {
    blind = why;
  }

  /// Makes what begins so fail as many times.
  void fail(String what, int times) {
    failures.put(what, times);
  }

  /// Makes what begins so wait until it is interrupted or let go.
  Obstacle obstruct(String what) {
    Obstacle obstacle = new Obstacle(new CountDownLatch(1), new CountDownLatch(1));
    obstacles.put(what, obstacle);
    return obstacle;
  }

  synchronized Map<Slot, String> versions() {
    return Map.copyOf(versions);
  }

  private void begin(String what) {
    for (Map.Entry<String, Obstacle> entry : obstacles.entrySet()) {
      if (what.startsWith(entry.getKey())) {
        entry.getValue().reached().countDown();
        try {
          entry.getValue().away().await();
        } catch (InterruptedException e) {
          done.add("interrupted: " + what);
          Thread.currentThread().interrupt();
          throw new PortException("interrupted", e);
        }
      }
    }
    for (String failing : List.copyOf(failures.keySet())) {
      if (what.startsWith(failing) && failures.merge(failing, -1, Integer::sum) >= 0) {
        done.add("failed: " + what);
        throw new PortException(what + " failed");
      }
    }
  }

  // ---- Target

  @Override
  public void deploy(Slot slot, String version) {
    begin("deploy " + slot);
    synchronized (this) {
      if (!version.equals(versions.put(slot, version))) {
        done.add("deploy %s %s".formatted(slot, version));
      }
    }
  }

  @Override
  public synchronized Optional<Deployed> observe(Slot slot) {
    return Optional.ofNullable(versions.get(slot)).map(version -> new Deployed(version, true));
  }

  @Override
  public void retire(Slot slot) {
    begin("retire " + slot);
    synchronized (this) {
      if (versions.remove(slot) != null) {
        done.add("retire " + slot);
      }
    }
  }

  // ---- Router

  @Override
  public synchronized Map<Slot, Weight> weights() {
    return Map.copyOf(weights);
  }

  @Override
  public void route(Map<Slot, Weight> wanted) {
    begin("route " + wanted.get(Plans.GREEN));
    synchronized (this) {
      for (Map.Entry<Slot, Weight> entry : wanted.entrySet()) {
        if (!entry.getValue().equals(Weight.NONE) && !versions.containsKey(entry.getKey())) {
          throw new PortException("nothing runs in " + entry.getKey());
        }
      }
      Weight now = wanted.getOrDefault(Plans.GREEN, Weight.NONE);
      if (!now.equals(weights.put(Plans.GREEN, now))) {
        done.add("green " + now);
      }
      weights.put(Plans.BLUE, wanted.getOrDefault(Plans.BLUE, Weight.NONE));
    }
  }

  @Override
  public void drain(Slot slot) {}

  // ---- MetricSource

  @Override
  public Observation observe(Slot slot, Duration interval) {
    blind.ifPresent(why -> {
      throw new PortException(why);
    });
    Weight weight = weights().get(slot);
    long requests = weight == null ? 0 : 10L * weight.percent();
    double share = slot.equals(Plans.GREEN) ? errorRate : 0;
    Long[] counts = new Long[Latencies.BUCKETS];
    Arrays.fill(counts, 0L);
    counts[Latencies.bucket(Duration.ofMillis(20).toNanos())] = requests;
    return new Observation(
        interval, requests, Math.round(requests * share), Latencies.of(List.of(counts)));
  }

  // ---- Notifier

  @Override
  public String deliver(String key, String title, String body) {
    begin("tell " + title);
    done.add("tell " + title);
    return "receipt";
  }
}
