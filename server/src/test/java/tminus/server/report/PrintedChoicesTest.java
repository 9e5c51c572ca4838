package tminus.server.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.core.plan.Planner;
import tminus.core.plan.Selection;
import tminus.markdown.MarkdownReader;

/// What the printed plan says of what was chosen before it was printed, and of what must be decided
/// on it.
class PrintedChoicesTest {

  private static final String HASH = "c0ffee".repeat(10) + "cafe";

  @Test
  void theWayThatIsTakenAndThoseThatAreNotStandOnThePaper() {
    String text =
        """
        # Bake

        ## Ways

        ### Method 1: Oven

        - [ ] Heat the oven

        ### Method 2: Pan

        - [ ] Heat the pan
        """;
    Binding pan =
        new Binding(Map.of(), Map.of(), false, 1)
            .choosing(List.of(new Selection(Optional.empty(), "pan")));
    assertThat(PrintedPlan.html(plan(text, pan), HASH, pan))
        .contains("Method 2: Pan (line 9); left out: Method 1: Oven (line 5)")
        .doesNotContain("Heat the oven");
  }

  @Test
  void aGateSaysWhatItTakes() {
    assertThat(
            PrintedPlan.html(
                plan("# A\n\n**Decision: [ ] GO  [ ] NO-GO**\n", Binding.NONE), HASH, Binding.NONE))
        .contains("One person must say go, within 24 h of being asked; else it is no-go.");
  }

  private static Plan plan(String markdown, Binding binding) {
    return Planner.plan(MarkdownReader.read("docs/oven.md", markdown.getBytes(UTF_8)), binding);
  }
}
