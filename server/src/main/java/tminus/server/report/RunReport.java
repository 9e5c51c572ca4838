package tminus.server.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Optional;
import tminus.engine.Runs;
import tminus.server.page.RunPage;
import tminus.server.page.Showable;
import tminus.server.print.Paper;
import tminus.server.template.JtereportGenerated;

/// The report of a run: one page for an auditor, a screen, a phone and paper. Safe for concurrent
/// use.
public final class RunReport {

  private RunReport() {}

  /// The report as HTML that needs nothing else: no request, no script. It is well-formed as XML
  /// too, and the same for the same journal.
  ///
  /// @param view the run, as far as it came
  /// @param filledDocument the document as filled in by the run
  /// @param chainVerified whether the run's hash chain was checked and holds
  public static String html(Runs.View view, String filledDocument, boolean chainVerified) {
    StringOutput out = new StringOutput();
    // The template's second parameter would change forms as they are written: there are none here.
    JtereportGenerated.render(
        new OwaspHtmlTemplateOutput(out), null, RunPage.of(view, filledDocument, chainVerified));
    return Showable.of(out.toString());
  }

  /// The same report as PDF, with everything unfolded: the same bytes for the same journal. It is
  /// dated by the run's last entry.
  ///
  /// @param html what `html` gave for this run
  public static byte[] pdf(Runs.View view, String html) {
    return Paper.print(
        html,
        new Paper.Imprint(
            view.state().plan().title(),
            "run " + view.id(),
            "plan " + view.state().hash(),
            Optional.of(view.events().getLast().at()),
            Optional.of("report.css")));
  }
}
