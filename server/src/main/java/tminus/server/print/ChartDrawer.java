package tminus.server.print;

import com.openhtmltopdf.css.constants.IdentValue;
import com.openhtmltopdf.css.parser.FSRGBColor;
import com.openhtmltopdf.css.sheet.FontFaceRule;
import com.openhtmltopdf.css.style.CssContext;
import com.openhtmltopdf.css.value.FontSpecification;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.extend.SVGDrawer;
import com.openhtmltopdf.layout.SharedContext;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.render.AbstractOutputDevice;
import com.openhtmltopdf.render.Box;
import com.openhtmltopdf.render.FSFont;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.BasicStroke;
import java.awt.geom.Path2D;
import java.io.File;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Draws our own charts on paper: the paths and texts that `SvgChart` writes, and no other SVG.
/// That is a page of code in place of ten megabytes of library.
final class ChartDrawer implements SVGDrawer {

  /// In the units of the drawing, as in the page's style.
  private static final float LETTERS = 11;

  private static final Pattern VIEW = Pattern.compile("0 0 ([\\d.]+) ([\\d.]+)");
  private static final Pattern STROKE = Pattern.compile("([MLHVh])([-\\d.]+)(?: ([-\\d.]+))?");

  @Override
  public void importFontFaceRules(List<FontFaceRule> rules, SharedContext context) {}

  @Override
  public void addFontFile(File file, String family, Integer weight, FontStyle style) {}

  @Override
  public void close() {}

  @Override
  public SVGImage buildSVGImage(
      Element svg, Box box, CssContext css, double width, double height, double dotsPerPixel) {
    Matcher view = VIEW.matcher(svg.getAttribute("viewBox"));
    if (!view.matches()) {
      throw new IllegalArgumentException("svg: it has no view box, so it is not one of our charts");
    }
    double wide = Double.parseDouble(view.group(1));
    double scale = width > 0 ? width / wide : dotsPerPixel;
    return new Drawing(svg, scale, wide * scale, Double.parseDouble(view.group(2)) * scale);
  }

  /// How things of one class look, in the units of the drawing.
  ///
  /// @param dash how long each stroke of a dashed line is; 0 for a line without gaps
  /// @param gap how long the gaps are
  private record Look(int colour, float width, float dash, float gap) {

    Look(int colour, float width) {
      this(colour, width, 0, 0);
    }

    static Look of(String styles) {
      return switch (styles) {
        case "line stable" -> new Look(0x2f6aa8, 1.5f);
        case "line candidate" -> new Look(0xb1500a, 2.25f);
        case "leader stable", "stable" -> new Look(0x2f6aa8, .75f);
        case "leader candidate", "candidate" -> new Look(0xb1500a, .75f);
        case "limit" -> new Look(0xb3261e, 1.25f, 7, 4);
        case "moment" -> new Look(0x1a1d21, 1.25f, 2, 3);
        case "axis" -> new Look(0x555d67, 1);
        case "grid" -> new Look(0xd3d8de, 1);
        default -> new Look(0x1a1d21, 1);
      };
    }

    BasicStroke stroke(double scale) {
      float wide = (float) (width * scale);
      return dash == 0
          ? new BasicStroke(wide, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
          : new BasicStroke(
              wide,
              BasicStroke.CAP_BUTT,
              BasicStroke.JOIN_ROUND,
              1,
              new float[] {(float) (dash * scale), (float) (gap * scale)},
              0);
    }

    FSRGBColor rgb() {
      return new FSRGBColor(colour);
    }
  }

  /// @param scale dots for one unit of the drawing
  private record Drawing(Element svg, double scale, double width, double height)
      implements SVGImage {

    @Override
    public int getIntrinsicWidth() {
      return (int) width;
    }

    @Override
    public int getIntrinsicHeight() {
      return (int) height;
    }

    @Override
    public void drawSVG(OutputDevice device, RenderingContext context, double x, double y) {
      for (Node node = svg.getFirstChild(); node != null; node = node.getNextSibling()) {
        if (node instanceof Element element) {
          switch (element.getTagName()) {
            case "path" -> path(element, device, x, y);
            case "text" -> text(element, device, context, x, y);
            default -> {} // title and description: the words below the chart say the same
          }
        }
      }
    }

    private void path(Element element, OutputDevice device, double left, double top) {
      Path2D.Double path = new Path2D.Double();
      Matcher stroke = STROKE.matcher(element.getAttribute("d"));
      double x = 0;
      double y = 0;
      while (stroke.find()) {
        double number = Double.parseDouble(stroke.group(2));
        switch (stroke.group(1)) {
          case "H" -> x = number;
          case "V" -> y = number;
          case "h" -> x += number;
          default -> {
            x = number;
            y = Double.parseDouble(stroke.group(3));
          }
        }
        if (stroke.group(1).equals("M")) {
          path.moveTo(left + x * scale, top + y * scale);
        } else {
          path.lineTo(left + x * scale, top + y * scale);
        }
      }
      Look look = Look.of(element.getAttribute("class"));
      device.setColor(look.rgb());
      device.setStroke(look.stroke(scale));
      device.draw(path);
    }

    private void text(
        Element element, OutputDevice device, RenderingContext context, double left, double top) {
      String style = element.getAttribute("class");
      String words = element.getTextContent();
      boolean bold = style.equals("panel") || style.equals("moment");
      FontSpecification wanted = letters(bold);
      FSFont font = context.getFont(wanted);
      double wide = context.getTextRenderer().getWidth(context.getFontContext(), font, words);
      double before =
          switch (element.getAttribute("text-anchor")) {
            case "middle" -> wide / 2;
            case "end" -> wide;
            default -> 0;
          };
      double x = left + Double.parseDouble(element.getAttribute("x")) * scale - before;
      double y = top + Double.parseDouble(element.getAttribute("y")) * scale;
      device.setColor(Look.of(style).rgb());
      device.setFont(font);
      if (device instanceof AbstractOutputDevice drawing) {
        // Else it takes the letters for those of whatever was drawn before, and fattens them.
        drawing.setFontSpecification(wanted);
      }
      context.getTextRenderer().drawString(device, words, (float) x, (float) y);
    }

    private FontSpecification letters(boolean bold) {
      FontSpecification wanted = new FontSpecification();
      wanted.families = new String[] {Paper.LETTERS};
      wanted.size = (float) (LETTERS * scale);
      wanted.fontWeight = bold ? IdentValue.BOLD : IdentValue.NORMAL;
      wanted.fontStyle = IdentValue.NORMAL;
      wanted.variant = IdentValue.NORMAL;
      return wanted;
    }
  }
}
