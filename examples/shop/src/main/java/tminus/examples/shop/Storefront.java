package tminus.examples.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers the shop's requests. Safe for concurrent use: a thread per request.
final class Storefront implements HttpHandler {

  /// An order is two numbers: 4 KiB is a hundred times what one takes.
  private static final int BODY_BYTES_MAX = 4_096;

  /// 256 requests of 256 KiB reach the leak's default bound of 64 MB: seconds, at a demo's load.
  private static final int LEAK_BYTES = 256 * 1_024;

  /// The usual work takes 2 to 8 ms, most often near 2.
  private static final long WORK_NANOS_MIN = 2_000_000;

  private static final long WORK_NANOS_SPREAD = 6_000_000;
  private static final long WORK_SEED = 20_240_229;

  private static final Pattern PRODUCT = Pattern.compile("\"product\"\\s*:\\s*(\\d{1,6})\\b");
  private static final Pattern QUANTITY = Pattern.compile("\"quantity\"\\s*:\\s*(\\d{1,3})\\b");

  private final ShopOptions options;
  private final InstantSource clock;
  private final Instant faultFrom;
  private final Metrics metrics;
  private final CountDownLatch crashed = new CountDownLatch(1);
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong arrivals = new AtomicLong();
  private final AtomicLong faultyArrivals = new AtomicLong();
  private final AtomicLong orders = new AtomicLong();
  private final Queue<byte[]> leaked = new ConcurrentLinkedQueue<>();
  private final AtomicLong leakedBytes = new AtomicLong();
  private volatile boolean stopping;

  Storefront(ShopOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    this.faultFrom = clock.instant().plus(options.faultAfter());
    this.metrics = new Metrics(options.version());
  }

  /// From now on the shop says it is not ready, and asks on each answer for the connection to be
  /// closed, so that nobody sends another request on one that is about to go.
  void stopping() {
    stopping = true;
  }

  /// From now on nothing is answered, not even what is being worked on.
  void crash() {
    crashed.countDown();
  }

  /// Requests that have been read and not yet answered in full.
  int inFlight() {
    return inFlight.get();
  }

  /// Business requests so far.
  long arrivals() {
    return arrivals.get();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    inFlight.incrementAndGet();
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      List<String> allowed = path.equals("/orders") ? List.of("POST") : List.of("GET", "HEAD");
      Answer answer;
      if (allowed.contains(exchange.getRequestMethod())) {
        answer = answer(path, exchange);
      } else {
        String methods = String.join(", ", allowed);
        exchange.getResponseHeaders().set("Allow", methods);
        answer = Answer.problem(405, "this address takes " + methods);
      }
      send(exchange, answer);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private Answer answer(String path, HttpExchange exchange) throws IOException {
    return switch (path) {
      case "/health" ->
          Answer.json(
              200, "{\"status\":\"healthy\",\"version\":\"%s\"}".formatted(options.version()));
      case "/ready" ->
          stopping
              ? Answer.json(503, "{\"status\":\"stopping\"}")
              : Answer.json(200, "{\"status\":\"ready\"}");
      case "/live" -> Answer.json(200, "{\"status\":\"live\"}");
      case "/version" -> Answer.json(200, "{\"version\":\"%s\"}".formatted(options.version()));
      case "/metrics" -> new Answer(200, "text/plain; version=0.0.4", metrics.text());
      case "/", "/products", "/orders" -> business(path, exchange);
      default ->
          path.startsWith("/products/")
              ? business(path, exchange)
              : Answer.problem(404, "there is nothing at this address");
    };
  }

  private Answer business(String path, HttpExchange exchange) throws IOException {
    long started = System.nanoTime();
    Answer answer = work(arrivals.incrementAndGet()) ? sell(path, exchange) : broken();
    metrics.answered(answer.status(), System.nanoTime() - started);
    return answer;
  }

  private Answer sell(String path, HttpExchange exchange) throws IOException {
    return switch (path) {
      case "/" ->
          Answer.json(
              200,
              "{\"version\":\"%s\",\"products\":\"/products\",\"orders\":\"/orders\"}"
                  .formatted(options.version()));
      case "/products" -> Answer.json(200, Catalogue.json());
      case "/orders" -> order(exchange);
      default ->
          Catalogue.find(path.substring("/products/".length()))
              .map(product -> Answer.json(200, product.json()))
              .orElseGet(() -> Answer.problem(404, "there is no such product"));
    };
  }

  private Answer order(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      return Answer.problem(413, "an order has at most %d bytes".formatted(BODY_BYTES_MAX));
    }
    String text = new String(body, StandardCharsets.UTF_8);
    Matcher product = PRODUCT.matcher(text);
    Matcher quantity = QUANTITY.matcher(text);
    if (!product.find() || !quantity.find() || quantity.group(1).matches("0+")) {
      return Answer.problem(400, "an order needs a product and a quantity from 1 to 999");
    }
    int ordered = Integer.parseInt(quantity.group(1));
    return Catalogue.find(product.group(1))
        .map(found ->
            Answer.json(
                201,
                "{\"order\":%d,\"product\":%d,\"quantity\":%d,\"total\":%s}"
                    .formatted(
                        orders.incrementAndGet(), found.id(), ordered, found.price(ordered))))
        .orElseGet(() -> Answer.problem(400, "there is no such product"));
  }

  /// Takes the time a request takes in this release. False when the release fails at it.
  private boolean work(long arrival) throws IOException {
    double luck = new SplittableRandom(WORK_SEED ^ arrival).nextDouble();
    var duration = Duration.ofNanos(WORK_NANOS_MIN + (long) (WORK_NANOS_SPREAD * luck * luck));
    boolean works = true;
    if (options.fault().isPresent() && !clock.instant().isBefore(faultFrom)) {
      switch (options.fault().get()) {
        case Fault.Errors errors -> works = !errors.hits(faultyArrivals.incrementAndGet());
        case Fault.Latency latency -> duration = duration.plus(latency.added());
        case Fault.Memory memory -> leak(memory);
        case Fault.CrashOnStart _, Fault.CrashAfter _ -> {}
      }
    }
    try {
      if (crashed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("the shop crashed before this request was answered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the shop stopped").initCause(e);
    }
    return works;
  }

  private void leak(Fault.Memory memory) {
    long bound = Math.min(memory.megabytes() * 1_048_576L, Runtime.getRuntime().maxMemory() / 2);
    if (leakedBytes.addAndGet(LEAK_BYTES) <= bound) {
      leaked.add(new byte[LEAK_BYTES]);
    }
  }

  private static Answer broken() {
    return Answer.problem(500, "the price list could not be read");
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = (answer.body() + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    if (stopping) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private record Answer(int status, String type, String body) {
    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }

    static Answer problem(int status, String reason) {
      return json(status, "{\"error\":\"%s\"}".formatted(reason));
    }
  }
}
