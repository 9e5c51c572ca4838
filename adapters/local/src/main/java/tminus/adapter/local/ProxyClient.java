package tminus.adapter.local;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tminus.adapter.local.Snapshots.Snapshot;
import tminus.core.judge.Latencies;
import tminus.core.judge.Observation;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.MetricSource;
import tminus.engine.port.PortException;
import tminus.engine.port.Router;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Steers and watches a [Proxy] over its admin address.
///
/// The proxy counts from its start; this class remembers what it said earlier, and answers for an
/// interval with the difference. So [#sample] should be called about every second from early on:
/// how far back it can look, and how finely, depends on that alone. Safe for concurrent use.
public final class ProxyClient implements Router, MetricSource, AutoCloseable {

  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  /// Stands for an interval when there is none yet: too short to have seen a request.
  private static final Duration NO_TIME = Duration.ofMillis(1);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Address admin;
  private final Duration drainLimit;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .build();
  private final Snapshots snapshots = new Snapshots();

  /// A client; the proxy need not run yet.
  ///
  /// @param admin the proxy's admin address
  /// @param drainLimit how long [#drain] waits; positive, up to an hour
  /// @param clock dates what the proxy reports
  public ProxyClient(Address admin, Duration drainLimit, InstantSource clock) {
    this.admin = admin;
    this.drainLimit = drainLimit;
    this.clock = clock;
  }

  @Override
  public Map<Slot, Weight> weights() {
    var weights = new LinkedHashMap<Slot, Weight>();
    report()
        .slots()
        .forEach((name, slot) -> weights.put(new Slot(name), new Weight(slot.weight())));
    return weights;
  }

  @Override
  public void route(Map<Slot, Weight> weights) {
    var body = new LinkedHashMap<String, Integer>();
    weights.forEach((slot, weight) -> body.put(slot.name(), weight.percent()));
    ask("PUT", "/weights", Optional.of(body), ANSWER_MAX);
  }

  @Override
  public void drain(Slot slot) {
    String path = "/drain/%s?timeout=%s".formatted(encoded(slot), drainLimit);
    ask("GET", path, Optional.empty(), drainLimit.plus(ANSWER_MAX));
  }

  /// Tells the proxy where a slot is now. In force for every request that comes in after this
  /// returns; requests on their way finish where they went.
  public void move(Slot slot, Address upstream) {
    var body = Map.of("upstream", upstream.toString());
    ask("PUT", "/slots/" + encoded(slot), Optional.of(body), ANSWER_MAX);
  }

  /// Remembers what the proxy has counted up to now, for later observations.
  ///
  /// @throws PortException when the proxy does not answer
  public void sample() {
    take();
  }

  /// {@inheritDoc}
  ///
  /// The interval in the answer is the real one: from the youngest remembered report that is at
  /// least as old as asked for, or else from the oldest, up to now. Of a proxy that started within
  /// the interval, everything it counted is answered. Asked for the first time about a proxy that
  /// has run for longer, there is no telling which of its counts are new: the answer has no
  /// requests.
  @Override
  public Observation observe(Slot slot, Duration interval) {
    synchronized (snapshots) {
      Snapshot latest = take();
      return between(snapshots.reference(interval), latest, slot);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private Snapshot take() {
    synchronized (snapshots) {
      var snapshot = new Snapshot(clock.instant(), report());
      snapshots.add(snapshot);
      return snapshot;
    }
  }

  private Observation between(Snapshot from, Snapshot to, Slot slot) {
    SlotReport now = to.report().slots().get(slot.name());
    if (now == null) {
      throw new PortException(
          "proxy: the slot \"%s\" is unknown - use %s"
              .formatted(slot, String.join(", ", to.report().slots().keySet())));
    }
    Duration elapsed = Duration.between(from.at(), to.at());
    if (!elapsed.isPositive()) {
      return new Observation(NO_TIME, 0, 0, Latencies.none());
    }
    var latencies = Latencies.of(now.latencies());
    SlotReport before = from.report().slots().get(slot.name());
    if (before == null) {
      return new Observation(elapsed, now.requests(), now.errors(), latencies);
    }
    return new Observation(
        elapsed,
        now.requests() - before.requests(),
        now.errors() - before.errors(),
        latencies.since(Latencies.of(before.latencies())));
  }

  /// All that the proxy tells of its slots now.
  ProxyReport report() {
    return read(ask("GET", "/slots", Optional.empty(), ANSWER_MAX), ProxyReport.class);
  }

  /// Asks the proxy and returns the body of its answer, which is a good one.
  private String ask(String method, String path, Optional<Map<String, ?>> body, Duration limit) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + admin + path))
            .timeout(limit)
            .method(
                method,
                body.map(JSON::writeValueAsString)
                    .map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new PortException(read(response.body(), Refusal.class).error());
      }
      return response.body();
    } catch (IOException e) {
      throw new PortException(
          "proxy: unavailable, nothing answers at %s (%s) - is `tminus proxy` running there?"
              .formatted(admin, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortException(
          "proxy: interrupted while waiting for %s - what was asked may have happened"
              .formatted(admin),
          e);
    }
  }

  private <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JacksonException e) {
      throw new PortException(
          "proxy: unavailable, what answers at %s is no Tminus proxy - check the admin address"
              .formatted(admin),
          e);
    }
  }

  private static String encoded(Slot slot) {
    return URLEncoder.encode(slot.name(), StandardCharsets.UTF_8);
  }

  private record Refusal(String error) {}
}
