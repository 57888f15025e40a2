package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import org.knowm.xchart.style.markers.Marker;

/// What stands at a point of a plot, in the colour of its series.
final class PointMark extends Marker {
  private final Painter painter;

  /// Paints a mark.
  @FunctionalInterface
  private interface Painter {
    void paint(Graphics2D g, Point2D at);
  }

  private PointMark(Painter painter) {
    this.painter = painter;
  }

  /// A dot. It is a stroke without length: the dots of a series become one path.
  static PointMark dot(double radius) {
    BasicStroke stroke =
        new BasicStroke((float) (2 * radius), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    return new PointMark(
        (g, at) -> {
          g.setStroke(stroke);
          g.draw(new Line2D.Double(at, at));
        });
  }

  /// The end of an error bar.
  static PointMark cap(double halfWidth, BasicStroke stroke) {
    return new PointMark(
        (g, at) -> {
          g.setStroke(stroke);
          double x = at.getX();
          g.draw(new Line2D.Double(x - halfWidth, at.getY(), x + halfWidth, at.getY()));
        });
  }

  /// A ring around another mark.
  static PointMark ring(double radius) {
    return new PointMark(
        (g, at) -> {
          g.setStroke(PlotStyle.THICK);
          double left = at.getX() - radius;
          g.draw(new Ellipse2D.Double(left, at.getY() - radius, 2 * radius, 2 * radius));
        });
  }

  /// A mark of what has no loss.
  ///
  /// @param arm half its width
  static PointMark of(EdgeMarks.Kind kind, double arm) {
    return new PointMark(
        (g, at) -> {
          g.setStroke(PlotStyle.THIN);
          EdgeMarks.paint(g, kind, at, arm);
        });
  }

  /// A dot with a white edge.
  ///
  /// @param radius without the edge
  static PointMark edged(double radius) {
    PointMark ground = dot(1.3 * radius);
    PointMark dot = dot(radius);
    return new PointMark(
        (g, at) -> {
          Color colour = g.getColor();
          g.setColor(Color.WHITE);
          ground.painter.paint(g, at);
          g.setColor(colour);
          dot.painter.paint(g, at);
        });
  }

  @Override
  public void paint(Graphics2D g, double x, double y, int size) {
    painter.paint(g, new Point2D.Double(x, y));
  }
}
