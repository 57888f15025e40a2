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
import java.util.OptionalDouble;

/// Paints an axis below a plot or at its left: XChart has no ticks at any distances, no small ones,
/// no words on one line and no breaks.
///
/// @param chart with the plot
/// @param isAcross whether it is below the plot
/// @param marks of the axis
/// @param gap where the axis is broken
record MarkedAxis(XyPlot chart, boolean isAcross, List<AxisMark> marks, OptionalDouble gap) {
  private static final double HALF_BREAK = 6;

  /// The axis of a key.
  static MarkedAxis of(KeyAxis axis, XyPlot chart) {
    return new MarkedAxis(chart, axis.isAcross(), axis.marks(), axis.gap());
  }

  /// An axis below a plot.
  static MarkedAxis below(XyPlot chart, List<AxisMark> marks) {
    return new MarkedAxis(chart, true, marks, OptionalDouble.empty());
  }

  /// An axis at the left of a plot.
  static MarkedAxis beside(XyPlot chart, List<AxisMark> marks) {
    return new MarkedAxis(chart, false, marks, OptionalDouble.empty());
  }

  void paint(Graphics2D g) {
    g.setColor(PlotStyle.FRAME);
    g.setStroke(PlotStyle.THIN);
    Rectangle2D plot = chart.area();
    double begin = isAcross ? plot.getMinX() : plot.getMaxY();
    double end = isAcross ? plot.getMaxX() : plot.getMinY();
    g.draw(new Line2D.Double(at(begin, 0), at(end, 0)));
    for (AxisMark mark : marks) {
      double length = mark.label().isEmpty() ? TICK / 2.0 : TICK;
      g.draw(new Line2D.Double(at(mark.pixel(), 0), at(mark.pixel(), length)));
    }
    Frame frame = chart.frame();
    if (isAcross ? frame.hasNumbersBelow() : frame.hasNumbersBeside()) {
      marks.forEach(mark -> paintLabel(g, mark));
    }
    gap.ifPresent(middle -> paintBreak(g, middle));
  }

  /// A point beside the axis.
  ///
  /// @param along pixel on the axis
  /// @param out distance from it, away from the plot
  private Point2D at(double along, double out) {
    return isAcross
        ? new Point2D.Double(along, chart.area().getMaxY() + out)
        : new Point2D.Double(chart.area().getMinX() - out, along);
  }

  private void paintLabel(Graphics2D g, AxisMark mark) {
    Rectangle2D plot = chart.area();
    if (isAcross) {
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
    double slant = isAcross ? 5 : -5;
    Path2D strokes = new Path2D.Double();
    for (double along : new double[] {middle - HALF_BREAK, middle + HALF_BREAK}) {
      strokes.append(new Line2D.Double(at(along - slant, 12), at(along + slant, -12)), false);
    }
    g.setColor(PlotStyle.FRAME);
    g.draw(strokes);
  }
}
