package tminus.core.checklist;

public final class Placeholder {
  private Placeholder() {}
}
