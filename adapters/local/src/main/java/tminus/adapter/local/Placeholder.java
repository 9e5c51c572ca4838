package tminus.adapter.local;

public final class Placeholder {
  private Placeholder() {}
}
