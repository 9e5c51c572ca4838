package tminus.core.run;

public final class Placeholder {
  private Placeholder() {}
}
