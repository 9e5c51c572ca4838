package tminus.core.run;

/// Something a person attached to a step.
///
/// @param name what it is called: a file's name, or an address
/// @param digest SHA-256 of its bytes in lower-case hex; of an address, of its text
/// @param bytes how many bytes it has
/// @param text its content when it is a short text, else empty
public record Evidence(String name, String digest, long bytes, String text) {

  public Evidence {
    if (name.isBlank()) {
      throw new IllegalArgumentException("evidence: it has no name - give it one");
    }
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("evidence: %s is no SHA-256 in hex".formatted(digest));
    }
  }
}
