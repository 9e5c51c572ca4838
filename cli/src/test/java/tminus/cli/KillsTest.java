package tminus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tminus.adapter.local.Address;
import tminus.adapter.local.LocalOptions;
import tminus.adapter.local.LocalProcesses;
import tminus.adapter.local.ProxyClient;
import tminus.core.run.Event;
import tminus.core.run.RunState;
import tminus.core.run.StepState.Phase;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.Journal;
import tminus.engine.RunId;
import tminus.engine.Runs;

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
