package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The names of lines beside each other, each with a piece of its line, in as many rows as they
/// need.
final class LegendRow {
  private static final double SAMPLE = 50;

  /// Half the width of a mark.
  private static final double ARM = 10;

  private static final BasicStroke DOTTED =
      new BasicStroke(9, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, new float[] {0, 16}, 0);
  private static final BasicStroke WIDE =
      new BasicStroke(22, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
  private static final double ROW = 1.5 * LABELS.size();
  private static final double BETWEEN = 3.0 * GAP;

  private final List<Place> places = new ArrayList<>();

  /// A line, points, or marks at the edge of a plot, and what they are called.
  ///
  /// @param series whose points they are, see [PointMark#ofSeries]
  record Entry(
      String name,
      Color colour,
      BasicStroke stroke,
      Optional<EdgeMarks.Kind> mark,
      OptionalInt series) {
    Entry(String name, Color colour, BasicStroke stroke) {
      this(name, colour, stroke, Optional.empty(), OptionalInt.empty());
    }

    /// Marks at the edge of a plot.
    static Entry marks(String name, Color colour, EdgeMarks.Kind mark) {
      return new Entry(name, colour, PlotStyle.THICK, Optional.of(mark), OptionalInt.empty());
    }

    /// The points of a series without lines.
    static Entry points(String name, Color colour, int series) {
      return new Entry(name, colour, PlotStyle.THICK, Optional.empty(), OptionalInt.of(series));
    }

    /// The same by another name.
    Entry named(String other) {
      return new Entry(other, colour, stroke, mark, series);
    }

    /// Dots.
    static Entry dots(String name, Color colour) {
      return new Entry(name, colour, DOTTED);
    }

    /// An area.
    static Entry area(String name, Color colour) {
      return new Entry(name, colour, WIDE);
    }

    private double sample() {
      return mark.isPresent() || series.isPresent() ? 2 * ARM : SAMPLE;
    }

    private void paint(Graphics2D g, double left, double middle) {
      g.setColor(colour);
      g.setStroke(stroke);
      if (mark.isPresent()) {
        EdgeMarks.paint(g, mark.get(), new Point2D.Double(left + ARM, middle), ARM);
      } else if (series.isPresent()) {
        PointMark.ofSeries(series.getAsInt(), 0.8 * ARM).paint(g, left + ARM, middle, 0);
      } else {
        g.draw(new Line2D.Double(left, middle, left + SAMPLE, middle));
      }
    }
  }

  private record Place(Entry entry, String text, double left, int row) {}

  /// @param width what is longer is shortened
  LegendRow(List<Entry> entries, double width) {
    double left = 0;
    int row = 0;
    for (Entry entry : entries) {
      String text = LABELS.shortened(entry.name(), width - entry.sample() - GAP);
      double needed = entry.sample() + GAP + LABELS.width(text);
      if (left > 0 && left + needed > width) {
        left = 0;
        row++;
      }
      places.add(new Place(entry, text, left, row));
      left += needed + BETWEEN;
    }
  }

  /// Where its last row ends.
  double end() {
    Place last = places.getLast();
    return last.left() + last.entry().sample() + GAP + LABELS.width(last.text());
  }

  /// Room that it takes, with some below it.
  double height() {
    return places.isEmpty() ? 0 : (places.getLast().row() + 1) * ROW;
  }

  /// Paints it.
  ///
  /// @param left where it begins
  /// @param top above it
  void paint(Graphics2D g, double left, double top) {
    for (Place place : places) {
      double at = left + place.left();
      double middle = top + place.row() * ROW + LABELS.height() / 2;
      place.entry().paint(g, at, middle);
      g.setColor(PlotStyle.FRAME);
      LABELS.leftAligned(g, place.text(), at + place.entry().sample() + GAP, middle);
    }
  }
}
