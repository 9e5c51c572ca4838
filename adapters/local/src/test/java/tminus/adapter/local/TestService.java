package tminus.adapter.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// A service that is started as a process: `TestService PORT VERSION`. What its version begins with
/// is how it behaves.
final class TestService {

  private TestService() {}

  public static void main(String[] arguments) throws Exception {
    String version = arguments[1];
    if (version.startsWith("crash")) {
      for (int i = 1; i <= 12; i++) {
        System.out.println("line " + i);
      }
      System.exit(3);
    }
    if (version.startsWith("parent")) {
      Process child = new ProcessBuilder("sleep", "600").start();
      System.out.println("child " + child.pid());
    }
    if (version.startsWith("stubborn")) {
      Runtime.getRuntime().addShutdownHook(new Thread(TestService::hang));
    }
    var server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
            0);
    String told = version.startsWith("liar") ? "something-else" : version;
    answer(server, "/ready", version.startsWith("never") ? 503 : 200, "");
    answer(server, "/version", 200, "{\"version\":\"" + told + "\"}");
    server.start();
  }

  private static void answer(HttpServer server, String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (IOException e) {
            // The one who asked is gone.
          }
        });
  }

  private static void hang() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
