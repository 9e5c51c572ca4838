package tminus.engine.port;

import java.time.Duration;
import tminus.core.judge.Observation;
import tminus.core.traffic.Slot;

/// What slots answer, in numbers.
public interface MetricSource {

  /// What the slot answered in the interval that ends now. A slot without traffic has an
  /// observation with no requests.
  ///
  /// @param interval how far to look back; positive. A source that has not been watching that long
  ///   answers for the time it has
  /// @throws PortException when the source does not answer; never stands for bad health
  Observation observe(Slot slot, Duration interval);
}
