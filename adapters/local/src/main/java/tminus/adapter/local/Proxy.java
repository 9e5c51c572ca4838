package tminus.adapter.local;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import tminus.engine.port.PortException;

/// The built-in proxy: splits HTTP/1.1 requests between slots by exact weights, loses none when the
/// weights change, and counts what each slot answered.
///
/// It is meant to run as a process of its own, so that traffic flows on whatever happens to the
/// controller. It is steered over its admin address, by a [ProxyClient] for example. A request
/// whose slot cannot be reached gets 502, and one whose slot stays silent 504; neither is handed to
/// another slot, which would hide a broken candidate. Upgrades such as WebSocket are not passed on:
/// the service gets them as plain requests.
///
/// Safe for concurrent use.
public final class Proxy implements AutoCloseable {

  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(1);
  private static final Duration FINISH_MAX = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final ProxyOptions options;
  private final List<Relay> relays = new ArrayList<>();
  private final Admin admin;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Proxy(ProxyOptions options) {
    int loops = Runtime.getRuntime().availableProcessors();
    this.options = options;
    // One loop more than relays: the admin side never waits behind the traffic.
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(loops + 1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    var routing = new Routing(options, InstantSource.system().instant());
    // A negative port is one free port for all relays together; 0 would be one for each.
    int port = options.listen().port() == 0 ? -1 : options.listen().port();
    for (int i = 0; i < loops; i++) {
      relays.add(new Relay(vertx, options, routing, port));
    }
    this.admin = new Admin(vertx, options.admin(), routing);
  }

  /// Starts a proxy. It serves when this returns.
  ///
  /// @throws PortException when an address cannot be listened on, or the process to end with is
  ///   gone already
  public static Proxy start(ProxyOptions options) {
    var proxy = new Proxy(options);
    try {
      for (Relay relay : proxy.relays) {
        proxy.deploy(relay, options.listen());
      }
      proxy.deploy(proxy.admin, options.admin());
      options.exitWith().ifPresent(proxy::closeWith);
      return proxy;
    } catch (PortException e) {
      proxy.close();
      throw e;
    }
  }

  /// Where requests come in, with the real port.
  public Address listen() {
    return options.listen().withPort(relays.getFirst().port());
  }

  /// Where it is steered, with the real port.
  public Address admin() {
    return options.admin().withPort(admin.port());
  }

  /// Waits until the proxy is closed: by [#close], or with the process it was to end with.
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /// Stops taking requests in, lets those on their way finish for up to 10 s, and ends. Closing
  /// twice is closing once.
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      try {
        await(Future.join(relays.stream().map(relay -> relay.shutdown(FINISH_MAX)).toList()));
      } catch (ExecutionException | TimeoutException e) {
        // What did not finish in time is cut off by the next line; there is nobody left to tell.
      } finally {
        vertx.close();
        closed.countDown();
      }
    }
  }

  private void deploy(Deployable part, Address address) {
    try {
      await(vertx.deployVerticle(part));
    } catch (ExecutionException e) {
      if (isTaken(address)) {
        throw new PortException(
            "proxy: port %s is in use - stop what listens there, or choose another port"
                .formatted(address),
            e);
      }
      throw new PortException(
          "proxy: %s cannot be listened on (%s) - choose an address of this machine"
              .formatted(address, e.getCause()),
          e);
    } catch (TimeoutException e) {
      throw new PortException(
          "proxy: %s was not listened on within %s - start it again".formatted(address, START_MAX),
          e);
    }
  }

  /// Whether something answers there. Native transports have no exception of their own for a port
  /// in use, so it is tried.
  private static boolean isTaken(Address address) {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) CONNECT_MAX.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void closeWith(long pid) {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(() ->
                new PortException(
                    "proxy: process %d, to end with, does not run - name one that does"
                        .formatted(pid)));
    Thread.startVirtualThread(() -> {
      process.onExit().join();
      close();
    });
  }

  private static void await(Future<?> future) throws ExecutionException, TimeoutException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortException("proxy: interrupted - start it again", e);
    }
  }
}
