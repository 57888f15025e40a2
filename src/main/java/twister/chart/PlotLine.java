package twister.chart;

import java.util.stream.DoubleStream;

/// A curve in the coordinates of a plot, cut a little beyond its lower and upper edges. Between its
/// parts are gaps, points with NaN; points without a neighbour are dots.
final class PlotLine {
  /// Share of the plot, so that lines go on to its very edge.
  private static final double BEYOND = 0.05;

  private final double bottom;
  private final double top;
  private final DoubleStream.Builder across = DoubleStream.builder();
  private final DoubleStream.Builder up = DoubleStream.builder();
  private final DoubleStream.Builder dotsAcross = DoubleStream.builder();
  private final DoubleStream.Builder dotsUp = DoubleStream.builder();
  private double lastAcross = Double.NaN;
  private double lastUp = Double.NaN;

  /// The points of a line or of dots.
  ///
  /// @param x (N) coordinates
  /// @param y (N) coordinates, NaN for gaps
  record Points(double[] x, double[] y) {}

  PlotLine(Curve curve, PlotAxis x, PlotAxis y) {
    double beyond = BEYOND * (y.high() - y.low());
    bottom = y.low() - beyond;
    top = y.high() + beyond;
    for (int point = 0; point < curve.size(); point++) {
      if (!hasPoint(curve, point)) {
        continue;
      }
      double toX = x.coordinate(curve.step(point));
      double toY = y.coordinate(curve.value(point));
      if (hasPoint(curve, point - 1)) {
        add(x.coordinate(curve.step(point - 1)), y.coordinate(curve.value(point - 1)), toX, toY);
      } else if (!hasPoint(curve, point + 1) && toY >= y.low() && toY <= y.high()) {
        dotsAcross.add(toX);
        dotsUp.add(toY);
      }
    }
  }

  private static boolean hasPoint(Curve curve, int point) {
    return point >= 0 && point < curve.size() && curve.isFinite(point);
  }

  /// Adds what is seen of the straight line between two points.
  private void add(double fromX, double fromY, double toX, double toY) {
    if (Math.max(fromY, toY) < bottom || Math.min(fromY, toY) > top) {
      return;
    }
    double begin = Math.clamp(fromY, bottom, top);
    double end = Math.clamp(toY, bottom, top);
    double slope = toY == fromY ? 0 : (toX - fromX) / (toY - fromY);
    go(fromX + slope * (begin - fromY), begin, true);
    go(toX + slope * (end - toY), end, false);
  }

  private void go(double x, double y, boolean isBegin) {
    if (x == lastAcross && y == lastUp) {
      return;
    }
    if (isBegin && !Double.isNaN(lastAcross)) {
      across.add(x);
      up.add(Double.NaN);
    }
    across.add(x);
    up.add(y);
    lastAcross = x;
    lastUp = y;
  }

  /// The line, without points if there is nothing to see.
  Points line() {
    return new Points(across.build().toArray(), up.build().toArray());
  }

  /// The points without a neighbour.
  Points dots() {
    return new Points(dotsAcross.build().toArray(), dotsUp.build().toArray());
  }
}
