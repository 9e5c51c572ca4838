package tminus.adapter.local;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request on its way to a slot, and the answer on its way back. Confined to its event loop.
///
/// The slot was chosen when it came in, and stays. When the slot cannot be reached, or does not
/// answer, the client gets 502 or 504 and the slot an error: handing the request to the other slot
/// instead would look kind and would hide a broken candidate from the judge.
///
/// There is one exception, which is no fault of the slot's: a connection kept alive may be closed
/// by the service just as a request sets out on it. If no byte of an answer came, and the request
/// has no body and may be repeated (RFC 9110, section 9.2.2), it is sent once more to the same slot
/// on a new connection.
///
/// A client that leaves before it has its answer is no error of the slot's either, but the request
/// counts, with the time it had waited: a slot that hangs shows in its latencies.
final class Exchange {

  private static final Set<HttpMethod> REPEATABLE =
      Set.of(
          HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE, HttpMethod.TRACE);
  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

  private final Relay relay;
  private final Upstreams upstreams;
  private final Lane lane;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final boolean hasBody;
  private final long began = System.nanoTime();

  private long moved = began;
  private @Nullable Upstream upstream;
  private boolean reused;
  private @Nullable HttpClientRequest out;
  private boolean sent;
  private boolean answered;
  private long bodyLeft;
  private @Nullable Buffer last;
  private boolean over;

  Exchange(Relay relay, Upstreams upstreams, Lane lane, HttpServerRequest request) {
    this.relay = relay;
    this.upstreams = upstreams;
    this.lane = lane;
    this.request = request;
    this.response = request.response();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    this.hasBody =
        length == null
            ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            : !length.equals("0");
  }

  /// Sets out.
  void begin() {
    if (hasBody) {
      request.pause();
    }
    response.closeHandler(_ -> abandon());
    upstreams.take(lane).ifPresentOrElse(this::reuse, this::connect);
  }

  private void reuse(Upstream waiting) {
    reused = true;
    send(waiting);
  }

  private void connect() {
    reused = false;
    upstreams
        .open(lane)
        .onComplete(
            opened -> {
              if (over) {
                upstreams.give(lane, opened);
              } else {
                send(opened);
              }
            },
            _ -> refuse(502));
  }

  private void send(Upstream connection) {
    upstream = connection;
    connection
        .request(request.method(), request.uri())
        .onComplete(to -> send(to, connection), _ -> lost(connection));
  }

  private void send(HttpClientRequest to, Upstream connection) {
    out = to;
    to.exceptionHandler(_ -> lost(connection));
    to.response().onComplete(from -> answer(from, connection), _ -> lost(connection));
    MultiMap headers = to.headers();
    EndToEnd.copy(request.headers(), headers);
    forwardedFor(headers);
    if (hasBody) {
      sendBody(to);
    } else {
      sent = true;
      to.end();
    }
  }

  private void forwardedFor(MultiMap headers) {
    String client = request.remoteAddress().hostAddress();
    if (headers.contains(FORWARDED_FOR)) {
      client = String.join(", ", headers.getAll(FORWARDED_FOR)) + ", " + client;
    }
    headers.set(FORWARDED_FOR, client);
  }

  private void sendBody(HttpClientRequest to) {
    to.setChunked(!request.headers().contains(HttpHeaders.CONTENT_LENGTH));
    request.handler(buffer -> {
      if (over) {
        return;
      }
      moved = System.nanoTime();
      to.write(buffer);
      if (to.writeQueueFull()) {
        request.pause();
        to.drainHandler(_ -> request.resume());
      }
    });
    request.endHandler(_ -> {
      if (!over) {
        moved = System.nanoTime();
        sent = true;
        to.end();
      }
    });
    request.resume();
  }

  private void answer(HttpClientResponse from, Upstream connection) {
    moved = System.nanoTime();
    boolean bodiless =
        request.method().equals(HttpMethod.HEAD)
            || from.statusCode() == 204
            || from.statusCode() == 304;
    String length = from.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      response.setStatusCode(from.statusCode());
      EndToEnd.copy(from.headers(), response.headers());
      bodyLeft = length == null || bodiless ? Long.MAX_VALUE : Long.parseLong(length);
    } catch (IllegalArgumentException e) {
      response.headers().clear();
      refuse(502);
      return;
    }
    answered = true;
    if (length == null && !bodiless) {
      response.setChunked(true);
    }
    from.exceptionHandler(_ -> lost(connection));
    from.handler(buffer -> pass(buffer, from));
    from.endHandler(_ -> complete(from, connection));
  }

  /// Passes a piece of the body on. The last one is held back until the end is known to have been
  /// reached, so that the request is counted before the client has its answer whole, and head and
  /// body of a small answer leave in one packet.
  private void pass(Buffer buffer, HttpClientResponse from) {
    moved = System.nanoTime();
    if (over) {
      return;
    }
    bodyLeft -= buffer.length();
    if (bodyLeft == 0) {
      last = buffer;
      return;
    }
    response.write(buffer);
    if (response.writeQueueFull()) {
      from.pause();
      response.drainHandler(_ -> from.resume());
    }
  }

  private void complete(HttpClientResponse from, Upstream connection) {
    if (over) {
      return;
    }
    finish(from.statusCode() >= 500);
    if (sent && isKept(from)) {
      upstreams.give(lane, connection);
    } else {
      connection.close();
      discardBody();
    }
    if (last == null) {
      response.end();
    } else {
      response.end(last);
    }
  }

  /// RFC 9112, section 9.3.
  private static boolean isKept(HttpClientResponse from) {
    String connection = from.getHeader(HttpHeaders.CONNECTION);
    if (connection == null) {
      return from.version().equals(HttpVersion.HTTP_1_1);
    }
    // Whatever else it may say, a connection not kept costs a tenth of a millisecond.
    return connection.equalsIgnoreCase("keep-alive");
  }

  /// The connection to the slot is gone, or the slot spoke no HTTP.
  private void lost(Upstream connection) {
    if (over || !connection.equals(upstream)) {
      return;
    }
    connection.close();
    if (answered) {
      cutShort(true);
    } else if (reused && !hasBody && REPEATABLE.contains(request.method())) {
      upstream = null;
      connect();
    } else {
      refuse(502);
    }
  }

  /// Gives up when no byte moved since then.
  ///
  /// @param nanos a time as of `System.nanoTime`
  void expire(long nanos) {
    if (over || moved - nanos > 0) {
      return;
    }
    boolean waitsForClient =
        answered ? response.writeQueueFull() : !sent && out != null && !out.writeQueueFull();
    if (answered) {
      cutShort(!waitsForClient);
    } else {
      refuse(waitsForClient ? 408 : 504);
    }
  }

  /// Answers in the slot's place.
  private void refuse(int status) {
    if (over) {
      return;
    }
    finish(status >= 500);
    close();
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
        .end("proxy: slot %s did not answer\n".formatted(lane.slot()));
    discardBody();
  }

  /// The answer broke off: so must the connection, or the client would take a part for the whole.
  private void cutShort(boolean error) {
    finish(error);
    close();
    response.reset();
  }

  /// The client is gone.
  private void abandon() {
    if (!over) {
      finish(false);
      close();
    }
  }

  private void finish(boolean error) {
    over = true;
    relay.over(this);
    lane.leave(error, System.nanoTime() - began);
  }

  private void close() {
    if (upstream != null) {
      upstream.close();
    }
  }

  private void discardBody() {
    if (hasBody && !request.isEnded()) {
      request.handler(null);
      request.resume();
    }
  }
}
