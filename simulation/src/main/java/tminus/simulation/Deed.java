package tminus.simulation;

import java.util.Map;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// Something that was really done to the simulated world, whoever says what about it.
public sealed interface Deed {

  /// The router splits the traffic so.
  record Routed(Map<Slot, Weight> weights) implements Deed {

    public Routed {
      weights = Map.copyOf(weights);
    }
  }

  /// A version came into a slot.
  record Deployed(Slot slot, String version) implements Deed {}

  /// A slot was emptied.
  record Retired(Slot slot) implements Deed {}

  /// A command ran to its end.
  ///
  /// @param line where it stands in the document
  /// @param well whether it did what it should
  record Ran(int line, String command, boolean well) implements Deed {}

  /// A message reached its channel.
  record Told(String key, String title) implements Deed {}
}
