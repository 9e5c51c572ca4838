package tminus.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tminus.engine.Runs;
import tminus.server.Pdf;
import tminus.server.SampleRun;

class RunReportPdfTest {

  private static final String HOSTILE =
      "</pre></script><script>alert(1)</script><img src=x onerror=alert(1)> "
          + "\u001b[2J \u0007\u0085 \u202egnp.exe \ud800 \uffff 麦 "
          + "w".repeat(2000);

  private static byte[] bytes(SampleRun run, String filled) {
    Runs.View view = run.view();
    return RunReport.pdf(view, RunReport.html(view, filled, true));
  }

  private static Pdf pdf(SampleRun run) {
    return Pdf.read(bytes(run, "# Shop\n\n- [x] Done → ✓\n"));
  }

  @Test
  void saysWhatThePageSaysWithEverythingUnfolded() {
    Pdf pdf = pdf(SampleRun.rolledBack());
    assertThat(pdf.words().getFirst())
        .startsWith("Shop: production deployment run 20261120-235830-k3f9")
        .contains("✗ Rolled back error rate is 8.1 %, and the limit is > 5 %")
        .endsWith("plan %s page 1 of %d".formatted(SampleRun.HASH, pdf.pages().size()));
    assertThat(pdf.all())
        .contains("attempt1:FAILED(line93:0.31isnot<0.25)")
        .contains("{\"status\":\"healthy\"}")
        .contains("-[x]Done→✓")
        .contains("Verification:theticketsaysso");
  }

  @Test
  void theTrafficIsDrawn() {
    Pdf pdf = pdf(SampleRun.rolledBack());
    String page = pdf.words().get(pdf.page("time (UTC)") - 1);
    assertThat(page)
        .contains("Candidate’s share of the traffic, %", "Error rate, %", "p95 latency, ms")
        .contains("trigger fired");
    assertThat(pdf.all().split("p95latency,ms", -1)).as("once, not for phones too").hasSize(2);
  }

  @Test
  void isDatedByTheRunAndTheSameForTheSameJournal() throws IOException {
    byte[] bytes = bytes(SampleRun.succeeded(), "");
    assertThat(bytes(SampleRun.succeeded(), "")).isEqualTo(bytes);
    List<?> events = SampleRun.succeeded().view().events();
    try (PDDocument pdf = Loader.loadPDF(bytes)) {
      assertThat(pdf.getDocumentInformation().getCreationDate().toInstant())
          .isEqualTo(
              SampleRun.succeeded()
                  .view()
                  .events()
                  .get(events.size() - 1)
                  .at()
                  .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
      assertThat(pdf.getDocumentInformation().getTitle()).contains("20261120-235830-k3f9");
      PDOutlineItem first = pdf.getDocumentCatalog().getDocumentOutline().getFirstChild();
      assertThat(first.getTitle()).isEqualTo("Summary");
    }
  }

  @Test
  @Timeout(60)
  void whatDocumentsAndCommandsSayIsShownAndNeverActedOn() {
    Pdf pdf = Pdf.read(bytes(SampleRun.hostile(HOSTILE), HOSTILE));
    assertThat(pdf.all())
        .contains("</script><script>alert(1)</script><imgsrc=xonerror=alert(1)>")
        .contains("‹escape›[2J‹bell›��gnp.exe��‹U+9EA6›")
        .contains("w".repeat(2000));
  }

  @Test
  @Timeout(120)
  void aLargeRunIsPrintedWhole() {
    Pdf pdf = pdf(SampleRun.large(40));
    assertThat(pdf.all()).contains("Stepnumber0", "Stepnumber39");
    assertThat(pdf.words().getLast())
        .endsWith("page %d of %d".formatted(pdf.pages().size(), pdf.pages().size()));
  }
}
