package tminus.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tminus.core.run.RunCommand;

/// Lets time pass until a moment.
final class Pause implements Lookout {

  private final Instant end;
  private final InstantSource clock;
  private final RunCommand report;
  private boolean over;

  /// @param report what the run is told when the time is over
  Pause(Instant end, InstantSource clock, RunCommand report) {
    this.end = end;
    this.clock = clock;
    this.report = report;
  }

  @Override
  public List<RunCommand> look() {
    over = !clock.instant().isBefore(end);
    return over ? List.of(report) : List.of();
  }

  @Override
  public Optional<Instant> next() {
    return over ? Optional.empty() : Optional.of(end);
  }
}
