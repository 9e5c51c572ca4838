package tminus.adapter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// A proxy with two slots, and a client of each of its two sides.
final class Stage implements AutoCloseable {

  static final Slot BLUE = new Slot("blue");
  static final Slot GREEN = new Slot("green");

  private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

  final Proxy proxy;
  final ProxyClient router;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Stage(Proxy proxy) {
    this.proxy = proxy;
    this.router = new ProxyClient(proxy.admin(), Duration.ofSeconds(20), InstantSource.system());
  }

  /// All traffic goes to blue.
  static Stage of(Address blue, Address green) {
    return of(blue, green, ProxyOptions.ANSWER_TIMEOUT);
  }

  static Stage of(Address blue, Address green, Duration answerTimeout) {
    var upstreams = new LinkedHashMap<Slot, Address>();
    upstreams.put(BLUE, blue);
    upstreams.put(GREEN, green);
    return new Stage(
        Proxy.start(
            new ProxyOptions(
                Address.loopback(0),
                Address.loopback(0),
                upstreams,
                Map.of(BLUE, Weight.ALL),
                answerTimeout,
                OptionalLong.empty())));
  }

  /// A stage where blue is all there is.
  static Stage of(Address blue) {
    return of(blue, Address.loopback(0));
  }

  static Map<Slot, Weight> green(int percent) {
    return Map.of(BLUE, new Weight(100 - percent), GREEN, new Weight(percent));
  }

  URI uri(String path) {
    return URI.create("http://" + proxy.listen() + path);
  }

  HttpResponse<String> get() {
    return send(HttpRequest.newBuilder(uri("/")).build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> admin(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create("http://" + proxy.admin() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /// A plain connection to the address, for what no HTTP client would say.
  static Socket connect(Address address) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), address.port());
    socket.setSoTimeout((int) SILENCE_MAX.toMillis());
    return socket;
  }

  /// Sends the text as it is, with the line ends of HTTP, and reads until the other side closes.
  static String talk(Address address, String text) throws IOException {
    try (Socket socket = connect(address)) {
      write(socket, text);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  static void write(Socket socket, String text) throws IOException {
    socket
        .getOutputStream()
        .write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  SlotReport report(Slot slot) {
    return Objects.requireNonNull(router.report().slots().get(slot.name()));
  }

  @Override
  public void close() {
    http.shutdownNow();
    router.close();
    proxy.close();
  }
}
