package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.adapter.local.Stage.BLUE;
import static tminus.adapter.local.Stage.GREEN;
import static tminus.adapter.local.Stage.green;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tminus.core.judge.Latencies;

@Timeout(60)
class ProxyFailureTest {

  private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

  @Test
  void serverErrorsCountForTheSlotThatGaveThem() {
    try (var blue = Backend.named("blue");
        var green = Backend.answering(503, "green");
        var stage = Stage.of(blue.address(), green.address())) {
      stage.router.route(green(25));
      for (int i = 0; i < 100; i++) {
        stage.get();
      }

      assertThat(stage.report(GREEN).errors()).isEqualTo(25);
      assertThat(stage.report(GREEN).requests()).isEqualTo(25);
      assertThat(stage.report(BLUE).errors()).isZero();
    }
  }

  @Test
  void clientErrorsAreNoErrorsOfTheSlot() {
    try (var blue = Backend.answering(404, "nothing here");
        var stage = Stage.of(blue.address())) {
      assertThat(stage.get().statusCode()).isEqualTo(404);
      assertThat(stage.report(BLUE).errors()).isZero();
    }
  }

  @Test
  void aSlotThatRefusesConnectionsGets502AndIsNotCoveredForByTheOther() {
    try (var blue = Backend.named("blue");
        var stage = Stage.of(blue.address(), nowhere())) {
      stage.router.route(green(50));
      long refused = 0;
      for (int i = 0; i < 100; i++) {
        refused += stage.get().statusCode() == 502 ? 1 : 0;
      }

      assertThat(refused).isEqualTo(50);
      assertThat(stage.report(GREEN).errors()).isEqualTo(50);
      assertThat(stage.report(BLUE).requests()).isEqualTo(50);
      assertThat(stage.report(BLUE).errors()).isZero();
    }
  }

  @Test
  void aRequestThatCrossesTheCloseOfAnIdleConnectionIsSentAgain() throws Exception {
    try (var backend = new WireBackend(ProxyFailureTest::answerOnceThenClose);
        var stage = Stage.of(backend.address())) {
      for (int i = 0; i < 20; i++) {
        assertThat(stage.get().body()).isEqualTo("ok");
      }

      assertThat(stage.report(BLUE).requests()).isEqualTo(20);
      assertThat(stage.report(BLUE).errors()).isZero();
    }
  }

  /// Reads a second request and closes without a word, like a service whose idle time ran out just
  /// when the request was on its way.
  private static void answerOnceThenClose(WireBackend.Line line) throws IOException {
    line.readHead();
    line.write(OK);
    line.readHead();
  }

  @Test
  void whatMayNotBeRepeatedIsNot() throws Exception {
    try (var backend = new WireBackend(ProxyFailureTest::answerOnceThenClose);
        var stage = Stage.of(backend.address())) {
      HttpRequest post =
          HttpRequest.newBuilder(stage.uri("/")).POST(BodyPublishers.noBody()).build();

      assertThat(stage.send(post).statusCode()).isEqualTo(200);
      assertThat(stage.send(post).statusCode()).isEqualTo(502);
      assertThat(backend.connections()).isEqualTo(1);
      assertThat(stage.report(BLUE).errors()).isEqualTo(1);
    }
  }

  @Test
  void aServiceThatHangsUpOnANewConnectionIsNotAskedTwice() throws Exception {
    try (var backend = new WireBackend(WireBackend.Line::readHead);
        var stage = Stage.of(backend.address())) {
      assertThat(stage.get().statusCode()).isEqualTo(502);
      assertThat(backend.connections()).isEqualTo(1);
      assertThat(stage.report(BLUE).errors()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 mail.example.com ESMTP\n",
        "HTTP/1.1 200 OK\nContent-Length: many\n\n",
        "HTTP/1.1 200 OK\nX-Odd: a\u0000b\nContent-Length: 2\n\nok",
        "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\nok"
      })
  void aServiceThatSpeaksNoHttpGets502(String answer) {
    try (var backend =
            new WireBackend(line -> {
              line.readHead();
              line.write(answer);
            });
        var stage = Stage.of(backend.address())) {
      assertThat(stage.get().statusCode()).isEqualTo(502);
      assertThat(stage.report(BLUE).errors()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatBreaksOffBreaksOffForTheClientTooAndIsAnError() throws Exception {
    try (var backend =
            new WireBackend(line -> {
              line.readHead();
              line.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
            });
        var stage = Stage.of(backend.address())) {
      assertThatThrownBy(stage::get).isInstanceOf(UncheckedIOException.class);
      assertThat(stage.report(BLUE).errors()).isEqualTo(1);
      assertThat(stage.report(BLUE).inFlight()).isZero();
    }
  }

  @Test
  void aServiceThatStaysSilentGets504() throws Exception {
    try (var backend = new WireBackend(WireBackend.Line::awaitEnd);
        var stage = Stage.of(backend.address(), Address.loopback(0), Duration.ofMillis(200))) {
      assertThat(stage.get().statusCode()).isEqualTo(504);
      assertThat(stage.report(BLUE).errors()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatSendsHalfARequestGets408AndTheSlotNoError() throws Exception {
    try (var backend = new WireBackend(WireBackend.Line::awaitEnd);
        var stage = Stage.of(backend.address(), Address.loopback(0), Duration.ofMillis(200));
        var client = Stage.connect(stage.proxy.listen())) {
      Stage.write(client, "POST / HTTP/1.1\nHost: x\nContent-Length: 9\n\nhalf");
      var status = new byte["HTTP/1.1 408".length()];
      client.getInputStream().readNBytes(status, 0, status.length);

      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
      assertThat(stage.report(BLUE).errors()).isZero();
    }
  }

  @Test
  void aClientThatLeavesIsNoErrorOfTheSlotAndHoldsUpNoDrain() throws Exception {
    var arrived = new CountDownLatch(1);
    try (var backend =
            new WireBackend(line -> {
              line.readHead();
              arrived.countDown();
              line.awaitEnd();
            });
        var green = Backend.named("green");
        var stage = Stage.of(backend.address(), green.address())) {
      try (var client = Stage.connect(stage.proxy.listen())) {
        Stage.write(client, "GET / HTTP/1.1\nHost: x\n\n");
        arrived.await();
        assertThat(stage.report(BLUE).inFlight()).isEqualTo(1);
      }
      stage.router.route(green(100));
      stage.router.drain(BLUE);

      assertThat(stage.report(BLUE).inFlight()).isZero();
      assertThat(stage.report(BLUE).requests()).isEqualTo(1);
      assertThat(stage.report(BLUE).errors()).isZero();
    }
  }

  @Test
  void latenciesAreNoShorterThanWhatTheServiceTook() {
    var delay = Duration.ofMillis(40);
    try (var slow =
            new Backend(exchange -> {
              pass(delay);
              Backend.send(exchange, 200, new byte[0]);
            });
        var stage = Stage.of(slow.address())) {
      for (int i = 0; i < 10; i++) {
        stage.get();
      }
      var latencies = Latencies.of(stage.report(BLUE).latencies());

      assertThat(latencies.total()).isEqualTo(10);
      assertThat(latencies.quantile(0.01))
          .hasValueSatisfying(fastest -> assertThat(fastest).isGreaterThanOrEqualTo(delay));
    }
  }

  /// Where nothing listens any more.
  private static Address nowhere() {
    try (var gone = Backend.named("gone")) {
      return gone.address();
    }
  }

  /// Lets time pass on the service's side.
  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
