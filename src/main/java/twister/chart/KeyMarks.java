package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.TICK;
import static twister.chart.PlotStyle.TICKS;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// Paints the axis of a key below a plot or at its left: XChart has no ticks at any distances, no
/// small ones, no words on one line and no breaks.
///
/// @param axis the axis, with its pixels
/// @param chart with the plot
record KeyMarks(KeyAxis axis, XyPlot chart) {
  private static final double HALF_BREAK = 6;

  void paint(Graphics2D g) {
    g.setColor(PlotStyle.FRAME);
    g.setStroke(PlotStyle.THIN);
    boolean isAcross = axis.isAcross();
    Rectangle2D plot = chart.area();
    double begin = isAcross ? plot.getMinX() : plot.getMaxY();
    double end = isAcross ? plot.getMaxX() : plot.getMinY();
    g.draw(new Line2D.Double(at(begin, 0), at(end, 0)));
    List<AxisMark> marks = axis.marks();
    for (AxisMark mark : marks) {
      double length = mark.label().isEmpty() ? TICK / 2.0 : TICK;
      g.draw(new Line2D.Double(at(mark.pixel(), 0), at(mark.pixel(), length)));
    }
    marks.forEach(mark -> paintLabel(g, mark));
    axis.gap().ifPresent(middle -> paintBreak(g, middle));
  }

  /// A point beside the axis.
  ///
  /// @param along pixel on the axis
  /// @param out distance from it, away from the plot
  private Point2D at(double along, double out) {
    return axis.isAcross()
        ? new Point2D.Double(along, chart.area().getMaxY() + out)
        : new Point2D.Double(chart.area().getMinX() - out, along);
  }

  private void paintLabel(Graphics2D g, AxisMark mark) {
    Rectangle2D plot = chart.area();
    if (axis.isAcross()) {
      double half = TICKS.width(mark.label()) / 2;
      // The last label may be wider than the room beside the plot.
      double at = Math.min(mark.pixel(), chart.getWidth() - GAP / 2.0 - half);
      TICKS.centred(g, mark.label(), at, plot.getMaxY() + TICK + GAP + TICKS.height() / 2);
    } else {
      TICKS.rightAligned(g, mark.label(), plot.getMinX() - TICK - GAP, mark.pixel());
    }
  }

  /// Two strokes over the line of the axis.
  private void paintBreak(Graphics2D g, double middle) {
    Rectangle2D ground = new Rectangle2D.Double();
    ground.setFrameFromDiagonal(at(middle - HALF_BREAK, 4), at(middle + HALF_BREAK, -4));
    g.setColor(Color.WHITE);
    g.fill(ground);
    // They rise to the right.
    double slant = axis.isAcross() ? 5 : -5;
    Path2D strokes = new Path2D.Double();
    for (double along : new double[] {middle - HALF_BREAK, middle + HALF_BREAK}) {
      strokes.append(new Line2D.Double(at(along - slant, 12), at(along + slant, -12)), false);
    }
    g.setColor(PlotStyle.FRAME);
    g.draw(strokes);
  }
}
