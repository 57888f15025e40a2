package twister.chart;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds places for labels in a plot where they cover little of what is drawn there.
final class LabelPlaces {
  /// A label on another one is worse than one on any number of points of a curve.
  private static final int LABEL_COVERED = 1_000_000;

  private final Rectangle2D plot;
  private final List<Line2D> drawn = new ArrayList<>();
  private final List<Rectangle2D> taken = new ArrayList<>();

  /// @param plot the area that labels stay in
  LabelPlaces(Rectangle2D plot) {
    this.plot = plot;
  }

  /// Adds something drawn that labels should not cover.
  void avoid(Point2D from, Point2D to) {
    drawn.add(new Line2D.Double(from, to));
  }

  /// The place moved as far as it has to be to lie in an area that is large enough.
  static Rectangle2D within(Rectangle2D place, Rectangle2D area) {
    double left = Math.min(place.getX(), area.getMaxX() - place.getWidth());
    double top = Math.min(place.getY(), area.getMaxY() - place.getHeight());
    return new Rectangle2D.Double(
        Math.max(left, area.getMinX()),
        Math.max(top, area.getMinY()),
        place.getWidth(),
        place.getHeight());
  }

  /// Takes the best of several places, the first of equally good ones.
  Rectangle2D take(List<Rectangle2D> places) {
    Rectangle2D best =
        places.stream()
            .min(Comparator.comparingLong(this::covered))
            .orElseThrow(() -> new IllegalArgumentException("places: expected at least 1, got 0"));
    taken.add(best);
    return best;
  }

  /// Takes the best of several places unless it is outside the plot or on another label.
  Optional<Rectangle2D> takeFree(List<Rectangle2D> places) {
    return places.stream().anyMatch(this::isFree) ? Optional.of(take(places)) : Optional.empty();
  }

  /// Takes the first of several places that is in the plot and covers nothing.
  Optional<Rectangle2D> takeClear(List<Rectangle2D> places) {
    return takeFree(places.stream().filter(place -> covered(place) == 0).toList());
  }

  private boolean isFree(Rectangle2D place) {
    return plot.contains(place) && taken.stream().noneMatch(place::intersects);
  }

  private long covered(Rectangle2D place) {
    long labels = taken.stream().filter(place::intersects).count() + (plot.contains(place) ? 0 : 1);
    return labels * LABEL_COVERED + drawn.stream().filter(place::intersectsLine).count();
  }
}
