package twister.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/// What stands beside a plot and tells what its colours mean.
interface SidePanel {
  /// Room that it takes.
  double width();

  /// Paints it at the right of a plot.
  ///
  /// @param plot the area of the plot
  void paint(Graphics2D g, Rectangle2D plot);
}
