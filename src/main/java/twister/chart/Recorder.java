package twister.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.batik.ext.awt.g2d.AbstractGraphics2D;
import org.apache.batik.ext.awt.g2d.GraphicContext;

/// Records what is painted. Outlines of texts become texts, segments that follow one another become
/// one line, whose dashes stay whole, edges of rectangles come between pixels, so that no ground
/// shines through between neighbours, and what cannot be seen is left out.
final class Recorder extends AbstractGraphics2D {
  private final OutlinedTexts outlines;
  private final List<Recording.Step> steps = new ArrayList<>();

  /// The line that the next segment may continue: `steps` ends with it.
  private Optional<OpenLine> open = Optional.empty();

  private record OpenLine(Path2D path, Mark.Pen pen, Optional<Shape> clip) {
    boolean takes(Mark.Pen other, Optional<Shape> within) {
      return pen.equals(other) && clip.equals(within);
    }
  }

  /// @param outlines knows the texts of the fonts that are painted with
  Recorder(OutlinedTexts outlines) {
    super(false);
    gc = new GraphicContext();
    this.outlines = outlines;
  }

  /// What was painted so far, in order.
  List<Recording.Step> steps() {
    return steps;
  }

  private Optional<Shape> within() {
    return Optional.ofNullable(getClip())
        .map(clip -> getTransform().createTransformedShape(clip).getBounds2D());
  }

  private void add(Mark mark) {
    open = Optional.empty();
    steps.add(new Recording.Step(mark, within()));
  }

  private static boolean isSeen(Paint paint) {
    return !(paint instanceof Color colour) || colour.getAlpha() > 0;
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return Lettering.MEASURE;
  }

  @Override
  public void draw(Shape shape) {
    if (!isSeen(getPaint())) {
      return;
    }
    Mark.Pen pen = new Mark.Pen(getPaint(), getStroke());
    if (shape instanceof Line2D segment) {
      draw(segment, pen);
    } else {
      add(new Mark.Line(getTransform().createTransformedShape(shape), pen));
    }
  }

  private void draw(Line2D segment, Mark.Pen pen) {
    Point2D from = getTransform().transform(segment.getP1(), null);
    Point2D to = getTransform().transform(segment.getP2(), null);
    Optional<Shape> clip = within();
    Path2D path =
        open.filter(line -> line.takes(pen, clip))
            .map(OpenLine::path)
            .orElseGet(Path2D.Double::new);
    if (path.getCurrentPoint() == null) {
      add(new Mark.Line(path, pen));
      open = Optional.of(new OpenLine(path, pen, clip));
    }
    if (!from.equals(path.getCurrentPoint())) {
      path.moveTo(from.getX(), from.getY());
    }
    path.lineTo(to.getX(), to.getY());
  }

  @Override
  public void fill(Shape shape) {
    if (!isSeen(getPaint()) || shape.getBounds2D().isEmpty()) {
      return;
    }
    Optional<OutlinedTexts.OutlinedText> text = outlines.text(shape);
    if (text.isPresent()) {
      write(text.get());
      return;
    }
    Shape placed = getTransform().createTransformedShape(shape);
    add(
        new Mark.Area(
            shape instanceof Rectangle2D ? betweenPixels(placed.getBounds2D()) : placed,
            getPaint()));
  }

  /// XChart puts the outline of a text where its beginning should be.
  private void write(OutlinedTexts.OutlinedText text) {
    AffineTransform back = AffineTransform.getRotateInstance(text.angle());
    back.translate(-text.bearing(), 0);
    Point2D begin = back.transform(new Point2D.Double(0, 0), null);
    add(
        new Mark.Text(
            text.text(),
            getTransform().transform(begin, null),
            text.angle(),
            new Mark.Type(getPaint(), text.font())));
  }

  private static Rectangle2D betweenPixels(Rectangle2D edges) {
    double left = Math.round(edges.getMinX());
    double top = Math.round(edges.getMinY());
    return new Rectangle2D.Double(
        left, top, Math.round(edges.getMaxX()) - left, Math.round(edges.getMaxY()) - top);
  }

  @Override
  public void drawString(String text, float x, float y) {
    if (text.isBlank() || !isSeen(getPaint())) {
      return;
    }
    AffineTransform transform = getTransform();
    add(
        new Mark.Text(
            text,
            transform.transform(new Point2D.Double(x, y), null),
            Math.atan2(transform.getShearY(), transform.getScaleX()),
            new Mark.Type(getPaint(), getFont())));
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, ImageObserver observer) {
    Rectangle2D place = new Rectangle2D.Double(x, y, width, height);
    add(
        new Mark.Pixels(
            image, betweenPixels(getTransform().createTransformedShape(place).getBounds2D())));
    return true;
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    return drawImage(image, x, y, image.getWidth(null), image.getHeight(null), observer);
  }

  @Override
  public void dispose() {
    // What was recorded is kept.
  }

  @Override
  public Graphics create() {
    throw unknown("create");
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    throw unknown("drawString");
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform transform) {
    throw unknown("drawRenderedImage");
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform transform) {
    throw unknown("drawRenderableImage");
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    throw unknown("getDeviceConfiguration");
  }

  @Override
  public void setXORMode(Color colour) {
    throw unknown("setXORMode");
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    throw unknown("getFontMetrics");
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw unknown("copyArea");
  }

  private static UnsupportedOperationException unknown(String method) {
    return new UnsupportedOperationException(method + ": charts do not use it; add it here");
  }
}
