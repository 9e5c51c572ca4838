package tminus.server.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tminus.server.chart.Chart.Limit;
import tminus.server.chart.Chart.Line;
import tminus.server.chart.Chart.Moment;
import tminus.server.chart.Chart.Panel;
import tminus.server.chart.Chart.Part;
import tminus.server.chart.Chart.Point;
import tminus.server.chart.Chart.Shape;

/// Draws a chart as SVG. Use one for one drawing; not safe for concurrent use.
///
/// It has no colours of its own: the page's style gives them to the classes `stable`, `candidate`,
/// `limit`, `moment`, `axis` and `grid`, so that light, dark and paper each get theirs. Everything
/// that tells lines apart is also said in words beside them.
public final class SvgChart {

  private static final int LEFT = 46;
  private static final int RIGHT = 66;
  private static final int ROW = 17;
  private static final int PANEL_TITLE = 22;
  private static final int PANEL_GAP = 12;
  private static final int AXIS = 38;

  /// A character's width at the style's 12 px, generously.
  private static final double CHARACTER = 6.4;

  private static final double BOLD_CHARACTER = 7.3;

  /// A limit this many times higher than all that was measured would press the lines flat.
  private static final double FAR = 6;

  private final Chart chart;
  private final int width;
  private final double plotRight;
  private final StringBuilder out = new StringBuilder();

  private SvgChart(Chart chart, int width) {
    this.chart = chart;
    this.width = width;
    this.plotRight = width - RIGHT;
  }

  /// The chart as one `svg` element, well-formed as XML too.
  ///
  /// @param width in pixels, at which its letters have 12; at least 300
  /// @param id what the names of its title and description begin with; unique in the page
  public static String draw(Chart chart, int width, String id) {
    return new SvgChart(chart, width).draw(id);
  }

  private String draw(String id) {
    List<Label> labels = rows();
    int top = labels.stream().mapToInt(label -> label.row() + 1).max().orElse(0) * ROW + 4;
    int bottom =
        top
            + chart.panels().stream()
                .mapToInt(panel -> titleHeight(panel) + panel.height() + PANEL_GAP)
                .sum()
            - PANEL_GAP;
    out.append(
        """
        <svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="%s-title %s-desc">
        <title id="%s-title">%s</title>
        <desc id="%s-desc">%s</desc>
        """
            .formatted(
                width,
                bottom + AXIS,
                id,
                id,
                id,
                escape(chart.title()),
                id,
                escape(chart.description())));
    List<Ticks.Tick> ticks =
        Ticks.times(chart.from(), chart.to(), Math.max(2, (int) (plotRight - LEFT) / 76));
    // Under the words, so that these stay readable.
    labels.forEach(label -> line("moment", label.x(), labelTop(label), label.x(), bottom));
    int y = top;
    for (Panel panel : chart.panels()) {
      title(panel, y);
      panel(panel, y + titleHeight(panel), ticks);
      y += titleHeight(panel) + panel.height() + PANEL_GAP;
    }
    ticks.forEach(tick -> text("axis", x(tick.at()), bottom + 16, "middle", tick.label()));
    text("axis", (LEFT + plotRight) / 2, bottom + 33, "middle", "time (UTC)");
    labels.forEach(this::moment);
    return out.append("</svg>\n").toString();
  }

  // ---- panels ----------------------------------------------------------------------------------

  /// A panel's value axis: the number at its top, and the steps its marks are apart.
  private record Axis(double max, double step) {

    static Axis of(Panel panel) {
      double measured =
          panel.lines().stream()
              .flatMap(line -> line.points().stream())
              .flatMap(point -> point.value().stream())
              .mapToDouble(Double::doubleValue)
              .max()
              .orElse(0);
      double wanted = Math.max(panel.top(), measured);
      double needed =
          panel.limits().stream()
              .mapToDouble(Limit::value)
              .filter(limit -> limit <= FAR * wanted)
              .map(limit -> limit * 1.15)
              .reduce(wanted, Math::max);
      double step = Ticks.step(needed, panel.height() >= 100 ? 4 : 2);
      return new Axis(Math.ceil(needed / step - 1e-9) * step, step);
    }
  }

  /// A panel's value axis in pixels.
  private record Scale(double top, double bottom, double max) {

    double y(double value) {
      return bottom - Math.clamp(value / max, 0, 1) * (bottom - top);
    }
  }

  /// Limits that are too far up to be drawn, which the panel's title has to name.
  private static List<Limit> above(Panel panel) {
    double max = Axis.of(panel).max();
    return panel.limits().stream().filter(limit -> limit.value() > max).toList();
  }

  /// Each of them gets a row of its own, but the first stands beside the title where it fits.
  private int titleHeight(Panel panel) {
    List<Limit> above = above(panel);
    int rows = above.size() - (above.isEmpty() || !fits(panel, above.getFirst()) ? 0 : 1);
    return PANEL_TITLE + rows * ROW;
  }

  private boolean fits(Panel panel, Limit limit) {
    int characters = panel.title().length() + words(limit).length() + 4;
    return characters * CHARACTER < width - LEFT;
  }

  private static String words(Limit above) {
    return "↑ " + above.words();
  }

  private void title(Panel panel, int top) {
    text("panel", LEFT, top + 15, "start", panel.title());
    List<Limit> above = above(panel);
    int row = above.isEmpty() || fits(panel, above.getFirst()) ? 0 : 1;
    for (Limit limit : above) {
      boolean beside = row == 0;
      double x = beside ? width - 2 : LEFT;
      text("limit", x, top + 15 + ROW * row, beside ? "end" : "start", words(limit));
      row++;
    }
  }

  private void panel(Panel panel, int top, List<Ticks.Tick> ticks) {
    double bottom = top + panel.height();
    Axis axis = Axis.of(panel);
    Scale scale = new Scale(top, bottom, axis.max());
    for (Ticks.Tick tick : ticks) {
      line("grid", x(tick.at()), top, x(tick.at()), bottom);
    }
    for (int i = 0; i * axis.step() <= axis.max() + axis.step() / 2; i++) {
      double y = scale.y(i * axis.step());
      line(i == 0 ? "axis" : "grid", LEFT, y, plotRight, y);
      text("axis", LEFT - 6, y + 4, "end", Ticks.number(i * axis.step()));
    }
    // The candidate is what one looks for: it is drawn last, over the other.
    List<Line> ordered = panel.lines().stream().sorted(Comparator.comparing(Line::part)).toList();
    ordered.forEach(line -> line(line, scale));
    limits(panel, scale);
    names(ordered, scale);
  }

  /// Dashed lines, each with its words above it; words that would touch stand side by side.
  private void limits(Panel panel, Scale scale) {
    double x = LEFT + 4;
    double before = Double.NEGATIVE_INFINITY;
    List<Limit> within =
        panel.limits().stream()
            .filter(limit -> limit.value() <= scale.max())
            .sorted(Comparator.comparingDouble(Limit::value).reversed())
            .toList();
    for (Limit limit : within) {
      double y = scale.y(limit.value());
      x = y - before < ROW ? x : LEFT + 4;
      line("limit", LEFT, y, plotRight, y);
      text("limit", x, y - 5, "start", limit.words());
      x += limit.words().length() * CHARACTER + 10;
      before = y;
    }
  }

  private void line(Line line, Scale scale) {
    StringBuilder path = new StringBuilder();
    Optional<Double> before = Optional.empty();
    for (Point point : line.points()) {
      if (point.value().isPresent()) {
        double x = x(point.at());
        double y = scale.y(point.value().get());
        if (before.isEmpty()) {
          // The stroke of no length is a dot, should the line be broken right after.
          path.append("M%s %sh0".formatted(number(x), number(y)));
        } else if (line.shape() == Shape.STEPS) {
          path.append("H%sV%s".formatted(number(x), number(y)));
        } else {
          path.append("L%s %s".formatted(number(x), number(y)));
        }
      }
      before = point.value();
    }
    if (!path.isEmpty()) {
      out.append("<path class=\"line %s\" d=\"%s\"/>\n".formatted(style(line.part()), path));
    }
    if (line.shape() == Shape.STEPS) {
      levels(line, scale);
    }
  }

  /// Each level's value beside where it begins, where there is room for it.
  private void levels(Line line, Scale scale) {
    List<Point> changes = new ArrayList<>();
    for (Point point : line.points()) {
      if (changes.isEmpty() || !changes.getLast().value().equals(point.value())) {
        changes.add(point);
      }
    }
    for (int i = 0; i < changes.size(); i++) {
      double from = x(changes.get(i).at());
      double to = i + 1 < changes.size() ? x(changes.get(i + 1).at()) : plotRight;
      double value = changes.get(i).value().orElse(0.0);
      String words = Ticks.number(value) + " %";
      if (value > 0 && to - from > words.length() * CHARACTER) {
        double y = scale.y(value);
        double beside = y - scale.top() < 16 ? y + 14 : y - 5;
        text(style(line.part()), from + 4, beside, "start", words);
      }
    }
  }

  /// The lines' names at their ends, moved apart where they would overlap, with a thin line to
  /// where each ends.
  private void names(List<Line> lines, Scale scale) {
    List<Name> names = new ArrayList<>();
    for (Line line : lines) {
      line.points().reversed().stream()
          .filter(point -> point.value().isPresent())
          .findFirst()
          .ifPresent(
              last -> names.add(new Name(line, x(last.at()), scale.y(last.value().orElse(0.0)))));
    }
    names.sort(Comparator.comparingDouble(Name::y));
    double least = scale.top() + 4;
    double most = scale.bottom() - ROW * (names.size() - 1);
    for (Name name : names) {
      double y = Math.clamp(name.y(), least, Math.max(least, most));
      least = y + ROW * 0.9;
      most += ROW;
      String style = style(name.line().part());
      out.append(
          "<path class=\"leader %s\" d=\"M%s %sH%sL%s %s\"/>\n"
              .formatted(
                  style,
                  number(name.x()),
                  number(name.y()),
                  number(plotRight),
                  number(plotRight + 5),
                  number(y)));
      text(style, plotRight + 7, y + 4, "start", name.line().name());
    }
  }

  /// Where a line ends.
  private record Name(Line line, double x, double y) {}

  private static String style(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  // ---- moments ---------------------------------------------------------------------------------

  /// A moment's words, and where they stand: in the first row in which they touch no others.
  ///
  /// @param x of the moment
  /// @param from where the words begin, and `to` where they end
  private record Label(Moment moment, double x, double from, double to, int row) {}

  private List<Label> rows() {
    List<Label> labels = new ArrayList<>();
    for (Moment moment : chart.moments()) {
      double x = x(moment.at());
      double length = moment.words().length() * BOLD_CHARACTER + 6;
      double left = x - length >= 0 ? x - length : Math.max(0, width - length);
      double from = x + length <= width ? x : left;
      int row = 0;
      while (touches(labels, row, from, from + length)) {
        row++;
      }
      labels.add(new Label(moment, x, from, from + length, row));
    }
    return labels;
  }

  private static boolean touches(List<Label> labels, int row, double from, double to) {
    return labels.stream()
        .anyMatch(label -> label.row() == row && label.from() < to && from < label.to());
  }

  private static double labelTop(Label label) {
    return label.row() * ROW + 4;
  }

  private void moment(Label label) {
    boolean before = label.to() <= label.x();
    text(
        "moment",
        before ? label.to() - 6 : label.from() + 6,
        labelTop(label) + 9,
        before ? "end" : "start",
        label.moment().words());
  }

  // ---- elements --------------------------------------------------------------------------------

  private double x(Instant at) {
    double share =
        (double) Duration.between(chart.from(), at).toMillis()
            / Math.max(1, Duration.between(chart.from(), chart.to()).toMillis());
    return LEFT + Math.clamp(share, 0, 1) * (plotRight - LEFT);
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    out.append(
        "<path class=\"%s\" d=\"M%s %sL%s %s\"/>\n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  private void text(String style, double x, double y, String anchor, String words) {
    out.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(style, number(x), number(y), anchor, escape(words)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
