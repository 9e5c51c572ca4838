package tminus.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tminus.core.Limits;
import tminus.core.checklist.Command;
import tminus.core.checklist.Span;

/// The linter's limits, at each and one past it.
class LintLimitsTest {

  @Test
  void aLongerCommandIsNotTakenApart() {
    String fits = "echo " + "x".repeat(Limits.LINTED_COMMAND_MAX - 5);
    assertThat(placed(fits).pipelines()).hasSize(1);
    assertThat(placed(fits + "x").pipelines()).isEmpty();
  }

  @Test
  void deeperSubstitutionsAreNotLookedInto() {
    assertThat(ShellText.pipelines(nested(Limits.LINTED_NESTING_MAX)))
        .hasSize(Limits.LINTED_NESTING_MAX + 1);
    assertThat(ShellText.pipelines(nested(Limits.LINTED_NESTING_MAX + 1)))
        .hasSize(Limits.LINTED_NESTING_MAX + 1);
  }

  private static String nested(int levels) {
    return "echo $(".repeat(levels) + "date" + ")".repeat(levels);
  }

  private static Placed placed(String text) {
    Command command =
        new Command(new Span(1, 0, text.length()), "", text, Optional.empty(), List.of());
    return Placed.of(command, List.of(), "", text);
  }
}
