package tminus.adapter.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A service behind the proxy, in this process. Counts what reaches it.
final class Backend implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong requests = new AtomicLong();

  /// Answers one request.
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  Backend(Answer answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
  }

  /// Says its name, with 200.
  static Backend named(String name) {
    return answering(200, name);
  }

  static Backend answering(int status, String body) {
    return new Backend(exchange -> send(exchange, status, body.getBytes(StandardCharsets.UTF_8)));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  Address address() {
    return Address.loopback(server.getAddress().getPort());
  }

  long requests() {
    return requests.get();
  }

  /// Ends at once, as a process that is killed.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
