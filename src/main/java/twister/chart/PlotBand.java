package twister.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The corners of the area between two curves, as far as it is on a plot: where a curve crosses an
/// edge of the plot, the area has a corner.
final class PlotBand {
  private final PlotAxis x;
  private final PlotAxis y;

  /// @param x the axis below
  /// @param y the axis at the left
  PlotBand(PlotAxis x, PlotAxis y) {
    this.x = x;
    this.y = y;
  }

  private record Corner(double across, double up) {}

  /// The corners, there along the lower curve and back along the upper one.
  ///
  /// @param lower what is not finite of it is beyond the upper edge
  PlotLine.Points corners(Curve lower, Curve upper) {
    List<Corner> corners = edge(lower);
    List<Corner> back = edge(upper);
    Collections.reverse(back);
    corners.addAll(back);
    return new PlotLine.Points(
        corners.stream().mapToDouble(Corner::across).toArray(),
        corners.stream().mapToDouble(Corner::up).toArray());
  }

  private List<Corner> edge(Curve curve) {
    List<Corner> corners = new ArrayList<>();
    for (int point = 0; point < curve.size(); point++) {
      if (point > 0) {
        addCrossings(corners, at(curve, point - 1), at(curve, point));
      }
      Corner corner = at(curve, point);
      corners.add(new Corner(corner.across(), Math.clamp(corner.up(), y.low(), y.high())));
    }
    return corners;
  }

  private Corner at(Curve curve, int point) {
    double value = curve.value(point);
    return new Corner(
        x.coordinate(curve.step(point)), Double.isFinite(value) ? y.coordinate(value) : y.high());
  }

  private void addCrossings(List<Corner> corners, Corner from, Corner to) {
    boolean isUp = from.up() < to.up();
    for (double edge : isUp ? List.of(y.low(), y.high()) : List.of(y.high(), y.low())) {
      double share = (edge - from.up()) / (to.up() - from.up());
      if (share > 0 && share < 1) {
        corners.add(new Corner(from.across() + share * (to.across() - from.across()), edge));
      }
    }
  }
}
