package tminus.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A network before a server that can lose a reply: what was asked for arrives and comes to pass,
/// and then the connection breaks.
final class LostReplies implements AutoCloseable {

  private final ServerSocket listening;
  private final int port;
  private final AtomicReference<Optional<String>> word = new AtomicReference<>(Optional.empty());
  private final AtomicInteger lost = new AtomicInteger();

  private LostReplies(ServerSocket listening, int port) {
    this.listening = listening;
    this.port = port;
  }

  /// Before the server on a port of this machine.
  static LostReplies to(int port) throws IOException {
    LostReplies network =
        new LostReplies(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    Thread.ofVirtual().start(network::accept);
    return network;
  }

  int port() {
    return listening.getLocalPort();
  }

  /// Loses the reply to the next request with a word in it, once.
  void loseReplyTo(String request) {
    word.set(Optional.of(request));
  }

  /// How many replies were lost.
  int lost() {
    return lost.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      AtomicReference<Boolean> losing = new AtomicReference<>(false);
      Thread back = Thread.ofVirtual().start(() -> reply(server, client, losing));
      byte[] bytes = new byte[1 << 16];
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        String request = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        Optional<String> awaited = word.get();
        if (awaited.isPresent()
            && request.contains(awaited.get())
            && word.compareAndSet(awaited, Optional.empty())) {
          losing.set(true);
        }
        out.write(bytes, 0, read);
        out.flush();
      }
      server.shutdownOutput();
      back.join();
    } catch (IOException _) {
      // One of them is gone, and so the other goes.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reply(Socket server, Socket client, AtomicReference<Boolean> losing) {
    try {
      byte[] bytes = new byte[1 << 16];
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (losing.get()) {
          lost.incrementAndGet();
          client.close();
          return;
        }
        out.write(bytes, 0, read);
        out.flush();
      }
      client.close();
    } catch (IOException _) {
      // One of them is gone, and so the other goes.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
