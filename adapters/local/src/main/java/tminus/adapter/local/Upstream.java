package tminus.adapter.local;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/// One connection to a slot, which carries one request at a time. Confined to its event loop.
final class Upstream {

  private final HttpClientConnection connection;
  private final SocketAddress socket;
  private boolean closed;
  private long idleSince;

  Upstream(HttpClientConnection connection, SocketAddress socket) {
    this.connection = connection;
    this.socket = socket;
    // What goes wrong is told to the request; unheard here, Vert.x would write it to the log.
    connection.exceptionHandler(_ -> {});
  }

  /// Runs the action once the connection is closed, by whichever side.
  void onClose(Runnable action) {
    connection.closeHandler(_ -> {
      closed = true;
      action.run();
    });
  }

  Future<HttpClientRequest> request(HttpMethod method, String uri) {
    return connection.request(new RequestOptions().setMethod(method).setURI(uri));
  }

  /// Whether it still leads to where the lane is now, as far as this side can know.
  boolean leadsTo(Lane lane) {
    return !closed && socket.equals(lane.socket());
  }

  /// @param nanos since when it carries no request, as of `System.nanoTime`
  void idle(long nanos) {
    idleSince = nanos;
  }

  boolean isIdleSince(long nanos) {
    return idleSince - nanos <= 0;
  }

  void close() {
    closed = true;
    connection.close();
  }
}
