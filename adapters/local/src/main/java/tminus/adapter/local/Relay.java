package tminus.adapter.local;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One event loop of the proxy's data plane: takes requests in, and sees each through.
///
/// All that belongs to a request stays on the loop its connection came in on, so that nothing here
/// is shared but the [Routing].
final class Relay extends VerticleBase {

  /// Room for long URLs and cookies: twice HAProxy's default buffer.
  private static final int HEAD_BYTES_MAX = 32 * 1024;

  /// On top of the answer time-out, since a client that waits for its answer is idle too. Long,
  /// because a request that crosses such a close on its way is lost.
  private static final Duration CLIENT_IDLE_MAX = Duration.ofMinutes(10);

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration SWEEP_EVERY = Duration.ofMillis(100);

  private final ProxyOptions options;
  private final Routing routing;
  private final int port;
  private final Set<Exchange> exchanges = new HashSet<>();
  private final HttpServer server;
  private final Upstreams upstreams;

  /// @param port the port to listen on; a negative one stands for the same free port in every relay
  Relay(Vertx vertx, ProxyOptions options, Routing routing, int port) {
    this.options = options;
    this.routing = routing;
    this.port = port;
    this.upstreams =
        new Upstreams(
            vertx.createHttpClient(
                new HttpClientOptions()
                    .setKeepAlive(true)
                    .setPipelining(false)
                    .setTcpNoDelay(true)
                    .setDecompressionSupported(false)
                    .setConnectTimeout((int) CONNECT_MAX.toMillis())
                    .setMaxHeaderSize(HEAD_BYTES_MAX)
                    .setMaxInitialLineLength(HEAD_BYTES_MAX)));
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setTcpNoDelay(true)
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout((int) options.answerTimeout().plus(CLIENT_IDLE_MAX).toSeconds())
                    .setHandle100ContinueAutomatically(true)
                    .setMaxHeaderSize(HEAD_BYTES_MAX)
                    .setMaxInitialLineLength(HEAD_BYTES_MAX))
            // What goes wrong is told to the request; unheard here, Vert.x would write it to the
            // log.
            .connectionHandler(connection -> connection.exceptionHandler(_ -> {}))
            .requestHandler(this::take);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(SWEEP_EVERY.toMillis(), _ -> sweep());
    return server.listen(port, options.listen().host());
  }

  /// Lets the requests on their way finish, for a while, and closes.
  Future<Void> shutdown(Duration limit) {
    return server.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The port it listens on; after it was deployed.
  int port() {
    return server.actualPort();
  }

  private void take(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      // A tunnel to anywhere is what a forward proxy gives; this one leads to the slots only.
      request.response().setStatusCode(501).end();
      return;
    }
    var exchange = new Exchange(this, upstreams, routing.enter(), request);
    exchanges.add(exchange);
    exchange.begin();
  }

  void over(Exchange exchange) {
    exchanges.remove(exchange);
  }

  private void sweep() {
    upstreams.sweep();
    long limit = System.nanoTime() - options.answerTimeout().toNanos();
    for (Exchange exchange : List.copyOf(exchanges)) {
      exchange.expire(limit);
    }
  }
}
