package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// Losses to compare with, as dashed lines through a plot of losses, with labels where they cover
/// little.
///
/// @param plot the area of the plot
/// @param y the axis of its losses
/// @param references the losses
record LossMarks(Rectangle2D plot, Axis y, List<LossPicture.Reference> references) {
  private static final Color GROUND = new Color(0xff, 0xff, 0xff, 0xb0);

  void paintLines(Graphics2D g) {
    g.setColor(PlotStyle.REFERENCE);
    g.setStroke(PlotStyle.DASHED);
    for (LossPicture.Reference reference : references) {
      double at = y.pixel(reference.loss());
      g.draw(new Line2D.Double(plot.getMinX(), at, plot.getMaxX(), at));
    }
  }

  /// Tells where the lines are.
  void avoid(LabelPlaces places) {
    for (LossPicture.Reference reference : references) {
      double at = y.pixel(reference.loss());
      places.avoid(new Point2D.Double(plot.getMinX(), at), new Point2D.Double(plot.getMaxX(), at));
    }
  }

  void paintLabels(Graphics2D g, LabelPlaces places) {
    for (LossPicture.Reference reference : references) {
      String text = reference.name() + " = " + Numbers.rounded(reference.loss());
      double at = y.pixel(reference.loss());
      List<Rectangle2D> near = besides(text, plot.getMaxX(), at, plot.getMinX());
      // Where a noisy curve covers the line itself, the end of the plot is free.
      near.add(besides(text, plot.getMaxX(), plot.getMaxY(), plot.getMinX()).getFirst());
      paintLabel(g, text, places.take(near), PlotStyle.REFERENCE);
    }
  }

  /// Writes the labels at the right end of their lines, in a plot so full that curves are everywhere:
  /// above them, that of the last, which is the lowest, below.
  void paintLabelsAtEnds(Graphics2D g) {
    for (int i = 0; i < references.size(); i++) {
      LossPicture.Reference reference = references.get(i);
      String text = reference.name() + " = " + Numbers.rounded(reference.loss());
      List<Rectangle2D> places =
          besides(text, plot.getMaxX(), y.pixel(reference.loss()), plot.getMinX());
      Rectangle2D place = places.get(i < references.size() - 1 ? 0 : 1);
      paintLabel(g, text, place, PlotStyle.REFERENCE);
    }
  }

  /// Places for a text above and below a height: at the right, in the middle, at the left.
  ///
  /// @param right pixel where the first places end
  /// @param left pixel where the last places start
  static List<Rectangle2D> besides(String text, double right, double at, double left) {
    double width = LABELS.width(text) + 2 * GAP;
    double height = 1.25 * LABELS.size();
    List<Rectangle2D> places = new ArrayList<>();
    for (double start : new double[] {right - width, (left + right - width) / 2, left}) {
      places.add(new Rectangle2D.Double(start, at - height - 2, width, height));
      places.add(new Rectangle2D.Double(start, at + 2, width, height));
    }
    return places;
  }

  /// Writes on a ground through which one sees: in a plot full of lines no place may be free.
  static void paintLabel(Graphics2D g, String text, Rectangle2D place, Color colour) {
    g.setColor(GROUND);
    g.fill(place);
    g.setColor(colour);
    LABELS.leftAligned(g, text, place.getMinX() + GAP, place.getCenterY());
  }
}
