package tminus.core.judge;

import java.util.List;

/// The documents' own rule for a bake: at its end every condition was measured, and is met over the
/// whole bake.
public final class BakeRule {

  private BakeRule() {}

  /// Judges what the candidate answered since the bake began.
  ///
  /// @return never [Verdict.RollBack]: only triggers roll back
  public static Verdict judge(List<Condition> conditions, Observation sinceBegin) {
    Verdict worst = new Verdict.Pass();
    for (Condition condition : conditions) {
      Verdict verdict = judge(condition, sinceBegin);
      worst = rank(verdict) > rank(worst) ? verdict : worst;
    }
    return worst;
  }

  private static Verdict judge(Condition condition, Observation observation) {
    return switch (Measurement.of(condition, observation)) {
      case Measurement.TooLittle(String reason) ->
          new Verdict.NotEnoughData(condition + ": " + reason);
      case Measurement.Unknown(String reason) -> new Verdict.Unavailable(condition + ": " + reason);
      case Measurement.Value(double value) ->
          condition.comparison().holds(value, condition.limit().base())
              ? new Verdict.Pass()
              : new Verdict.Hold(
                  "%s: it is %s".formatted(condition, Measurement.words(condition, value)));
    };
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> 0;
      case Verdict.NotEnoughData _ -> 1;
      case Verdict.Unavailable _ -> 2;
      case Verdict.Hold _ -> 3;
      case Verdict.RollBack _ -> 4;
    };
  }
}
