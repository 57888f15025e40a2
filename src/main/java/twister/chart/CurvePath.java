package twister.chart;

import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/// Curves as lines in a plot. Where they go above it, they end at its edge.
///
/// @param x the axis of the steps
/// @param y the axis of the losses
record CurvePath(Axis x, Axis y) {
  /// The line of a curve without gaps.
  Path2D line(Curve curve) {
    Path2D path = new Path2D.Double();
    for (int point = 0; point < curve.size(); point++) {
      boolean isShown = isShown(curve, point);
      boolean wasShown = point > 0 && isShown(curve, point - 1);
      if (isShown && !wasShown) {
        double from = point > 0 ? edge(curve, point) : x.pixel(curve.step(point));
        path.moveTo(from, point > 0 ? y.end() : y.pixel(curve.value(point)));
      }
      if (isShown) {
        path.lineTo(x.pixel(curve.step(point)), y.pixel(curve.value(point)));
      } else if (wasShown) {
        path.lineTo(edge(curve, point), y.end());
      }
    }
    return path;
  }

  private boolean isShown(Curve curve, int point) {
    return y.scale().position(curve.value(point)) <= y.high();
  }

  /// Pixel across at which a curve comes to the edge of the plot before a point, or has left it.
  private double edge(Curve curve, int point) {
    double before = x.pixel(curve.step(point - 1));
    double after = x.pixel(curve.step(point));
    double from = y.scale().position(curve.value(point - 1));
    double to = y.scale().position(curve.value(point));
    double share = (y.high() - from) / (to - from);
    return before + (Double.isFinite(share) ? share : 0) * (after - before);
  }

  /// One curve of several over the same steps, as long as the shortest.
  ///
  /// @param how makes one value of theirs at a step
  static Curve combined(Curve[] curves, Combination how) {
    int size = Arrays.stream(curves).mapToInt(Curve::size).min().orElse(0);
    double[] steps = new double[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      int point = i;
      steps[point] = curves[0].step(point);
      values[point] = how.of(Arrays.stream(curves).mapToDouble(curve -> curve.value(point)));
    }
    return new Curve(steps, values);
  }

  /// Makes one number of many.
  @FunctionalInterface
  interface Combination {
    double of(DoubleStream values);
  }
}
