package tminus.cli;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import tminus.core.traffic.Slot;

/// The real process, killed at any moment of real deliveries and started again: the outcome is the
/// same as without, and every act is done once.
///
/// `-Dtminus.kills=N` asks for more kills, `-Dtminus.seed=N` for others.
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillsTest {

  private static final int KILLS = Integer.getInteger("tminus.kills", 100);
  private static final long SEED = Long.getLong("tminus.seed", 20261125);

  /// Kills of one run, at most: then it is let end, and the next one begins.
  private static final int OF_ONE_RUN = 34;

  private static final Slot BLUE = new Slot("blue");
  private static final Slot GREEN = new Slot("green");
}
