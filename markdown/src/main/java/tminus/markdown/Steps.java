package tminus.markdown;

import java.util.regex.Pattern;
import tminus.core.checklist.Timing;

/// Bold lines that stand for headings.
final class Steps {

  private static final Pattern STEP =
      Pattern.compile("^(?:step|phase|stage|part)\\s[a-z]{0,2}\\d.*", Pattern.DOTALL);

  private Steps() {}

  /// `**Step 1.1: Activate the war room**`, alone on its line.
  static boolean isStep(Words line) {
    return line.length() < 200 && line.isBold() && STEP.matcher(Texts.lower(line.text())).matches();
  }

  /// `**Fastest way back (2 minutes):**`: words that say how long it takes name a step too.
  static boolean isTimed(Words line) {
    return line.length() < 200
        && line.isBold()
        && line.text().indexOf('_') < 0
        && Timings.of(line.text()).filter(Timing.Takes.class::isInstance).isPresent();
  }

  /// `**Rollback Trigger:** If …`.
  static boolean isRollback(Words line) {
    return !line.bold().isEmpty()
        && line.label()
            .filter(l -> Texts.lower(l.name()).startsWith("rollback trigger"))
            .isPresent();
  }
}
