package tminus.core.plan;

/// A step's name, stable as long as its words and its place among equal words are:
/// `health-check-passes`.
///
/// @param value lower-case words joined by hyphens
public record StepId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
