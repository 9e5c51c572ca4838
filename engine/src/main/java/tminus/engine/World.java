package tminus.engine;

import java.util.Optional;
import tminus.engine.port.Commands;
import tminus.engine.port.MetricSource;
import tminus.engine.port.Notifier;
import tminus.engine.port.Router;
import tminus.engine.port.Target;

/// The outside world of one run: what its effects act on.
///
/// @param commands what runs the document's commands
/// @param notifier what delivers messages
/// @param delivery what moves versions and traffic, when the run does
public record World(Commands commands, Notifier notifier, Optional<Delivery> delivery) {

  /// What moves versions and traffic.
  public record Delivery(Target target, Router router, MetricSource metrics) {}
}
