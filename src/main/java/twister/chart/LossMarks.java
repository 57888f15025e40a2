package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// The labels of losses to compare with, which are lines through a plot of losses, where they cover
/// little.
///
/// @param plot the area of the plot
/// @param y the axis of its losses
/// @param references the losses
/// @param areBrief whether the labels are short, and left out where they would cover a line
record LossMarks(
    Rectangle2D plot, Axis y, List<LossPicture.Reference> references, boolean areBrief) {
  private static final Color GROUND = new Color(0xff, 0xff, 0xff, 0xc8);

  private static final double HEIGHT = 1.25 * LABELS.size();
  private static final double APART = 2;

  /// Room that a label takes on either side of its line.
  static final double BESIDE = HEIGHT + 3 * APART;

  /// Those of a plot; brief ones in a panel, where there is little room.
  LossMarks(XyPlot plot, List<LossPicture.Reference> references) {
    this(plot.area(), plot.y(), references, plot.frame().isPanel());
  }

  /// Tells where the lines are.
  void avoid(LabelPlaces places) {
    for (LossPicture.Reference reference : references) {
      double at = y.pixel(reference.loss());
      places.avoid(new Point2D.Double(plot.getMinX(), at), new Point2D.Double(plot.getMaxX(), at));
    }
  }

  /// Writes each label at its line, where there is a place for it in the plot.
  void paintLabels(Graphics2D g, LabelPlaces places) {
    for (LossPicture.Reference reference : references) {
      String text = areBrief ? reference.brief() : reference.text();
      double at = y.pixel(reference.loss());
      List<Rectangle2D> besides = besides(text, plot.getMaxX(), at, plot.getMinX());
      (areBrief ? places.takeClear(besides) : places.takeFree(besides))
          .ifPresent(place -> paintLabel(g, text, place, PlotStyle.REFERENCE));
    }
  }

  /// Places for a text above and below a height: at the right, in the middle, at the left.
  ///
  /// @param right pixel where the first places end
  /// @param left pixel where the last places start
  static List<Rectangle2D> besides(String text, double right, double at, double left) {
    double width = LABELS.width(text) + 2 * GAP;
    List<Rectangle2D> places = new ArrayList<>();
    for (double start : new double[] {right - width, (left + right - width) / 2, left}) {
      places.add(new Rectangle2D.Double(start, at - HEIGHT - APART, width, HEIGHT));
      places.add(new Rectangle2D.Double(start, at + APART, width, HEIGHT));
    }
    return places;
  }

  /// Writes on a ground through which one sees: in a plot full of lines no place may be free.
  static void paintLabel(Graphics2D g, String text, Rectangle2D place, Color colour) {
    double height = 1.05 * LABELS.height();
    g.setColor(GROUND);
    g.fill(
        new Rectangle2D.Double(
            place.getMinX() + GAP,
            place.getCenterY() - height / 2,
            place.getWidth() - 2 * GAP,
            height));
    g.setColor(colour);
    LABELS.leftAligned(g, text, place.getMinX() + GAP, place.getCenterY());
  }
}
