package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// What a plot shows, for programs that draw it themselves.
///
/// @param x the axis below
/// @param y the axis at the left
/// @param parts in the order in which they are painted
/// @param legend what the lines are called
/// @param notes what is written into the plot
/// @param marksBelow the marks of the axis below where it is bare
/// @param marksBeside the marks of the axis at the left where it is bare
/// @param area where it is in its picture, without its numbers
record PlotData(
    PlotAxis x,
    PlotAxis y,
    List<Part> parts,
    List<LegendRow.Entry> legend,
    List<Note> notes,
    List<Axis.Tick> marksBelow,
    List<Axis.Tick> marksBeside,
    Rectangle2D area) {
  PlotData {
    parts = List.copyOf(parts);
    legend = List.copyOf(legend);
    notes = List.copyOf(notes);
    marksBelow = List.copyOf(marksBelow);
    marksBeside = List.copyOf(marksBeside);
  }

  /// The same at another place in a picture.
  PlotData at(double left, double top) {
    Rectangle2D place = new Rectangle2D.Double(left, top, area.getWidth(), area.getHeight());
    return new PlotData(x, y, parts, legend, notes, marksBelow, marksBeside, place);
  }

  /// Something drawn, in the values of the axes.
  sealed interface Part {
    /// Its points; gaps are points that are not finite.
    Curve points();

    Color colour();
  }

  /// A line.
  record Line(Curve points, Color colour, BasicStroke stroke) implements Part {}

  /// Marks of points.
  ///
  /// @param mark what pgfplots calls it
  record Dots(Curve points, Color colour, String mark) implements Part {}

  /// The corners of areas.
  record Areas(Curve points, Color colour) implements Part {
    /// The area between two curves over the same steps.
    static Areas between(Curve lower, Curve upper, Color colour) {
      int size = lower.size();
      double[] across = new double[2 * size];
      double[] up = new double[2 * size];
      for (int point = 0; point < size; point++) {
        int back = 2 * size - 1 - point;
        across[point] = lower.step(point);
        up[point] = lower.value(point);
        across[back] = upper.step(point);
        up[back] = upper.value(point);
      }
      return new Areas(new Curve(across, up), colour);
    }
  }

  /// On which side of a line its name stands.
  enum Side {
    ABOVE,
    BELOW,
    /// On the line itself.
    BESIDE
  }

  /// A name at the right end of a line from side to side.
  ///
  /// @param value where the line is on the axis at the left
  record Note(double value, String text, Side side) {
    /// The name of a loss to compare with, below the lowest of them.
    static Note of(LossPicture.Reference mark, List<LossPicture.Reference> all) {
      boolean isLowest = all.stream().noneMatch(other -> other.loss() < mark.loss());
      return new Note(mark.loss(), mark.text(), isLowest ? Side.BELOW : Side.ABOVE);
    }
  }
}
