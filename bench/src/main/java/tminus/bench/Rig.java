package tminus.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The processes of a measurement, all on loopback: NGINX as the service behind, HAProxy and the
/// built-in proxy before it. Closing it ends those it started and no other.
final class Rig implements AutoCloseable {

  private static final Duration START_MAX = Duration.ofSeconds(20);
  private static final Duration STOP_MAX = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /// A hundred bytes, of which the first word is the slot.
  private static final String BODY = "%-100s";

  final int haproxy = freePort();
  final int proxy = freePort();
  final int admin = freePort();

  private final Path folder;
  private final Deque<Process> processes = new ArrayDeque<>();

  private Rig(Path folder) {
    this.folder = folder;
  }

  static Rig start(List<String> jvmOptions) throws IOException, InterruptedException {
    var rig = new Rig(Files.createTempDirectory("tminus-bench"));
    try {
      rig.startAll(jvmOptions);
      return rig;
    } catch (IOException | InterruptedException | RuntimeException e) {
      rig.close();
      throw e;
    }
  }

  private void startAll(List<String> jvmOptions) throws IOException, InterruptedException {
    int blue = freePort();
    int green = freePort();
    run("nginx", "-p", folder.toString(), "-e", "stderr", "-c", nginx(blue, green).toString());
    run("haproxy", "-f", haproxy(blue, green).toString());
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ProxyProcess.class.getName());
    for (int port : new int[] {proxy, admin, blue, green}) {
      command.add(Integer.toString(port));
    }
    run(command.toArray(String[]::new));
    for (int port : new int[] {blue, green, haproxy, proxy, admin}) {
      awaitPort(port);
    }
  }

  private Path nginx(int blue, int green) throws IOException {
    return write(
        "nginx.conf",
        """
        daemon off;
        pid %s/nginx.pid;
        worker_processes 1;
        events { worker_connections 4096; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          server { listen 127.0.0.1:%d; location / { return 200 "%s"; } }
          server { listen 127.0.0.1:%d; location / { return 200 "%s"; } }
        }
        """
            .formatted(folder, blue, BODY.formatted("blue"), green, BODY.formatted("green")));
  }

  private Path haproxy(int blue, int green) throws IOException {
    return write(
        "haproxy.cfg",
        """
        global
          nbthread %d
          maxconn 4096
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          http-reuse always
        frontend in
          bind 127.0.0.1:%d
          default_backend slots
        backend slots
          server blue 127.0.0.1:%d weight 100
          server green 127.0.0.1:%d weight 0
        """
            .formatted(CORES, haproxy, blue, green));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void run(String... command) throws IOException {
    Path log = folder.resolve(Path.of(command[0]).getFileName() + ".log");
    processes.push(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  private void awaitPort(int port) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (true) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("port %d: nothing listens - see %s".formatted(port, folder), e);
        }
      }
      TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
    }
  }

  /// Has wrk ask a port as fast as it is answered.
  LoadResult load(int port, int connections, Duration length)
      throws IOException, InterruptedException {
    Process wrk = startLoad(port, connections, length);
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    return LoadResult.parse(output);
  }

  /// The same, without waiting for it.
  Process startLoad(int port, int connections, Duration length) throws IOException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t" + Math.min(CORES, connections),
                "-c" + connections,
                "-d" + length.toSeconds() + "s",
                "--latency",
                "http://127.0.0.1:" + port + "/")
            .redirectErrorStream(true)
            .start();
    processes.push(wrk);
    return wrk;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no port is free on loopback", e);
    }
  }

  /// Ends the processes, last started first. The logs stay.
  @Override
  public void close() {
    for (Process process : processes) {
      process.destroy();
      process
          .onExit()
          .orTimeout(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(_ -> process.destroyForcibly())
          .join();
    }
  }
}
