package tminus.engine.port;

/// Delivers one message.
public interface Notifier {

  /// Delivers the message and returns what proves it.
  ///
  /// @param title one line
  /// @param body what follows, possibly several lines, possibly empty
  /// @return a receipt: where it went, and the identity it got there if it got one
  /// @throws PortException when it was not delivered
  String deliver(String title, String body);
}
