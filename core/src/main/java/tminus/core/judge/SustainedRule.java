package tminus.core.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The documents' own rule for a trigger: the condition is true, without a break, for as long as it
/// says. Immutable.
///
/// Too little data ends the stretch; a source that does not answer neither ends nor completes it,
/// since an outage of the metrics is no sign of health either way.
///
/// @param condition what is judged
/// @param since since when it has been true; empty when it is not
public record SustainedRule(Condition condition, Optional<Instant> since) {

  /// The rule before anything was measured.
  public static SustainedRule of(Condition condition) {
    return new SustainedRule(condition, Optional.empty());
  }

  /// The rule after one more look, and what it says.
  public record Judged(SustainedRule rule, Verdict verdict) {}

  /// Judges one observation.
  public Judged judge(Instant at, Observation observation) {
    return switch (Measurement.of(condition, observation)) {
      case Measurement.TooLittle(String reason) ->
          new Judged(of(condition), new Verdict.NotEnoughData(condition + ": " + reason));
      case Measurement.Unknown(String reason) ->
          new Judged(of(condition), new Verdict.Unavailable(reason));
      case Measurement.Value(double value) -> judge(at, value, observation.requests());
    };
  }

  private Judged judge(Instant at, double value, long requests) {
    if (!condition.comparison().holds(value, condition.limit().base())) {
      return new Judged(of(condition), new Verdict.Pass());
    }
    Instant from = since.orElse(at);
    Duration lasted = Duration.between(from, at);
    SustainedRule next = new SustainedRule(condition, Optional.of(from));
    String measured =
        "%s is %s over %d requests, and the limit is %s %s"
            .formatted(
                name(),
                Measurement.words(condition, value),
                requests,
                condition.comparison().symbol(),
                condition.limit());
    boolean longEnough = lasted.compareTo(condition.sustained().orElse(Duration.ZERO)) >= 0;
    return new Judged(
        next, longEnough ? new Verdict.RollBack(measured) : new Verdict.Hold(measured));
  }

  private String name() {
    return condition
        .toString()
        .substring(0, condition.toString().indexOf(" " + condition.comparison().symbol()));
  }
}
