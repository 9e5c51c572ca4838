package tminus.engine;

/// A run's name: `20261120-181500-k3f9`, the moment it began in UTC and four letters.
///
/// @param value as printed and typed
public record RunId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
