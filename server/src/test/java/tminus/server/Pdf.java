package tminus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionGoTo;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/// A PDF as its reader sees it.
///
/// @param pages the words of each page in the order in which they were written, without white
///   space: where lines break does not matter
/// @param words the words of each page from top to bottom, white space folded
public record Pdf(List<String> pages, List<String> words) {

  /// Reads a PDF, and holds it against what every one of ours promises: letters of its own, inside
  /// the page, and nothing that acts.
  public static Pdf read(byte[] bytes) {
    try (PDDocument pdf = Loader.loadPDF(bytes)) {
      List<String> pages = new ArrayList<>();
      List<String> words = new ArrayList<>();
      for (int i = 1; i <= pdf.getNumberOfPages(); i++) {
        pages.add(text(pdf, i, false).replaceAll("\\s+", ""));
        words.add(text(pdf, i, true).replaceAll("\\s+", " ").strip());
      }
      assertThat(pdf.getDocumentCatalog().getOpenAction()).isNull();
      for (PDPage page : pdf.getPages()) {
        for (PDAnnotation annotation : page.getAnnotations()) {
          assertThat(annotation).isInstanceOf(PDAnnotationLink.class);
          assertThat(((PDAnnotationLink) annotation).getAction()).isInstanceOf(PDActionGoTo.class);
        }
      }
      return new Pdf(List.copyOf(pages), List.copyOf(words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(PDDocument pdf, int page, boolean sorted) throws IOException {
    Inside stripper = new Inside();
    stripper.setSortByPosition(sorted);
    stripper.setStartPage(page);
    stripper.setEndPage(page);
    return stripper.getText(pdf);
  }

  /// All pages, without white space.
  public String all() {
    return String.join("", pages);
  }

  /// The first page with these words, from 1; fails when there is none.
  public int page(String wanted) {
    String letters = wanted.replaceAll("\\s+", "");
    for (int i = 0; i < pages.size(); i++) {
      if (pages.get(i).contains(letters)) {
        return i + 1;
      }
    }
    throw new AssertionError("no page says: " + wanted);
  }

  private static final class Inside extends PDFTextStripper {

    @Override
    protected void processTextPosition(TextPosition text) {
      assertThat(text.getFont().isEmbedded()).isTrue();
      // A character of a wrapped line may end on the margin; none may come near the edge.
      assertThat(text.getXDirAdj()).isGreaterThan(28);
      assertThat(text.getXDirAdj() + text.getWidthDirAdj())
          .as("the right edge of '%s'", text.getUnicode())
          .isLessThan(text.getPageWidth() - 28);
      assertThat(text.getYDirAdj()).isBetween(28f, text.getPageHeight() - 20);
      super.processTextPosition(text);
    }
  }
}
