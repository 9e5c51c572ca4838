package tminus.adapter.local;

import java.net.InetAddress;

/// A host and a port: `127.0.0.1:8080`, `[::1]:8080`.
///
/// @param host a name or a literal IP address, without brackets; not blank
/// @param port 0 to 65535; 0 means any free port where one is bound, and nowhere yet where one is
///   connected to
public record Address(String host, int port) {

  private static final int PORT_MAX = 65535;

  public Address {
    if (host.isBlank()) {
      throw new IllegalArgumentException("address: the host is blank - write it as 127.0.0.1:8080");
    }
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "address: %d is not a port - use 0 to %d".formatted(port, PORT_MAX));
    }
  }

  /// A port of this machine's own loopback interface.
  public static Address loopback(int port) {
    return new Address("127.0.0.1", port);
  }

  /// Reads `host:port`.
  ///
  /// @throws IllegalArgumentException with what is wrong and how to write it
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isBlank() || !port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "address: \"%s\" is not a host and a port - write it as 127.0.0.1:8080".formatted(text));
    }
    return new Address(host, Integer.parseInt(port));
  }

  /// Whether only this machine can reach it. Asks no name server: of all names, only `localhost`
  /// counts.
  public boolean isLoopback() {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The same host with another port.
  Address withPort(int other) {
    return new Address(host, other);
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
