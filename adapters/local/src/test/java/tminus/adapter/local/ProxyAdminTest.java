package tminus.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.adapter.local.Stage.BLUE;
import static tminus.adapter.local.Stage.GREEN;
import static tminus.adapter.local.Stage.green;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tminus.core.traffic.Weight;
import tminus.engine.port.PortException;

@Timeout(60)
class ProxyAdminTest {

  private final Backend blue = Backend.named("blue");
  private final Stage stage = Stage.of(blue.address(), Address.loopback(0));

  @AfterEach
  void close() {
    stage.close();
    blue.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT | /weights | {\"blue\": 90, \"green\": 11} | 400 | weights: {blue=90 %, green=11 %} add"
            + " up to 101 - they must add up to 100",
        "PUT | /weights | {} | 400 | weights: no weights add up to 0 - they must add up to 100",
        "PUT | /weights | {\"blue\": 99.5, \"green\": 0.5} | 400 | weights: \\\"blue\\\" has 99.5 -"
            + " use a whole percentage, 0 to 100",
        "PUT | /weights | {\"blue\": -1, \"green\": 101} | 400 | weight: -1 is not a percentage -"
            + " use 0 to 100",
        "PUT | /weights | {\"purple\": 100} | 400 | weights: the slot \\\"purple\\\" is unknown - use"
            + " blue, green",
        "PUT | /weights | {\"blue\": 50, \"blue\": 50} | 400 | body: not JSON",
        "PUT | /weights | {\"blue\": | 400 | body: not JSON",
        "PUT | /weights | [] | 400 | body: \\\"[]\\\" is not a JSON object - send one",
        "PUT | /weights | `` | 400 | body: ",
        "PUT | /slots/purple | {\"upstream\": \"127.0.0.1:1\"} | 400 | slots: the slot \\\"purple\\\""
            + " is unknown - use blue, green",
        "PUT | /slots/blue | {\"upstream\": \"nowhere\"} | 400 | address: \\\"nowhere\\\" is not a"
            + " host and a port - write it as 127.0.0.1:8080",
        "PUT | /slots/blue | {} | 400 | address: \\\"\\\" is not a host and a port",
        "GET | /drain/purple | `` | 400 | slots: the slot \\\"purple\\\" is unknown",
        "GET | /drain/blue | `` | 409 | drain: slot blue has 100 % of the traffic - take its weight"
            + " first",
        "GET | /drain/green?timeout=5s | `` | 400 | drain: the timeout \\\"5s\\\" is not one - use"
            + " PT0S to PT1H, as PT30S",
        "DELETE | /slots/blue | `` | 404 | admin: DELETE /slots/blue is unknown - use GET /slots",
        "GET | / | `` | 404 | admin: GET / is unknown",
      })
  void whatItCannotDoItSaysWithTheRemedy(
      String method, String path, String body, int status, String error) {
    HttpResponse<String> response = stage.admin(method, path, body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"error\":\"" + error);
    assertThat(stage.router.weights()).isEqualTo(Map.of(BLUE, Weight.ALL, GREEN, Weight.NONE));
  }

  @Test
  void aPageThatWasLedHereByAForeignNameIsRefused() throws IOException {
    String answer =
        Stage.talk(
            stage.proxy.admin(),
            "GET /slots HTTP/1.1\nHost: rebound.example.com\nConnection: close\n\n");

    assertThat(answer).startsWith("HTTP/1.1 403").contains("rebound.example.com");
  }

  @Test
  void metricsAreInPrometheusFormat() {
    stage.get();

    assertThat(stage.admin("GET", "/metrics", "").body())
        .contains(
            "# TYPE tminus_proxy_requests_total counter\n",
            "tminus_proxy_requests_total{slot=\"blue\"} 1\n",
            "tminus_proxy_weight_percent{slot=\"green\"} 0\n",
            "tminus_proxy_seconds_bucket{slot=\"blue\",le=\"+Inf\"} 1\n");
  }

  @Test
  void drainWaitsForTheRequestsOnTheirWay() throws Exception {
    var arrived = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var slow =
        new Backend(exchange -> {
          arrived.countDown();
          await(release);
          Backend.send(exchange, 200, "slow".getBytes(StandardCharsets.UTF_8));
        })) {
      stage.router.move(GREEN, slow.address());
      stage.router.route(green(100));
      var answer = new FutureTask<>(() -> stage.get().body());
      Thread.startVirtualThread(answer);
      arrived.await();
      stage.router.route(green(0));

      assertThat(stage.admin("GET", "/drain/green?timeout=PT0.05S", ""))
          .satisfies(response -> assertThat(response.statusCode()).isEqualTo(504))
          .satisfies(response ->
              assertThat(response.body())
                  .contains("drain: slot green has 1 requests unanswered after PT0.05S"));
      release.countDown();
      stage.router.drain(GREEN);

      assertThat(answer.get()).isEqualTo("slow");
      assertThat(stage.report(GREEN).inFlight()).isZero();
    }
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Address address = Address.loopback(taken.getLocalPort());
      Address free = Address.loopback(0);
      String message =
          "proxy: port %s is in use - stop what listens there, or choose another port"
              .formatted(address);

      assertThatThrownBy(() -> Proxy.start(options(address, free)))
          .isInstanceOf(PortException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> Proxy.start(options(free, address)))
          .isInstanceOf(PortException.class)
          .hasMessage(message);
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    // From the block that is kept for documentation (RFC 5737).
    Address elsewhere = new Address("192.0.2.1", 8080);

    assertThatThrownBy(() -> Proxy.start(options(elsewhere, Address.loopback(0))))
        .isInstanceOf(PortException.class)
        .hasMessageStartingWith("proxy: 192.0.2.1:8080 cannot be listened on (")
        .hasMessageEndingWith(") - choose an address of this machine");
  }

  @Test
  void anAdminAddressThatOthersCanReachIsRefused() {
    assertThatThrownBy(() -> options(Address.loopback(0), new Address("0.0.0.0", 0)))
        .hasMessage(
            "proxy: the admin address 0.0.0.0:0 can be reached from other machines, and it asks for"
                + " no password - use 127.0.0.1");
  }

  @Test
  void itEndsWithTheProcessItWasToEndWith() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    var options =
        new ProxyOptions(
            Address.loopback(0),
            Address.loopback(0),
            Map.of(BLUE, blue.address()),
            Map.of(BLUE, Weight.ALL),
            Duration.ofSeconds(1),
            OptionalLong.of(other.pid()));
    try (var proxy = Proxy.start(options)) {
      other.destroyForcibly();
      proxy.awaitClose();
    }
    assertThatThrownBy(() -> Proxy.start(options))
        .hasMessage(
            "proxy: process %d, to end with, does not run - name one that does"
                .formatted(other.pid()));
  }

  private ProxyOptions options(Address listen, Address admin) {
    return ProxyOptions.of(listen, admin, Map.of(BLUE, blue.address()), Map.of(BLUE, Weight.ALL));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
