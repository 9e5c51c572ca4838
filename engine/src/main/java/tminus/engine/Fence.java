package tminus.engine;

/// Proof of a lease, to be shown with each write made by its right. When somebody else has the
/// lease since, or it was given back, the write is refused: what a paused process still had to say
/// never lands.
///
/// @param resource what is leased: `run:ID` or `env:NAME`
/// @param token from 1; grows each time the resource changes hands or is given back, and is never
///   used again
public record Fence(String resource, long token) {

  /// A fence of a resource that has a name.
  public Fence {
    if (resource.isBlank() || token < 1) {
      throw new IllegalArgumentException(
          "fence: needs a resource and a token from 1 (%s, %d)".formatted(resource, token));
    }
  }
}
