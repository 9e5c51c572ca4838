package tminus.server.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Optional;
import tminus.core.plan.Binding;
import tminus.core.plan.Plan;
import tminus.server.page.PlanCopy;
import tminus.server.page.Showable;
import tminus.server.print.Paper;
import tminus.server.template.JteplanGenerated;

/// The printed copy of a plan: what a room full of people calls the roll by, ticks by hand, signs,
/// and tears the rollback off. Safe for concurrent use.
public final class PrintedPlan {

  private PrintedPlan() {}

  /// The copy as HTML that needs nothing else: no request, no script. It is well-formed as XML too,
  /// and the same for the same plan and binding.
  ///
  /// @param hash the plan's, in hex
  /// @param binding names who holds the roles
  public static String html(Plan plan, String hash, Binding binding) {
    StringOutput out = new StringOutput();
    JteplanGenerated.render(
        new OwaspHtmlTemplateOutput(out), null, PlanCopy.of(plan, hash, binding));
    return Showable.of(out.toString());
  }

  /// The copy as PDF: the same bytes for the same plan and binding. It has no date, since a plan
  /// has none.
  ///
  /// @param html what `html` gave for this plan
  public static byte[] pdf(Plan plan, String hash, String html) {
    return Paper.print(
        html,
        new Paper.Imprint(
            plan.title(),
            "plan " + hash.substring(0, 12),
            "plan " + hash,
            Optional.empty(),
            Optional.empty()));
  }
}
