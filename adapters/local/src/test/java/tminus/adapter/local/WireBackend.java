package tminus.adapter.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that answers byte by byte as a test wants it to, also as no server should.
final class WireBackend implements AutoCloseable {

  private final ServerSocket socket;
  private final Conversation conversation;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// What is said on one connection, which is closed when it returns.
  interface Conversation {
    void hold(Line line) throws IOException;
  }

  WireBackend(Conversation conversation) {
    this.conversation = conversation;
    try {
      socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  Address address() {
    return Address.loopback(socket.getLocalPort());
  }

  /// How many connections were made so far.
  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        int number = connections.incrementAndGet();
        Thread.startVirtualThread(() -> serve(connection, number));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket connection, int number) {
    try (connection) {
      conversation.hold(new Line(connection, number));
    } catch (IOException e) {
      // The proxy left first; what the test expects it asks the proxy.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One connection.
  static final class Line {

    private final BufferedReader in;
    private final OutputStream out;
    private final int number;

    private Line(Socket socket, int number) throws IOException {
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      this.out = socket.getOutputStream();
      this.number = number;
    }

    /// Which connection it is; the first is 1.
    int number() {
      return number;
    }

    /// Reads the head of a request, up to its empty line; empty at the end of the connection.
    String readHead() throws IOException {
      var head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      return head.toString();
    }

    /// Waits until the other side closes.
    void awaitEnd() throws IOException {
      in.transferTo(Writer.nullWriter());
    }

    void write(String text) throws IOException {
      out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }
}
