package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// Dashes in the cells of differences that are below 0, where cells have no numbers: in grey, what
/// is blue and what is red look the same.
///
/// @param cell its width and height, in units
record LowerCells(Heatmap heat, double cell) {
  /// Cells that are nearly white need none.
  private static final double SEEN = 0.4;

  /// In smaller ones a dash cannot be seen, in units.
  private static final double LEAST_CELL = 10;

  private static final double LENGTH = 0.4;
  private static final double THICKNESS = 0.12;

  /// Whether there are any dashes.
  boolean areThere() {
    return heat.scale() == HeatScale.DIVERGING && cell >= LEAST_CELL;
  }

  /// Paints them.
  ///
  /// @param area of all cells
  void paint(Graphics2D g, Rectangle2D area) {
    if (areThere()) {
      g.setStroke(new BasicStroke((float) (THICKNESS * cell)));
      for (Color ink : List.of(Color.BLACK, Color.WHITE)) {
        g.setColor(ink);
        g.draw(dashes(ink, area));
      }
    }
  }

  /// The dashes of one colour; all of them together keep the SVG small.
  private Path2D dashes(Color ink, Rectangle2D area) {
    Path2D dashes = new Path2D.Double();
    int size = heat.symbols().size();
    for (int previous = 0; previous < size; previous++) {
      for (int next = 0; next < size; next++) {
        double value = heat.value(previous, next);
        if (Double.isFinite(value)
            && heat.share(value) < SEEN
            && Blues.ink(heat.colour(value)).equals(ink)) {
          double x = area.getX() + (next + 0.5) * cell;
          double y = area.getY() + (previous + 0.5) * cell;
          dashes.moveTo(x - LENGTH / 2 * cell, y);
          dashes.lineTo(x + LENGTH / 2 * cell, y);
        }
      }
    }
    return dashes;
  }
}
