package tminus.engine;

public final class Placeholder {
  private Placeholder() {}
}
