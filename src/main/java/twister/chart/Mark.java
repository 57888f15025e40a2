package twister.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/// Something painted. Marks of the same style are painted by the same settings.
sealed interface Mark {
  /// What has to be set to paint it.
  Object style();

  /// Sets what its style needs.
  void prepare(Graphics2D g);

  /// Paints it where its style is set.
  void paint(Graphics2D g);

  /// A line.
  record Line(Shape path, Pen style) implements Mark {
    @Override
    public void prepare(Graphics2D g) {
      g.setPaint(style.paint());
      g.setStroke(style.stroke());
    }

    @Override
    public void paint(Graphics2D g) {
      g.draw(path);
    }
  }

  /// How a line is drawn.
  record Pen(Paint paint, Stroke stroke) {}

  /// An area. Areas of all colours have one style: a heatmap has hundreds of them.
  record Area(Shape shape, Paint paint) implements Mark {
    @Override
    public Object style() {
      return Area.class;
    }

    @Override
    public void prepare(Graphics2D g) {
      // Each area sets its own paint.
    }

    @Override
    public void paint(Graphics2D g) {
      g.setPaint(paint);
      g.fill(shape);
    }
  }

  /// A text.
  ///
  /// @param at where its first letter stands
  /// @param angle in radians, clockwise
  record Text(String text, Point2D at, double angle, Type style) implements Mark {
    @Override
    public void prepare(Graphics2D g) {
      g.setPaint(style.paint());
    }

    @Override
    public void paint(Graphics2D g) {
      if (angle == 0) {
        written().draw(g, at.getX(), at.getY());
      } else {
        AffineTransform before = g.getTransform();
        g.translate(at.getX(), at.getY());
        g.rotate(angle);
        written().draw(g, 0, 0);
        g.setTransform(before);
      }
    }

    /// The smallest rectangle around its letters.
    Rectangle2D bounds() {
      AffineTransform place = AffineTransform.getTranslateInstance(at.getX(), at.getY());
      place.rotate(angle);
      return place.createTransformedShape(written().ink()).getBounds2D();
    }

    /// The text as it is drawn.
    WrittenText written() {
      return WrittenText.of(text, style.font());
    }
  }

  /// How a text is written.
  record Type(Paint paint, Font font) {}

  /// An image, its pixels as squares with sharp edges.
  record Pixels(Image image, Rectangle2D place) implements Mark {
    @Override
    public Object style() {
      return Pixels.class;
    }

    @Override
    public void prepare(Graphics2D g) {
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    }

    @Override
    public void paint(Graphics2D g) {
      g.drawImage(
          image,
          (int) place.getX(),
          (int) place.getY(),
          (int) place.getWidth(),
          (int) place.getHeight(),
          null);
    }
  }
}
