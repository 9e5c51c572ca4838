package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tminus.core.plan.StepId;

/// What is wrong with a simulated world at the moment; nothing at first. Whoever changes it while
/// traffic flows calls [Traffic#advance] before. Confined to one thread.
public final class Troubles {

  /// What is wrong with the version in one of the slots.
  public static final class OfService {

    double errors;
    Duration latency = Duration.ZERO;
    boolean crashed;
    Optional<Leak> leak = Optional.empty();

    private OfService() {}

    /// The share of its answers that are errors, beyond the few of every service: 0 to 1.
    public void errors(double share) {
      errors = share;
    }

    /// How much longer than usual each answer takes.
    public void latency(Duration more) {
      latency = more;
    }

    /// Whether it does not answer at all.
    public void crashed(boolean is) {
      crashed = is;
    }
  }

  /// Memory that is not given back: slower and slower, and in the end it crashes.
  record Leak(Instant since, Duration untilCrash) {

    double progress(Instant now) {
      return Math.max(0, Duration.between(since, now).toMillis() / (double) untilCrash.toMillis());
    }
  }

  /// What a slot's answers are like.
  ///
  /// @param errors the share that fails, 0 to 1
  /// @param latency how much longer than usual they take
  record Behaviour(double errors, Duration latency) {}

  /// How often a good service fails all the same.
  private static final double USUAL_ERRORS = 0.0005;

  /// By how much a leak slows down, just before the crash.
  private static final long SLOWEST_MILLIS = 2_000;

  /// Latencies come in steps, so that the same ones come up again.
  private static final long STEP_MILLIS = 50;

  final OfService stable = new OfService();
  final OfService candidate = new OfService();
  boolean metricsSilent;
  boolean metricsLie;
  Duration metricsLag = Duration.ZERO;
  boolean routerFails;
  Duration routerSlow = Duration.ZERO;
  Duration routerLate = Duration.ZERO;
  boolean deployFails;
  boolean messagesFail;
  boolean migrationFails;
  boolean everyCheckFails;
  final Set<StepId> failing = new HashSet<>();

  Troubles() {}

  /// Of the version that comes in.
  public OfService candidate() {
    return candidate;
  }

  /// Of the version in production.
  public OfService stable() {
    return stable;
  }

  /// Whether the metric source does not answer.
  public void metricsSilent(boolean is) {
    metricsSilent = is;
  }

  /// Whether the metric source says that all is well, whatever is.
  public void metricsLie(boolean is) {
    metricsLie = is;
  }

  /// How old the metric source's numbers are.
  public void metricsLag(Duration lag) {
    metricsLag = lag;
  }

  /// Whether the router refuses new weights.
  public void routerFails(boolean is) {
    routerFails = is;
  }

  Behaviour of(boolean ofCandidate, boolean ready, Instant now) {
    OfService service = ofCandidate ? candidate : stable;
    double leaked = service.leak.map(leak -> leak.progress(now)).orElse(0.0);
    if (!ready || service.crashed || leaked >= 1) {
      return new Behaviour(1, Duration.ZERO);
    }
    long slower = Math.round(leaked * leaked * SLOWEST_MILLIS / STEP_MILLIS) * STEP_MILLIS;
    return new Behaviour(
        Math.min(1, USUAL_ERRORS + service.errors), service.latency.plusMillis(slower));
  }
}
