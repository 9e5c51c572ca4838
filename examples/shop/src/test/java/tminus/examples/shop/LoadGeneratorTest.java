package tminus.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.examples.shop.Waiting.until;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadGeneratorTest {

  private static final ShopOptions GOOD = ShopOptions.of(0, "v1.0.0");
  private static final Fault BROKEN = new Fault.Errors(10_000);

  @Test
  void a_good_shop_answers_everything() {
    try (Shop shop = Shop.start(GOOD)) {
      var load = LoadGenerator.start(at(shop.port()), 500);
      until(() -> load.totals().sent() >= 200);
      load.close();

      Totals totals = load.totals();
      assertThat(totals.ok()).isEqualTo(totals.sent());
      assertThat(totals.failing()).isEmpty();
    }
  }

  @Test
  void a_request_is_due_by_the_clock_and_not_by_the_answers() {
    var clock = new TestClock();
    try (Shop shop = Shop.start(GOOD);
        var load = LoadGenerator.start(at(shop.port()), 50, LoadGenerator.Patience.USUAL, clock)) {
      until(() -> load.totals().ok() == 1);

      clock.advance(Duration.ofSeconds(2));

      until(() -> load.totals().ok() == 101);
      assertThat(load.totals()).isEqualTo(new Totals(101, 101, 0, 0, 0, Optional.empty()));
    }
  }

  @Test
  void failed_answers_are_counted_with_the_time_from_first_to_last() {
    var clock = new TestClock();
    try (Shop shop = Shop.start(GOOD.withFault(BROKEN));
        var load = LoadGenerator.start(at(shop.port()), 1, LoadGenerator.Patience.USUAL, clock)) {
      until(() -> load.totals().failed() == 1);
      clock.advance(Duration.ofSeconds(1));
      until(() -> load.totals().failed() == 2);

      Totals.Failing failing = load.totals().failing().orElseThrow();
      assertThat(failing.first()).isEqualTo(TestClock.START);
      assertThat(failing.length()).isEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void stopping_waits_for_the_answers() {
    var slow = GOOD.withFault(new Fault.Latency(Duration.ofMillis(300)));
    try (Shop shop = Shop.start(slow)) {
      var load = LoadGenerator.start(at(shop.port()), 500);
      until(() -> load.totals().inFlight() >= 20);
      load.close();

      Totals totals = load.totals();
      assertThat(totals.ok()).isEqualTo(totals.sent());
      load.close();
      assertThat(load.totals()).isEqualTo(totals);
    }
  }

  @Test
  void without_an_answer_a_request_is_lost() throws IOException {
    try (var rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUpOnEveryone(rude));
      var load = LoadGenerator.start(at(rude.getLocalPort()), 200);
      until(() -> load.totals().lost() >= 10);
      load.close();

      Totals totals = load.totals();
      assertThat(totals.lost()).isEqualTo(totals.sent());
      assertThat(totals.failing()).isEmpty();
    }
  }

  @Test
  void a_shop_that_never_answers_holds_a_bounded_number_of_requests() throws IOException {
    var patience = new LoadGenerator.Patience(4, Duration.ofMillis(500));
    var clock = new TestClock();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var load = LoadGenerator.start(at(silent.getLocalPort()), 10, patience, clock);
      clock.advance(Duration.ofSeconds(1));
      until(() -> load.totals().sent() + load.totals().skipped() == 11);
      assertThat(load.totals().inFlight()).isLessThanOrEqualTo(4);
      load.close();

      assertThat(load.totals().lost()).isEqualTo(load.totals().sent());
      assertThat(load.totals().sent() + load.totals().skipped()).isEqualTo(11);
    }
  }

  @Test
  void a_rate_or_an_address_that_cannot_be_is_refused() {
    assertThatThrownBy(() -> LoadGenerator.start(at(80), 10_001))
        .hasMessage("load: 10001 requests a second - use 1 to 10000");
    assertThatThrownBy(() -> LoadGenerator.start(URI.create("shop:8080"), 1))
        .hasMessage("load: shop:8080 is not where a shop answers - use http://HOST:PORT/");
  }

  private static void hangUpOnEveryone(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static URI at(int port) {
    return URI.create("http://127.0.0.1:%d/".formatted(port));
  }
}
