package tminus.engine.port;

import java.util.Map;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;

/// What splits traffic between slots.
public interface Router {

  /// Each slot's share now. The shares add up to 100 %.
  Map<Slot, Weight> weights();

  /// Gives each slot its share; in force when this returns. Slots not named get none. Setting what
  /// is set already changes nothing.
  ///
  /// @param weights shares that add up to 100 %
  void route(Map<Slot, Weight> weights);

  /// Waits until the slot, which must have no weight, has answered the requests it already had.
  ///
  /// @throws PortException when some are still unanswered after the router's own limit
  void drain(Slot slot);
}
