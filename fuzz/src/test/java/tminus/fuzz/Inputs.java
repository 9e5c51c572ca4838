package tminus.fuzz;

import java.nio.charset.StandardCharsets;

/// Bytes of the fuzzer as texts.
final class Inputs {

  private Inputs() {}

  /// The bytes as UTF-8; what is none becomes U+FFFD, so that any bytes are a text. NUL is none to
  /// the command line, which refuses such files.
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace('\0', '\ufffd');
  }
}
