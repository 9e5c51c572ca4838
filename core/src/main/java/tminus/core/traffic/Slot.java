package tminus.core.traffic;

/// One of the places a target can put a version: blue, green, canary. Which one serves is state,
/// never part of the name.
///
/// @param name the slot's name, as the binding and the router spell it; not blank
public record Slot(String name) {

  public Slot {
    if (name.isBlank()) {
      throw new IllegalArgumentException("slot: the name is blank - name it as the binding does");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
