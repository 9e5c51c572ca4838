package tminus.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import tminus.adapter.local.LocalOptions;
import tminus.adapter.local.LocalProcesses;
import tminus.core.traffic.Slot;
import tminus.engine.port.PortException;
import tminus.examples.shop.Shop;

/// What the demo plays on: the shop's first release in one slot, the proxy before it, and free
/// ports for all. Each process ends with this one, whatever way it ends.
final class DemoStage implements AutoCloseable {

  private static final Slot BLUE = new Slot("blue");
  private static final Slot GREEN = new Slot("green");
  private static final long PROXY_START_SECONDS = 30;
  private static final int FIRST_PORT = 20_000;
  private static final int END_OF_PORTS = 32_768;
  private static final int TRIES = 1_000;

  private final Path folder;
  private final Map<String, Integer> ports;
  private final LocalProcesses target;
  private final Process proxy;

  private DemoStage(Path folder, Map<String, Integer> ports, LocalProcesses target, Process proxy) {
    this.folder = folder;
    this.ports = ports;
    this.target = target;
    this.proxy = proxy;
  }

  /// Sets the stage: returns when the shop serves through the proxy.
  static DemoStage set(Path folder, String version) {
    try {
      Files.createDirectories(folder);
      Map<String, Integer> ports = freePorts("blue", "green", "listen", "admin");
      Map<Slot, Integer> slots = new LinkedHashMap<>();
      slots.put(BLUE, ports.get("blue"));
      slots.put(GREEN, ports.get("green"));
      LocalProcesses target =
          new LocalProcesses(
              LocalOptions.of(shop("none"), slots, folder.resolve("local")), (_, _) -> {});
      Process proxy = startProxy(folder, ports);
      DemoStage stage = new DemoStage(folder, ports, target, proxy);
      try {
        stage.awaitProxy();
        target.deploy(BLUE, version);
      } catch (RuntimeException e) {
        stage.close();
        throw e;
      }
      return stage;
    } catch (IOException e) {
      throw new UsageException(
          "%s: the demo cannot be set up there (%s) - choose another folder with --store"
              .formatted(folder, e.getMessage()));
    }
  }

  /// Free ports that differ, below those that systems give to connections: until a slot takes its
  /// own, one of the load's connections could have it.
  static Map<String, Integer> freePorts(String... names) throws IOException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom();
    for (int tries = 0; tries < TRIES; tries++) {
      int port = random.nextInt(FIRST_PORT, END_OF_PORTS);
      if (!ports.containsValue(port) && isFree(port)) {
        ports.put(names[ports.size()], port);
      }
      if (ports.size() == names.length) {
        return ports;
      }
    }
    throw new IOException("no free ports from %d on".formatted(FIRST_PORT));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }

  private static String java() {
    return ProcessHandle.current()
        .info()
        .command()
        .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /// The shop needs nothing but itself.
  private static String shopJar() {
    try {
      return Path.of(Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class on the class path has no file", e);
    }
  }

  private static List<String> shop(String fault) {
    return List.of(
        java(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        shopJar(),
        Shop.class.getName(),
        "--port",
        "{port}",
        "--version",
        "{version}",
        "--fault",
        fault,
        "--exit-with",
        Long.toString(ProcessHandle.current().pid()));
  }

  private static Process startProxy(Path folder, Map<String, Integer> ports) throws IOException {
    List<String> command =
        List.of(
            java(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "proxy",
            "--listen",
            "127.0.0.1:" + ports.get("listen"),
            "--admin",
            "127.0.0.1:" + ports.get("admin"),
            "--slot",
            "blue=127.0.0.1:" + ports.get("blue"),
            "--slot",
            "green=127.0.0.1:" + ports.get("green"),
            "--weights",
            "blue=100",
            "--exit-with",
            Long.toString(ProcessHandle.current().pid()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("proxy.log").toFile())
        .start();
  }

  private void awaitProxy() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PROXY_START_SECONDS);
    try {
      while (System.nanoTime() < end) {
        if (Files.readString(folder.resolve("proxy.log")).contains("listening")) {
          return;
        }
        if (proxy.waitFor(50, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      throw new PortException(
          "the proxy did not start: " + Files.readString(folder.resolve("proxy.log")).strip());
    } catch (IOException e) {
      throw new PortException("the proxy's log cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortException("the proxy did not start: interrupted", e);
    }
  }

  /// Where customers go.
  URI shop() {
    return URI.create("http://127.0.0.1:" + ports.get("listen"));
  }

  /// What the shop's binding and checklist want to know.
  Map<String, String> parameters(String version, String fault) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("VERSION", version);
    parameters.put("SHOP", "127.0.0.1:" + ports.get("listen"));
    parameters.put("CANDIDATE", "127.0.0.1:" + ports.get("green"));
    parameters.put("BLUE", String.valueOf(ports.get("blue")));
    parameters.put("GREEN", String.valueOf(ports.get("green")));
    parameters.put("ADMIN", "127.0.0.1:" + ports.get("admin"));
    parameters.put("JAVA", java());
    parameters.put("SHOP_JAR", shopJar());
    parameters.put("PID", Long.toString(ProcessHandle.current().pid()));
    parameters.put("FAULT", fault);
    return parameters;
  }

  @Override
  public void close() {
    proxy.destroy();
    target.retire(BLUE);
    target.retire(GREEN);
    try {
      if (!proxy.waitFor(5, TimeUnit.SECONDS)) {
        proxy.destroyForcibly();
      }
    } catch (InterruptedException e) {
      proxy.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
