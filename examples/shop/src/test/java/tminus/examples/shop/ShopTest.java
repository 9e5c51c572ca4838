package tminus.examples.shop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tminus.examples.shop.Waiting.until;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShopTest {

  private static final ShopOptions GOOD = ShopOptions.of(0, "v1.0.0");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void tells_about_itself() throws Exception {
    try (Shop shop = Shop.start(ShopOptions.of(0, "v1.1.0"))) {
      assertThat(get(shop, "/health").body())
          .isEqualToIgnoringNewLines("{\"status\":\"healthy\",\"version\":\"v1.1.0\"}");
      assertThat(get(shop, "/version").body())
          .isEqualToIgnoringNewLines("{\"version\":\"v1.1.0\"}");
      assertThat(get(shop, "/ready").statusCode()).isEqualTo(200);
      assertThat(get(shop, "/live").statusCode()).isEqualTo(200);
      assertThat(get(shop, "/").body()).contains("\"products\":\"/products\"");
      assertThat(get(shop, "/nowhere").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void sells_products() throws Exception {
    try (Shop shop = Shop.start(GOOD)) {
      assertThat(get(shop, "/products").body().lines().filter(line -> line.contains("\"id\"")))
          .hasSize(8);
      assertThat(get(shop, "/products/3").body())
          .isEqualToIgnoringNewLines("{\"id\":3,\"name\":\"Oak shelf\",\"price\":89.00}");
      assertThat(get(shop, "/products/9").statusCode()).isEqualTo(404);

      HttpResponse<String> order = order(shop, "{\"product\": 8, \"quantity\": 3}");
      assertThat(order.statusCode()).isEqualTo(201);
      assertThat(order.body())
          .isEqualToIgnoringNewLines("{\"order\":1,\"product\":8,\"quantity\":3,\"total\":38.70}");
    }
  }

  @Test
  void refuses_what_is_not_an_order() throws Exception {
    try (Shop shop = Shop.start(GOOD)) {
      assertThat(order(shop, "").statusCode()).isEqualTo(400);
      assertThat(order(shop, "{\"product\":8,\"quantity\":0}").statusCode()).isEqualTo(400);
      assertThat(order(shop, "{\"product\":8,\"quantity\":1000}").statusCode()).isEqualTo(400);
      assertThat(order(shop, "{\"product\":99,\"quantity\":1}").statusCode()).isEqualTo(400);
      assertThat(order(shop, " ".repeat(4_097)).statusCode()).isEqualTo(413);

      HttpResponse<String> wrongMethod = get(shop, "/orders");
      assertThat(wrongMethod.statusCode()).isEqualTo(405);
      assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("POST");
    }
  }

  @Test
  void counts_business_requests_only() throws Exception {
    try (Shop shop = Shop.start(GOOD)) {
      get(shop, "/health");
      get(shop, "/products/1");
      get(shop, "/products/99");

      assertThat(get(shop, "/metrics").body())
          .contains("shop_info{version=\"v1.0.0\"} 1\n")
          .contains("shop_requests_total 2\n")
          .contains("shop_errors_total 0\n")
          .contains("shop_request_duration_seconds_bucket{le=\"0.001\"} 0\n")
          .contains("shop_request_duration_seconds_bucket{le=\"+Inf\"} 2\n")
          .contains("shop_request_duration_seconds_count 2\n");
    }
  }

  @Test
  void errors_reach_customers_while_health_stays_green() throws Exception {
    try (Shop shop = Shop.start(GOOD.withFault(new Fault.Errors(800)))) {
      int failed = 0;
      for (int i = 0; i < 100; i++) {
        failed += get(shop, "/products/1").statusCode() == 500 ? 1 : 0;
      }

      assertThat(failed).isEqualTo(8);
      assertThat(get(shop, "/health").body()).contains("healthy");
      assertThat(get(shop, "/ready").statusCode()).isEqualTo(200);
      assertThat(get(shop, "/metrics").body())
          .contains("shop_requests_total 100\n")
          .contains("shop_errors_total 8\n");
    }
  }

  @Test
  void a_fault_begins_when_its_time_has_come() throws Exception {
    var clock = new TestClock();
    Optional<Fault> everything = Optional.of(new Fault.Errors(10_000));
    var options =
        new ShopOptions(0, "v1.1.0", everything, Duration.ofSeconds(30), Optional.empty());
    try (Shop shop = Shop.start(options, clock)) {
      clock.advance(Duration.ofMillis(29_999));
      assertThat(get(shop, "/").statusCode()).isEqualTo(200);

      clock.advance(Duration.ofMillis(1));
      assertThat(get(shop, "/").statusCode()).isEqualTo(500);
    }
  }

  @Test
  void latency_is_added_to_business_requests() throws Exception {
    try (Shop shop = Shop.start(GOOD.withFault(new Fault.Latency(Duration.ofMillis(101))))) {
      get(shop, "/");

      assertThat(get(shop, "/metrics").body())
          .contains("shop_request_duration_seconds_bucket{le=\"0.1\"} 0\n")
          .contains("shop_request_duration_seconds_count 1\n");
    }
  }

  @Test
  void a_leak_grows_with_each_request_and_ends_at_its_bound() throws Exception {
    assertThat(memoryAfterRequests(new Fault.Memory(64), 160))
        .as("160 requests of 256 KiB")
        .isGreaterThan(30 * 1_048_576L);
    assertThat(memoryAfterRequests(new Fault.Memory(1), 160)).isLessThan(10 * 1_048_576L);
  }

  @Test
  void a_release_that_crashes_on_start_says_why() {
    assertThatThrownBy(() -> Shop.start(GOOD.withFault(new Fault.CrashOnStart())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "orders: the column 'gift_note' is missing - run the migration of v1.0.0 first");
  }

  @Test
  void a_crash_leaves_requests_unanswered() throws Exception {
    try (Shop shop = Shop.start(GOOD);
        Socket customer = halfAnOrder(shop)) {
      shop.crash(Duration.ZERO);

      assertThatThrownBy(() -> shop.ended().join())
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("the connection pool is used up");
      assertThat(answer(customer)).isEmpty();
      assertThatThrownBy(() -> get(shop, "/health")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void stopping_answers_what_is_in_flight_and_says_it_is_not_ready() throws Exception {
    Shop shop = Shop.start(GOOD);
    try (Socket customer = halfAnOrder(shop)) {
      CompletableFuture<Void> closing = CompletableFuture.runAsync(shop::close);
      until(() -> status(shop, "/ready") == 503);
      assertThat(get(shop, "/products/1").headers().firstValue("Connection")).hasValue("close");
      assertThat(closing).isNotDone();

      customer.getOutputStream().write("{\"product\":1,\"quantity\":1}".getBytes(US_ASCII));

      assertThat(answer(customer)).startsWith("HTTP/1.1 201").contains("\"total\":24.90");
      closing.join();
      assertThat(shop.ended()).isCompleted();
      assertThatThrownBy(() -> get(shop, "/")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_port_that_is_taken_is_named() {
    try (Shop shop = Shop.start(GOOD)) {
      assertThatThrownBy(() -> Shop.start(ShopOptions.of(shop.port(), "v1.1.0")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("port %d: cannot listen (".formatted(shop.port()))
          .hasMessageEndingWith(") - use another, or 0 for a free one");
    }
  }

  private long memoryAfterRequests(Fault.Memory fault, int requests) throws Exception {
    try (Shop shop = Shop.start(GOOD.withFault(fault))) {
      long before = memory(shop);
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        HttpRequest request = HttpRequest.newBuilder(at(shop, "/")).build();
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      answers.forEach(CompletableFuture::join);
      return memory(shop) - before;
    }
  }

  private long memory(Shop shop) throws Exception {
    System.gc();
    return get(shop, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("shop_memory_used_bytes "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /// An order that the shop has begun to read and that is not all there.
  private static Socket halfAnOrder(Shop shop) throws IOException {
    var customer = new Socket(InetAddress.getLoopbackAddress(), shop.port());
    customer
        .getOutputStream()
        .write(
            "POST /orders HTTP/1.1\r\nHost: shop\r\nContent-Length: 26\r\n\r\n".getBytes(US_ASCII));
    until(() -> shop.inFlight() == 1);
    return customer;
  }

  /// All that comes until the shop closes the connection; nothing when it breaks it.
  private static String answer(Socket customer) {
    try {
      return new String(customer.getInputStream().readAllBytes(), US_ASCII);
    } catch (IOException broken) {
      return "";
    }
  }

  private int status(Shop shop, String path) {
    try {
      return get(shop, path).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(Shop shop, String path)
      throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(at(shop, path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> order(Shop shop, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(at(shop, "/orders")).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static URI at(Shop shop, String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(shop.port(), path));
  }
}
