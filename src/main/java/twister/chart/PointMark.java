package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;

/// What stands at a point of a plot, in the colour of its series.
final class PointMark extends Marker {
  /// The shapes of series that have no lines, by which they are told apart without colours, as
  /// pgfplots calls them.
  private static final List<String> SHAPES =
      List.of(
          "*",
          "square",
          "triangle",
          "diamond",
          "x",
          "+",
          "o",
          "triangle,mark options={rotate=180}");

  private static final BasicStroke OUTLINE =
      new BasicStroke(3.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /// So many corners look round.
  private static final int ROUND = 16;

  private final Painter painter;
  private final String tex;

  /// Paints a mark.
  @FunctionalInterface
  private interface Painter {
    void paint(Graphics2D g, Point2D at);
  }

  private PointMark(Painter painter) {
    this(painter, SHAPES.getFirst());
  }

  private PointMark(Painter painter, String tex) {
    this.painter = painter;
    this.tex = tex;
  }

  /// What pgfplots calls it.
  String tex() {
    return tex;
  }

  /// A shape that the other series of a plot do not have, a dot for the first.
  ///
  /// @param series its place; after eight, shapes come again
  static PointMark ofSeries(int series, double radius) {
    int shape = series % SHAPES.size();
    Painter painter =
        switch (shape) {
          case 0 -> dot(radius).painter;
          case 1 -> polygon(4, Math.PI / 4, 1.2 * radius);
          case 2 -> polygon(3, -Math.PI / 2, 1.2 * radius);
          case 3 -> polygon(4, 0, 1.3 * radius);
          case 4 -> arms(Math.PI / 4, 1.2 * radius);
          case 5 -> arms(0, 1.2 * radius);
          case 6 -> polygon(ROUND, 0, radius);
          default -> polygon(3, Math.PI / 2, 1.2 * radius);
        };
    return new PointMark(painter, SHAPES.get(shape));
  }

  /// The sides of a polygon. They are single segments: those of a series become one path.
  private static Painter polygon(int corners, double first, double radius) {
    return (g, at) -> {
      g.setStroke(OUTLINE);
      for (int corner = 0; corner < corners; corner++) {
        double angle = first + corner * 2 * Math.PI / corners;
        double next = angle + 2 * Math.PI / corners;
        g.draw(new Line2D.Double(around(at, angle, radius), around(at, next, radius)));
      }
    };
  }

  private static Painter arms(double first, double radius) {
    return (g, at) -> {
      g.setStroke(OUTLINE);
      for (double angle : new double[] {first, first + Math.PI / 2}) {
        g.draw(new Line2D.Double(around(at, angle, radius), around(at, angle + Math.PI, radius)));
      }
    };
  }

  private static Point2D around(Point2D middle, double angle, double radius) {
    return new Point2D.Double(
        middle.getX() + radius * Math.cos(angle), middle.getY() + radius * Math.sin(angle));
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
