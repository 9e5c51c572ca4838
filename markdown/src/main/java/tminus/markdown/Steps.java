package tminus.markdown;

import java.util.regex.Pattern;

/// Bold lines that stand for headings.
final class Steps {

  private static final Pattern STEP =
      Pattern.compile("^(?:step|phase|stage|part)\\s[a-z]{0,2}\\d.*", Pattern.DOTALL);

  private Steps() {}

  /// `**Step 1.1: Activate the war room**`, alone on its line.
  static boolean isStep(Words line) {
    return line.length() < 200 && line.isBold() && STEP.matcher(Texts.lower(line.text())).matches();
  }

  /// `**Rollback Trigger:** If …`.
  static boolean isRollback(Words line) {
    return !line.bold().isEmpty()
        && line.label()
            .filter(l -> Texts.lower(l.name()).startsWith("rollback trigger"))
            .isPresent();
  }
}
