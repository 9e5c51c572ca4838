package tminus.examples.shop;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A small shop over HTTP on loopback: one release of it, running.
///
/// It sells at `/`, `/products`, `/products/{id}` and `POST /orders`, and tells about itself at
/// `/health`, `/ready`, `/live`, `/version` and `/metrics`. A [Fault] spoils the selling only.
///
/// Stopping loses no request that reached it: the shop first says it is not ready, goes on
/// answering with `Connection: close` until no business request has come for a moment and none is
/// in flight, and only then closes. What a server cannot see is a request that a client is just
/// sending on a kept-alive connection while the server closes it (RFC 9112, section 9.3.1). So
/// whatever stands in front must have sent its last request here, and dropped its idle connections,
/// before it ends the shop. It must also not keep an idle connection longer than 30 seconds, when
/// the JDK's server closes it.
///
/// Safe for concurrent use.
public final class Shop implements AutoCloseable {

  /// Without a business request for this long, the front has stopped sending: five times the 20 ms
  /// between requests at the 50 a second of a demo.
  private static final Duration QUIET = Duration.ofMillis(100);

  /// A front that goes on sending to a shop that is not ready does not hold it up for longer.
  private static final Duration QUIET_WAIT_MAX = Duration.ofSeconds(5);

  /// For what is in flight after that.
  private static final Duration FINISH_MAX = Duration.ofSeconds(5);

  /// Connections waiting to be accepted: a burst of load, many times over.
  private static final int BACKLOG = 512;

  private final Storefront storefront;
  private final HttpServer server;
  private final ExecutorService threads;
  private final int port;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private Shop(Storefront storefront, int port) throws IOException {
    this.storefront = storefront;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    this.port = server.getAddress().getPort();
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", storefront);
    server.start();
  }

  /// Starts a release and returns once it answers.
  ///
  /// @throws UncheckedIOException when the port cannot be had
  /// @throws IllegalStateException when the release crashes on start, as its fault asks
  public static Shop start(ShopOptions options) {
    return start(options, InstantSource.system());
  }

  /// @param clock tells when the fault begins
  static Shop start(ShopOptions options, InstantSource clock) {
    if (options.fault().filter(Fault.CrashOnStart.class::isInstance).isPresent()) {
      throw new IllegalStateException(
          "orders: the column 'gift_note' is missing - run the migration of %s first"
              .formatted(options.version()));
    }
    Shop shop;
    try {
      shop = new Shop(new Storefront(options, clock), options.port());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "port %d: cannot listen (%s) - use another, or 0 for a free one"
              .formatted(options.port(), e.getMessage()),
          e);
    }
    options
        .fault()
        .filter(Fault.CrashAfter.class::isInstance)
        .map(Fault.CrashAfter.class::cast)
        .ifPresent(fault -> shop.threads.execute(() -> shop.crash(fault.after())));
    options.exitWith().ifPresent(pid -> Thread.ofVirtual().start(() -> shop.closeAfter(pid)));
    return shop;
  }

  /// The port it listens on, on loopback.
  public int port() {
    return port;
  }

  /// Completes when the shop is closed; fails with the reason when it crashed.
  CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /// Requests being answered now.
  int inFlight() {
    return storefront.inFlight();
  }

  /// Stops without losing a request, see above; takes a tenth of a second when there is no traffic,
  /// ten seconds at most. Closing twice does nothing more; the second call waits for the first.
  @Override
  public void close() {
    synchronized (stopped) {
      if (stopped.getCount() == 0) {
        return;
      }
      storefront.stopping();
      awaitQuiet();
      server.stop((int) FINISH_MAX.toSeconds());
      stopped.countDown();
    }
    threads.shutdown();
    ended.complete(null);
  }

  private void awaitQuiet() {
    long deadline = System.nanoTime() + QUIET_WAIT_MAX.toNanos();
    try {
      long seen = -1;
      while (System.nanoTime() < deadline
          && (seen != storefront.arrivals() || storefront.inFlight() > 0)) {
        seen = storefront.arrivals();
        stopped.await(QUIET.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Breaks off after that time, if it still runs then: what is in flight gets no answer.
  void crash(Duration after) {
    try {
      if (stopped.await(after.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    synchronized (stopped) {
      if (stopped.getCount() == 0) {
        return;
      }
      storefront.crash();
      server.stop(0);
      stopped.countDown();
    }
    threads.shutdown();
    ended.completeExceptionally(
        new IllegalStateException("orders: the connection pool is used up - nothing can be sold"));
  }

  private void closeAfter(long pid) {
    ProcessHandle.of(pid).map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
    close();
  }

  /// Runs a release until it is told to end (SIGTERM), its `--exit-with` process is gone, or it
  /// crashes. Exits with 0 after an orderly end, 1 when the release cannot start or crashes, 2 when
  /// the arguments are wrong.
  public static void main(String[] arguments) {
    // Its default of 200 closes connections under its customers' hands as soon as there are more of
    // them.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.exit(run(List.of(arguments)));
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // a crashing service is what this one shows
  private static int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      System.out.print(ShopOptions.USAGE);
      return 0;
    }
    try {
      ShopOptions options = ShopOptions.parse(arguments);
      Shop shop = start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(shop::end));
      System.out.println(
          "shop %s listens on http://127.0.0.1:%d/".formatted(options.version(), shop.port()));
      shop.ended.get();
      return 0;
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.print(ShopOptions.USAGE);
      return 2;
    } catch (UncheckedIOException taken) {
      System.err.println(taken.getMessage());
      return 1;
    } catch (ExecutionException crash) {
      Objects.requireNonNull(crash.getCause()).printStackTrace();
      return 1;
    } catch (IllegalStateException | InterruptedException crash) {
      crash.printStackTrace();
      return 1;
    }
  }

  /// Ends the process. SIGTERM by itself would make the exit code 143, also after an orderly stop.
  private void end() {
    close();
    Runtime.getRuntime().halt(ended.isCompletedExceptionally() ? 1 : 0);
  }
}
