package tminus.engine.port;

import java.util.Optional;

/// Delivers one message.
public interface Notifier {

  /// Delivers the message and returns what proves it.
  ///
  /// @param key what tells this very message from all others, so that it can be found again
  /// @param title one line
  /// @param body what follows, possibly several lines, possibly empty
  /// @return a receipt: where it went, and the identity it got there if it got one
  /// @throws PortException when it was not delivered
  String deliver(String key, String title, String body);

  /// What proves that the message with this key was delivered, when that can be found out. Asked
  /// after a crash, before anything is told twice.
  default Optional<String> receipt(String key) {
    return Optional.empty();
  }
}
