package tminus.markdown;

public final class Placeholder {
  private Placeholder() {}
}
