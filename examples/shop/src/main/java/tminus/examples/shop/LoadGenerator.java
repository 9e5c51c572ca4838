package tminus.examples.shop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Customers of a shop: a steady number of requests each second, whether it answers or not.
///
/// A slow shop does not slow them down (an open loop), so what it does to them is seen in full: a
/// request that is due is sent on time, unless too many are unanswered, and then it is counted as
/// skipped. Of ten requests two look at `/`, six at a product, and two order one.
///
/// A GET whose kept-alive connection turns out to be closed is sent once more by the JDK's client,
/// as browsers do, and counts once. An order is never sent twice.
///
/// Safe for concurrent use.
public final class LoadGenerator implements AutoCloseable {

  /// The most requests per second.
  public static final int PER_SECOND_MAX = 10_000;

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long PRODUCTS = 8;

  private final URI shop;
  private final int perSecond;
  private final Patience patience;
  private final InstantSource clock;
  private final Tally tally = new Tally();
  private final Semaphore free;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Void> pacing;

  private LoadGenerator(URI shop, int perSecond, Patience patience, InstantSource clock) {
    this.shop = shop;
    this.perSecond = perSecond;
    this.patience = patience;
    this.clock = clock;
    this.free = new Semaphore(patience.unansweredMax());
    Instant start = clock.instant();
    this.pacing = CompletableFuture.runAsync(() -> pace(start), threads);
  }

  /// Starts the load. It goes on until it is closed.
  ///
  /// @param shop where the shop answers: `http://127.0.0.1:8080/`
  /// @param perSecond requests each second, 1 to [#PER_SECOND_MAX]
  /// @throws IllegalArgumentException when the rate is out of range or the address is not HTTP
  public static LoadGenerator start(URI shop, int perSecond) {
    return start(shop, perSecond, Patience.USUAL, steadyClock());
  }

  /// @param clock tells when a request is due, and when an answer failed
  static LoadGenerator start(URI shop, int perSecond, Patience patience, InstantSource clock) {
    if (perSecond < 1 || perSecond > PER_SECOND_MAX) {
      throw new IllegalArgumentException(
          "load: %d requests a second - use 1 to %d".formatted(perSecond, PER_SECOND_MAX));
    }
    if (!"http".equals(shop.getScheme()) || shop.getHost() == null) {
      throw new IllegalArgumentException(
          "load: %s is not where a shop answers - use http://HOST:PORT/".formatted(shop));
    }
    return new LoadGenerator(shop, perSecond, patience, clock);
  }

  /// What became of the requests so far; all numbers are of the same moment.
  public Totals totals() {
    return tally.totals();
  }

  /// Sends no more, and returns when each request sent has its answer or has been waited for its
  /// ten seconds. So nothing is lost by stopping. Closing twice does nothing more.
  @Override
  public void close() {
    stopped.countDown();
    pacing.join();
    threads.close();
    client.close();
  }

  /// The n-th request, from 0, is due n / perSecond after the start, however late the one before
  /// was: so a hold-up in here does not lower the rate.
  private void pace(Instant start) {
    long next = 0;
    try {
      long wait = 0;
      while (!stopped.await(wait, TimeUnit.NANOSECONDS)) {
        long elapsed = start.until(clock.instant(), ChronoUnit.NANOS);
        wait = next * NANOS_PER_SECOND / perSecond - elapsed;
        if (wait <= 0) {
          begin(next++);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(long number) {
    if (free.tryAcquire()) {
      tally.sent();
      threads.execute(() -> finish(number));
    } else {
      tally.skipped();
    }
  }

  private void finish(long number) {
    Optional<Integer> status = Optional.empty();
    try {
      status = answer(request(number));
    } finally {
      tally.ended(status, clock.instant());
      free.release();
    }
  }

  /// The status of the answer, or empty when there was none.
  private Optional<Integer> answer(HttpRequest request) {
    // The request's own time-out ends with the headers; this one covers the body as well.
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      return Optional.of(
          answer.get(patience.answerMax().toMillis(), TimeUnit.MILLISECONDS).statusCode());
    } catch (ExecutionException | TimeoutException lost) {
      answer.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private HttpRequest request(long number) {
    long product = 1 + number % PRODUCTS;
    return switch ((int) (number % 10)) {
      case 0, 5 -> HttpRequest.newBuilder(shop.resolve("/")).build();
      case 3, 8 ->
          HttpRequest.newBuilder(shop.resolve("/orders"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"product\":%d,\"quantity\":1}".formatted(product)))
              .build();
      default -> HttpRequest.newBuilder(shop.resolve("/products/" + product)).build();
    };
  }

  /// The time of day at the start, and from there on the time that really passed: a correction of
  /// the system's clock neither stops the load nor lets hours of requests fall due at once.
  private static InstantSource steadyClock() {
    Instant start = InstantSource.system().instant();
    long startNanos = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - startNanos);
  }

  /// How long customers put up with a shop that does not answer.
  ///
  /// @param unansweredMax how many requests may be unanswered at once
  /// @param answerMax how long one is waited for, body included
  record Patience(int unansweredMax, Duration answerMax) {
    /// A demo's 50 requests a second stay unanswered for the ten seconds with 500.
    static final Patience USUAL = new Patience(512, Duration.ofSeconds(10));
  }

  /// Counts under one lock, so that a reading is of one moment.
  private static final class Tally {
    private long sent;
    private long ok;
    private long failed;
    private long lost;
    private long skipped;
    private Optional<Totals.Failing> failing = Optional.empty();

    synchronized void sent() {
      sent++;
    }

    synchronized void skipped() {
      skipped++;
    }

    synchronized void ended(Optional<Integer> status, Instant when) {
      if (status.isEmpty()) {
        lost++;
      } else if (status.get() / 100 == 2) {
        ok++;
      } else {
        failed++;
        failing =
            Optional.of(failing.map(f -> f.with(when)).orElse(new Totals.Failing(when, when)));
      }
    }

    synchronized Totals totals() {
      return new Totals(sent, ok, failed, lost, skipped, failing);
    }
  }
}
