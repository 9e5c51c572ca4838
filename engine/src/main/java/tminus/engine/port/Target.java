package tminus.engine.port;

import java.util.Optional;
import tminus.core.traffic.Slot;

/// Where the service lives: puts versions into slots and tells what is there.
public interface Target {

  /// Puts a version into a slot and returns once it says it is ready. Putting the version there
  /// that is there already, and ready, changes nothing.
  ///
  /// @throws PortException when it cannot be started or is not ready in time; nothing of it is left
  ///   running then
  void deploy(Slot slot, String version);

  /// What the slot holds now, or empty when it holds nothing that runs.
  Optional<Deployed> observe(Slot slot);

  /// Stops what the slot holds, after its traffic is gone. An empty slot is left alone.
  void retire(Slot slot);

  /// A version in a slot.
  ///
  /// @param version the version as the running service itself tells it
  /// @param ready whether it says it can take traffic
  record Deployed(String version, boolean ready) {}
}
