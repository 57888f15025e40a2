package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/// The names of lines beside each other, each with a piece of its line, in as many rows as they
/// need.
final class LegendRow {
  private static final double SAMPLE = 50;
  private static final double ROW = 1.5 * LABELS.size();
  private static final double BETWEEN = 3.0 * GAP;

  private final List<Place> places = new ArrayList<>();

  /// A line and its name.
  record Entry(String name, Color colour, BasicStroke stroke) {}

  private record Place(Entry entry, String text, double left, int row) {}

  /// @param width what is longer is shortened
  LegendRow(List<Entry> entries, double width) {
    double left = 0;
    int row = 0;
    for (Entry entry : entries) {
      String text = LABELS.shortened(entry.name(), width - SAMPLE - GAP);
      double needed = SAMPLE + GAP + LABELS.width(text);
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
    return last.left() + SAMPLE + GAP + LABELS.width(last.text());
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
      g.setColor(place.entry().colour());
      g.setStroke(place.entry().stroke());
      g.draw(new Line2D.Double(at, middle, at + SAMPLE, middle));
      g.setColor(PlotStyle.FRAME);
      LABELS.leftAligned(g, place.text(), at + SAMPLE + GAP, middle);
    }
  }
}
