package tminus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import tminus.core.judge.Observation;
import tminus.core.run.Event.Slots;
import tminus.core.traffic.Slot;
import tminus.core.traffic.Weight;
import tminus.engine.port.MetricSource;
import tminus.engine.port.PortException;

/// What customers ask of a simulated service, and what they get. Requests come at random, at a
/// steady rate, and go where the router sends them. Confined to one thread.
///
/// Time is cut where anything changes and where somebody looks; within a piece, requests and errors
/// are Poisson draws.
public final class Traffic implements MetricSource {

  private static final int STABLE = 0;
  private static final int CANDIDATE = 1;

  /// Beyond this mean a Poisson draw is as good as a normal one.
  private static final double INVERTIBLE = 12;

  private final Reality reality;
  private final Troubles troubles;
  private final Slots slots;
  private final double perSecond;
  private final Duration slowLimit;
  private final RandomGenerator random;

  private int pieces = 1;
  private final Instant start;
  private long[] ends = new long[1_024];
  private long[][] requests = new long[2][1_024];
  private long[][] errors = new long[2][1_024];
  private LatencyPool[][] latency = new LatencyPool[2][1_024];
  private double slow;
  private Duration exposed = Duration.ZERO;

  /// @param perSecond requests in a second, on average
  /// @param slowLimit an answer that takes longer hurts
  Traffic(
      Reality reality,
      Troubles troubles,
      Slots slots,
      double perSecond,
      Duration slowLimit,
      RandomGenerator random) {
    this.reality = reality;
    this.troubles = troubles;
    this.slots = slots;
    this.perSecond = perSecond;
    this.slowLimit = slowLimit;
    this.random = random;
    this.start = reality.agenda().instant();
    latency[STABLE][0] = LatencyPool.of(Duration.ZERO);
    latency[CANDIDATE][0] = LatencyPool.of(Duration.ZERO);
    reality.before(_ -> advance());
  }

  /// Lets the requests come that came up to now.
  public void advance() {
    long now = now();
    long from = ends[pieces - 1];
    if (now <= from) {
      return;
    }
    if (pieces == ends.length) {
      grow();
    }
    double seconds = (now - from) / 1e9;
    ends[pieces] = now;
    Instant began = start.plusNanos(from);
    piece(STABLE, slots.stable(), began, seconds);
    piece(CANDIDATE, slots.candidate(), began, seconds);
    if (!reality.weight(slots.candidate()).equals(Weight.NONE)) {
      exposed = exposed.plusNanos(now - from);
    }
    pieces++;
  }

  /// Nanoseconds since the start.
  private long now() {
    Instant moment = reality.agenda().instant();
    return (moment.getEpochSecond() - start.getEpochSecond()) * 1_000_000_000L
        + moment.getNano()
        - start.getNano();
  }

  private void piece(int index, Slot slot, Instant from, double seconds) {
    int percent = reality.weight(slot).percent();
    Troubles.Behaviour behaviour = troubles.of(index == CANDIDATE, reality.isReady(slot), from);
    long asked = percent == 0 ? 0 : poisson(perSecond * percent / 100.0 * seconds);
    long failed = asked == 0 ? 0 : Math.min(asked, failures(asked, behaviour.errors()));
    requests[index][pieces] = requests[index][pieces - 1] + asked;
    errors[index][pieces] = errors[index][pieces - 1] + failed;
    LatencyPool before = latency[index][pieces - 1];
    LatencyPool pool =
        before.is(behaviour.latency()) ? before : LatencyPool.of(behaviour.latency());
    latency[index][pieces] = pool;
    if (!behaviour.latency().isZero()) {
      slow += (asked - failed) * pool.slowerThan(slowLimit);
    }
  }

  private long failures(long asked, double share) {
    return share >= 1 ? asked : poisson(asked * share);
  }

  private long poisson(double mean) {
    if (mean > INVERTIBLE) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = StrictMath.exp(-mean);
    double product = random.nextDouble();
    long count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  private void grow() {
    int larger = 2 * ends.length;
    ends = Arrays.copyOf(ends, larger);
    for (int i = 0; i < 2; i++) {
      requests[i] = Arrays.copyOf(requests[i], larger);
      errors[i] = Arrays.copyOf(errors[i], larger);
      latency[i] = Arrays.copyOf(latency[i], larger);
    }
  }

  /// What the slot answered, as far as the source tells.
  @Override
  public Observation observe(Slot slot, Duration interval) {
    if (troubles.metricsSilent) {
      throw new PortException("the metric source does not answer - look whether it runs");
    }
    advance();
    int last = pieceAt(now() - troubles.metricsLag.toNanos());
    int first = pieceAt(ends[last] - interval.toNanos());
    int index = slot.equals(slots.candidate()) ? CANDIDATE : STABLE;
    long asked = requests[index][last] - requests[index][first];
    long failed = errors[index][last] - errors[index][first];
    Duration covered = Duration.ofNanos(ends[last] - ends[first]);
    Duration over = covered.isPositive() ? covered : interval;
    if (troubles.metricsLie) {
      return new Observation(over, asked, 0, LatencyPool.of(Duration.ZERO).draw(asked, random));
    }
    return new Observation(over, asked, failed, latency[index][last].draw(asked, random));
  }

  /// The last piece that ended by then; the first one when there is none. Whoever looks most often
  /// looks at the latest ones.
  private int pieceAt(long moment) {
    if (ends[pieces - 1] <= moment) {
      return pieces - 1;
    }
    int low = 0;
    int high = pieces - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (ends[middle] > moment) {
        high = middle - 1;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /// How long the candidate has had traffic.
  public Duration exposed() {
    return exposed;
  }

  /// Requests that were answered with an error, or not at all, by either version.
  public long failed() {
    return errors[STABLE][pieces - 1] + errors[CANDIDATE][pieces - 1];
  }

  /// Requests that were answered, but more slowly than the document puts up with.
  public long slow() {
    return Math.round(slow);
  }

  /// Requests in a second, on average.
  double perSecond() {
    return perSecond;
  }

  /// All requests.
  public long asked() {
    return requests[STABLE][pieces - 1] + requests[CANDIDATE][pieces - 1];
  }

  /// Requests that the candidate got.
  public long askedOfCandidate() {
    return requests[CANDIDATE][pieces - 1];
  }
}
