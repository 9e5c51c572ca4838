package tminus.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tminus.core.checklist.Timing;

/// Tells where in a plan the deployment itself begins, preparations aside.
public final class Deployments {

  private static final Pattern NAMED =
      Pattern.compile("\\b(?:deploy\\w*|rollout|release|launch|cutover)\\b");

  private Deployments() {}

  /// The step the deployment begins with, by the document's own times: the first that stands at T-0
  /// or later; where no heading says so, the first after those before T-0, when its heading names a
  /// deployment. Empty when neither is certain.
  public static Optional<Step> start(List<Step> steps) {
    int prepared = -1;
    for (int i = 0; i < steps.size() && prepared < 0; i++) {
      prepared = when(steps.get(i)).filter(Duration::isNegative).isPresent() ? i : -1;
    }
    if (prepared < 0) {
      return steps.stream().filter(step -> when(step).isPresent()).findFirst();
    }
    List<Step> after = steps.subList(prepared, steps.size());
    Optional<Step> timed =
        after.stream()
            .filter(step -> when(step).filter(d -> !d.isNegative()).isPresent())
            .findFirst();
    return timed.or(() ->
        after.stream()
            .filter(step -> when(step).isEmpty())
            .findFirst()
            .filter(Deployments::isNamed));
  }

  private static boolean isNamed(Step step) {
    return !step.section().isEmpty()
        && step.section().stream()
            .anyMatch(title ->
                !step.section().getFirst().equals(title)
                    && NAMED.matcher(title.toLowerCase(Locale.ROOT)).find());
  }

  /// When the step's section begins, relative to T-0, if its heading says so.
  private static Optional<Duration> when(Step step) {
    return step.timing()
        .flatMap(timing ->
            switch (timing) {
              case Timing.At(Duration offset) -> Optional.of(offset);
              case Timing.Between(Duration from, _) -> Optional.of(from);
              case Timing.Takes _ -> Optional.empty();
            });
  }
}
