package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static tminus.adapter.local.Stage.talk;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProxyMessageTest {

  private static final int LARGE = 10 * 1024 * 1024;

  @Test
  void largeBodiesPassByteForByteBothWays() throws Exception {
    byte[] body = random(LARGE);
    try (var echo = echo(body.length);
        var stage = Stage.of(echo.address())) {
      HttpResponse<byte[]> response = post(stage, BodyPublishers.ofByteArray(body));

      assertThat(response.body()).isEqualTo(body);
      assertThat(response.headers().firstValueAsLong("content-length")).hasValue(body.length);
    }
  }

  @Test
  void chunkedBodiesPassByteForByteBothWays() throws Exception {
    byte[] body = random(LARGE);
    try (var echo = echo(0);
        var stage = Stage.of(echo.address())) {
      HttpResponse<byte[]> response =
          post(stage, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

      assertThat(response.body()).isEqualTo(body);
      assertThat(response.headers().firstValue("transfer-encoding")).hasValue("chunked");
    }
  }

  @Test
  void aClientThatAsksToContinueIsToldTo() throws Exception {
    byte[] body = random(100_000);
    try (var echo = echo(body.length);
        var stage = Stage.of(echo.address())) {
      HttpRequest request =
          HttpRequest.newBuilder(stage.uri("/"))
              .expectContinue(true)
              .POST(BodyPublishers.ofByteArray(body))
              .build();

      assertThat(stage.http.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(body);
    }
  }

  @Test
  void anAnswerBeforeTheRequestIsWholeReachesTheClient() throws Exception {
    try (var backend =
            new WireBackend(line -> {
              line.readHead();
              line.write("HTTP/1.1 413 Too Large\nContent-Length: 3\n\nno!");
              line.awaitEnd();
            });
        var stage = Stage.of(backend.address())) {
      HttpResponse<byte[]> response = post(stage, BodyPublishers.ofByteArray(random(LARGE)));

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("no!");
    }
  }

  @Test
  void headKeepsTheLengthAndHasNoBody() {
    try (var backend =
            new Backend(exchange -> {
              exchange.getResponseHeaders().add("Content-Length", "1234");
              exchange.sendResponseHeaders(200, -1);
            });
        var stage = Stage.of(backend.address())) {
      HttpResponse<String> response =
          stage.send(HttpRequest.newBuilder(stage.uri("/")).HEAD().build());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-length")).hasValue("1234");
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void answersWithoutABodyStaySo() throws Exception {
    try (var backend =
            new WireBackend(line -> {
              for (String head = line.readHead(); !head.isEmpty(); head = line.readHead()) {
                String status = head.startsWith("GET /304") ? "304 Not Modified" : "204 None";
                line.write("HTTP/1.1 " + status + "\nETag: \"1\"\n\n");
              }
            });
        var stage = Stage.of(backend.address())) {
      for (String path : List.of("/204", "/304", "/204", "/304")) {
        HttpResponse<String> response = stage.send(HttpRequest.newBuilder(stage.uri(path)).build());

        assertThat("/" + response.statusCode()).isEqualTo(path);
        assertThat(response.headers().map()).doesNotContainKey("transfer-encoding");
        assertThat(response.headers().map()).doesNotContainKey("content-length");
        assertThat(response.headers().firstValue("etag")).hasValue("\"1\"");
        assertThat(response.body()).isEmpty();
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void aBodyThatEndsWithItsConnectionPasses() throws Exception {
    try (var backend =
            new WireBackend(line -> {
              line.readHead();
              line.write("HTTP/1.0 200 OK\n\nold but whole");
            });
        var stage = Stage.of(backend.address())) {
      assertThat(stage.get().body()).isEqualTo("old but whole");
      assertThat(stage.get().body()).isEqualTo("old but whole");
      assertThat(stage.report(Stage.BLUE).errors()).isZero();
    }
  }

  @Test
  void headersForTheNextHopAloneStayAndTheOthersGoOn() throws Exception {
    var heads = new LinkedBlockingQueue<String>();
    try (var backend =
            new WireBackend(line -> {
              heads.add(line.readHead());
              line.write(
                  """
                  HTTP/1.1 200 OK
                  Set-Cookie: a=1
                  Set-Cookie: b=2
                  Keep-Alive: timeout=5
                  Connection: X-Hop
                  X-Hop: to the proxy only
                  Content-Length: 2

                  ok\
                  """);
              line.awaitEnd();
            });
        var stage = Stage.of(backend.address())) {
      String answer =
          talk(
              stage.proxy.listen(),
              """
              GET /path?a=b%20c&d HTTP/1.1
              Host: shop.example.com
              Connection: close
              Connection: X-Secret
              X-Secret: to the proxy only
              X-Forwarded-For: 203.0.113.9
              X-Forwarded-For: 198.51.100.7
              TE: trailers

              """);

      assertThat(heads.take())
          .startsWith("GET /path?a=b%20c&d HTTP/1.1\n")
          .contains(
              "Host: shop.example.com\n", "X-Forwarded-For: 203.0.113.9, 198.51.100.7, 127.0.0.1\n")
          .doesNotContainIgnoringCase("x-secret", "connection:", "te:");
      assertThat(answer)
          .contains("Set-Cookie: a=1\r\n", "Set-Cookie: b=2\r\n")
          .doesNotContain("X-Hop", "Keep-Alive: timeout")
          .endsWith("\r\n\r\nok");
    }
  }

  @Test
  void aClientOfHttp10IsServed() throws Exception {
    try (var backend = Backend.named("blue");
        var stage = Stage.of(backend.address())) {
      assertThat(talk(stage.proxy.listen(), "GET / HTTP/1.0\n\n"))
          .startsWith("HTTP/1.0 200")
          .endsWith("blue");
    }
  }

  @Test
  void aClientOfHttp10GetsAChunkedAnswerInOnePiece() throws Exception {
    try (var backend = chunked("5\nhello\n6\n world\n0\n\n");
        var stage = Stage.of(backend.address())) {
      assertThat(talk(stage.proxy.listen(), "GET / HTTP/1.0\n\n"))
          .doesNotContainIgnoringCase("chunked")
          .endsWith("\r\n\r\nhello world");
    }
  }

  @Test
  void anEmptyChunkedAnswerIsEmpty() {
    try (var backend = chunked("0\n\n");
        var stage = Stage.of(backend.address())) {
      assertThat(stage.get().body()).isEmpty();
      assertThat(stage.get().statusCode()).isEqualTo(200);
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void requestsInARowOnOneConnectionAreAnsweredInOrder() throws Exception {
    try (var backend =
            new Backend(exchange ->
                Backend.send(
                    exchange,
                    200,
                    exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8)));
        var stage = Stage.of(backend.address())) {
      String answers =
          talk(
              stage.proxy.listen(),
              """
              GET /1 HTTP/1.1
              Host: x

              GET /2 HTTP/1.1
              Host: x

              GET /3 HTTP/1.1
              Host: x
              Connection: close

              """);

      assertThat(answers).containsSubsequence("\r\n\r\n/1", "\r\n\r\n/2", "\r\n\r\n/3");
    }
  }

  @Test
  void aTunnelToElsewhereIsRefused() throws Exception {
    try (var backend = Backend.named("blue");
        var stage = Stage.of(backend.address())) {
      assertThat(
              talk(
                  stage.proxy.listen(),
                  "CONNECT example.com:443 HTTP/1.1\nHost: x\nConnection: close\n\n"))
          .startsWith("HTTP/1.1 501");
      assertThat(stage.report(Stage.BLUE).requests()).isZero();
    }
  }

  private static WireBackend chunked(String chunks) {
    return new WireBackend(line -> {
      while (!line.readHead().isEmpty()) {
        line.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + chunks);
      }
    });
  }

  private static HttpResponse<byte[]> post(Stage stage, HttpRequest.BodyPublisher body)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(stage.uri("/")).POST(body).build();
    return stage.http.send(request, BodyHandlers.ofByteArray());
  }

  /// @param length what it says beforehand; 0 for chunks
  private static Backend echo(int length) {
    return new Backend(exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().write(body);
    });
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }
}
