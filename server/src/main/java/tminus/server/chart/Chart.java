package tminus.server.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is to be drawn: panels one above the other, over one time axis. Immutable.
///
/// @param title what it shows, in one line
/// @param description the same for those who cannot see it: what one would point out
/// @param from where the time axis begins
/// @param to where it ends; after `from`
/// @param panels from top to bottom
/// @param moments what happened, marked through all panels, in order
public record Chart(
    String title,
    String description,
    Instant from,
    Instant to,
    List<Panel> panels,
    List<Moment> moments) {

  public Chart {
    panels = List.copyOf(panels);
    moments = List.copyOf(moments);
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException(
          "chart: it ends (%s) when it begins (%s) - give it a length".formatted(to, from));
    }
  }

  /// One panel: a value axis from 0 up.
  ///
  /// @param title what is measured, and its unit
  /// @param height of the value axis, in pixels
  /// @param top the least number the axis goes up to; it goes further if the lines do
  /// @param lines what was measured
  /// @param limits what it was judged against
  public record Panel(String title, int height, double top, List<Line> lines, List<Limit> limits) {

    public Panel {
      lines = List.copyOf(lines);
      limits = List.copyOf(limits);
    }
  }

  /// One line in a panel.
  ///
  /// @param name written at its end
  /// @param part whose numbers they are
  /// @param shape how its points are joined
  /// @param points in order of time
  public record Line(String name, Part part, Shape shape, List<Point> points) {

    public Line {
      points = List.copyOf(points);
    }
  }

  /// Whose numbers a line shows; decides how it looks.
  public enum Part {
    /// The version that was in production when the run began.
    STABLE,
    /// The one coming in.
    CANDIDATE
  }

  /// How points are joined.
  public enum Shape {
    /// Straight from one to the next.
    STRAIGHT,
    /// Each holds until the next, and its value stands beside it.
    STEPS
  }

  /// One measurement.
  ///
  /// @param value in the panel's unit, 0 or more; empty where nothing was measured, which breaks
  ///   the line
  public record Point(Instant at, Optional<Double> value) {}

  /// A dashed line across a panel.
  ///
  /// @param words what happens beyond it
  /// @param value in the panel's unit
  public record Limit(String words, double value) {}

  /// Something that happened.
  ///
  /// @param words two or three of them
  public record Moment(Instant at, String words) {}
}
