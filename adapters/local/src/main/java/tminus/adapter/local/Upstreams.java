package tminus.adapter.local;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The connections of one event loop to the slots that wait for their next request. Confined to
/// that event loop.
///
/// There is no limit of its own: an event loop never has more connections to slots than requests
/// from clients, each of which holds a connection too.
final class Upstreams {

  /// How long a connection may wait. Short, because a service closes idle connections without
  /// asking, some after 2 s, and a request that crosses such a close on its way is lost unless it
  /// can be repeated; while under load a connection never waits that long, and without load a new
  /// one costs a tenth of a millisecond.
  private static final Duration IDLE_MAX = Duration.ofSeconds(1);

  private final HttpClientAgent client;
  private final Map<Lane, Deque<Upstream>> idle = new HashMap<>();

  Upstreams(HttpClientAgent client) {
    this.client = client;
  }

  /// A connection that carried requests before, the latest used first.
  Optional<Upstream> take(Lane lane) {
    Deque<Upstream> waiting = idle(lane);
    for (var last = waiting.pollLast(); last != null; last = waiting.pollLast()) {
      if (last.leadsTo(lane)) {
        return Optional.of(last);
      }
      last.close();
    }
    return Optional.empty();
  }

  /// A new connection.
  Future<Upstream> open(Lane lane) {
    SocketAddress socket = lane.socket();
    return client
        .connect(new HttpConnectOptions().setServer(socket))
        .map(connection -> {
          var upstream = new Upstream(connection, socket);
          upstream.onClose(() -> idle(lane).remove(upstream));
          return upstream;
        });
  }

  /// Takes a connection back whose request is over and answered in full.
  void give(Lane lane, Upstream upstream) {
    if (upstream.leadsTo(lane)) {
      upstream.idle(System.nanoTime());
      idle(lane).addLast(upstream);
    } else {
      upstream.close();
    }
  }

  /// Closes the connections that waited long enough.
  void sweep() {
    long limit = System.nanoTime() - IDLE_MAX.toNanos();
    for (Deque<Upstream> waiting : idle.values()) {
      while (!waiting.isEmpty() && waiting.getFirst().isIdleSince(limit)) {
        waiting.removeFirst().close();
      }
    }
  }

  private Deque<Upstream> idle(Lane lane) {
    return idle.computeIfAbsent(lane, _ -> new ArrayDeque<>());
  }
}
