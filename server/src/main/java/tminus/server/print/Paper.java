package tminus.server.print;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.w3c.dom.Document;

/// Prints pages as PDF. Safe for concurrent use.
public final class Paper {

  static final String LETTERS = "DejaVu Sans Condensed";
  private static final String TYPEWRITER = "DejaVu Sans Mono";
  private static final int REGULAR = 400;
  private static final int BOLD = 700;

  static {
    // What it finds wrong with a page is for those who wrote the page: the tests.
    XRLog.setLoggerImpl(new Silence());
  }

  private Paper() {}

  /// What stands in the margins of each page, and in the file's properties.
  ///
  /// @param title what it is about
  /// @param mark which one it is, in a few words
  /// @param identity what it was made from, in full; decides the file's id
  /// @param at when that came to be, if it has a time
  /// @param style the style sheet, among this package's resources, that takes the place of the
  ///   page's own; empty when that one is fit for paper
  public record Imprint(
      String title, String mark, String identity, Optional<Instant> at, Optional<String> style) {}

  /// The page as PDF: the same bytes for the same page and imprint. Nothing is fetched, whatever
  /// the page asks for.
  ///
  /// @param html a page that is well-formed as XML
  public static byte[] print(String html, Imprint imprint) {
    return print(html, imprint, _ -> {});
  }

  /// @param remarks gets what the page says that paper cannot do
  static byte[] print(String html, Imprint imprint, java.util.function.Consumer<String> remarks) {
    Document page = PaperPage.of(html, imprint);
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.withW3cDocument(page, null);
    builder.withProducer("Tminus");
    builder.useSVGDrawer(new ChartDrawer());
    builder.useUriResolver((_, _) -> null);
    builder.useExternalResourceAccessControl(
        (_, _) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
    builder.withDiagnosticConsumer(remark -> remarks.accept(remark.getFormattedMessage()));
    fonts(builder);
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
      renderer.createPDFWithoutClosing();
      return save(renderer.getPdfDocument(), imprint);
    } catch (IOException e) {
      throw new UncheckedIOException("a page could not be printed", e);
    }
  }

  private static byte[] save(PDDocument pdf, Imprint imprint) throws IOException {
    PDDocumentInformation properties = pdf.getDocumentInformation();
    properties.setCreator("Tminus");
    properties.setSubject(imprint.identity());
    properties.setCreationDate(
        imprint.at().map(at -> GregorianCalendar.from(at.atZone(ZoneOffset.UTC))).orElse(null));
    pdf.setDocumentId((long) imprint.identity().hashCode());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pdf.save(out);
    return out.toByteArray();
  }

  // ---- letters ---------------------------------------------------------------------------------

  private static void fonts(PdfRendererBuilder builder) {
    font(builder, "DejaVuSansCondensed.ttf", LETTERS, REGULAR, FSFontUseCase.DOCUMENT);
    font(builder, "DejaVuSansCondensed-Bold.ttf", LETTERS, BOLD, FSFontUseCase.DOCUMENT);
    font(builder, "DejaVuSansMono.ttf", TYPEWRITER, REGULAR, FSFontUseCase.DOCUMENT);
    font(builder, "DejaVuSansMono-Bold.ttf", TYPEWRITER, BOLD, FSFontUseCase.DOCUMENT);
    // It has the most characters; where another lacks one, it comes from here.
    font(builder, "DejaVuSansCondensed.ttf", "rest", REGULAR, FSFontUseCase.FALLBACK_FINAL);
  }

  private static void font(
      PdfRendererBuilder builder, String file, String family, int weight, FSFontUseCase use) {
    builder.useFont(() -> resource(file), family, weight, FontStyle.NORMAL, true, EnumSet.of(use));
  }

  static InputStream resource(String name) {
    return Objects.requireNonNull(Paper.class.getResourceAsStream(name), name);
  }

  /// The style sheets of this page, in the order in which they count.
  static List<String> styles(Imprint imprint) {
    return java.util.stream.Stream.concat(
            imprint.style().stream(), java.util.stream.Stream.of("paper.css"))
        .map(Paper::text)
        .toList();
  }

  private static String text(String name) {
    try (InputStream in = resource(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
