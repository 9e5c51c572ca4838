package tminus.server.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.regex.Pattern;
import tminus.engine.Runs;
import tminus.server.page.RunPage;
import tminus.server.template.JtereportGenerated;

/// The report of a run: one page for an auditor, a screen, a phone and paper. Safe for concurrent
/// use.
public final class RunReport {

  /// Characters that have no place in a page (control characters, halves of characters, and those
  /// that turn the reading direction around so that a text reads as what it is not).
  private static final Pattern UNSHOWABLE =
      Pattern.compile(
          "[\\p{Cc}&&[^\\n\\t]]|\\p{Cs}|[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

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
    return showable(out.toString());
  }

  /// Whatever a document or a command put into the page, a reader sees all of it: what cannot be
  /// shown is replaced by a picture of it, or by the sign for "some character".
  private static String showable(String html) {
    return UNSHOWABLE
        .matcher(html.replace("\r\n", "\n"))
        .replaceAll(match -> {
          char character = match.group().charAt(0);
          return character < 0x20 ? Character.toString(0x2400 + character) : "\ufffd";
        });
  }
}
