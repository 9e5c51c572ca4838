package tminus.core.plan;

public final class Placeholder {
  private Placeholder() {}
}
