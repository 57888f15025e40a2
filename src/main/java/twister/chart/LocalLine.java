package twister.chart;

/// A straight line fitted to the points around one of them: its value there and its slope.
///
/// This is the local regression of W. S. Cleveland ("Robust Locally Weighted Regression and
/// Smoothing Scatterplots", 1979, section 2) over evenly spaced points, with his weights (1 -
/// |d|³)³. Unlike a moving average of the past, it does not shift the curve to the right.
///
/// @param slope per point
record LocalLine(double value, double slope) {

  /// @param values (S), evenly spaced
  /// @param half how many points on either side count; near an end there are as many points, more
  ///   of them on the other side, as in Cleveland's regression over the nearest points
  static LocalLine at(double[] values, int point, int half) {
    double weights = 0;
    double distances = 0;
    double squares = 0;
    double sum = 0;
    double products = 0;
    int from = Math.clamp(point - half, 0, Math.max(0, values.length - 1 - 2 * half));
    int to = Math.min(values.length - 1, from + 2 * half);
    int furthest = Math.max(point - from, to - point);
    for (int i = from; i <= to; i++) {
      double distance = i - point;
      double weight = weight(distance / (furthest + 1));
      weights += weight;
      distances += weight * distance;
      squares += weight * distance * distance;
      sum += weight * values[i];
      products += weight * distance * values[i];
    }
    double spread = squares - distances * distances / weights;
    double slope = spread > 0 ? (products - distances * sum / weights) / spread : 0;
    return new LocalLine((sum - slope * distances) / weights, slope);
  }

  private static double weight(double distance) {
    double near = 1 - Math.abs(distance * distance * distance);
    return near * near * near;
  }
}
