package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import twister.spec.ChartSize;

/// A picture as it was painted, to be painted again any number of times: text is text, the segments
/// of a line are one line.
///
/// @param size how large it is
/// @param width in units
/// @param height in units
/// @param description what it shows, in words
/// @param steps what was painted, in order
/// @param data what it is made of, where other programs can draw it
record Recording(
    ChartSize size,
    int width,
    int height,
    Description description,
    List<Step> steps,
    Optional<PictureData> data) {
  Recording {
    steps = List.copyOf(steps);
  }

  /// A picture that no other program can draw.
  Recording(ChartSize size, int width, int height, Description description, List<Step> steps) {
    this(size, width, height, description, steps, Optional.empty());
  }

  /// The same with other words.
  Recording described(Description words) {
    return new Recording(size, width, height, words, steps, data);
  }

  /// The plots that it is made of.
  ///
  /// @throws IllegalStateException if it is not made of plots
  PlotGrid plots() {
    if (data.isPresent() && data.get() instanceof PlotGrid grid) {
      return grid;
    }
    throw new IllegalStateException("expected a picture made of plots");
  }

  /// What was painted within a clip.
  record Step(Mark mark, Optional<Shape> clip) {}

  /// What was painted, at another place.
  List<Step> moved(double right, double down) {
    AffineTransform shift = AffineTransform.getTranslateInstance(right, down);
    return steps.stream()
        .map(
            step ->
                new Step(moved(step.mark(), shift), step.clip().map(shift::createTransformedShape)))
        .toList();
  }

  private static Mark moved(Mark mark, AffineTransform shift) {
    return switch (mark) {
      case Mark.Line line -> new Mark.Line(shift.createTransformedShape(line.path()), line.style());
      case Mark.Area area when area.shape() instanceof Rectangle2D shape ->
          new Mark.Area(moved(shape, shift), area.paint());
      case Mark.Area area ->
          new Mark.Area(shift.createTransformedShape(area.shape()), area.paint());
      case Mark.Text text ->
          new Mark.Text(text.text(), shift.transform(text.at(), null), text.angle(), text.style());
      case Mark.Pixels pixels -> new Mark.Pixels(pixels.image(), moved(pixels.place(), shift));
    };
  }

  private static Rectangle2D moved(Rectangle2D place, AffineTransform shift) {
    return shift.createTransformedShape(place).getBounds2D();
  }

  /// All texts, in the order in which they were painted.
  List<Mark.Text> texts() {
    List<Mark.Text> texts = new ArrayList<>();
    for (Step step : steps) {
      if (step.mark() instanceof Mark.Text text) {
        texts.add(text);
      }
    }
    return texts;
  }

  /// Paints what was recorded. Marks of one style have a graphics of their own, which is a group in
  /// an SVG.
  public void paint(Graphics2D g) {
    PlotStyle.clear(g, width, height);
    int from = 0;
    while (from < steps.size()) {
      int to = from + 1;
      while (to < steps.size() && isOfOneStyle(steps.get(from), steps.get(to))) {
        to++;
      }
      paint((Graphics2D) g.create(), steps.subList(from, to));
      from = to;
    }
  }

  /// The pixels of the picture.
  BufferedImage pixels() {
    double scale = size.pixelsPerUnit();
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(scale * width),
            (int) Math.round(scale * height),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    // The picture may end within the last pixels.
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.scale(scale, scale);
    paint(g);
    g.dispose();
    return image;
  }

  private static void paint(Graphics2D g, List<Step> alike) {
    alike.getFirst().clip().ifPresent(g::clip);
    alike.getFirst().mark().prepare(g);
    alike.forEach(step -> step.mark().paint(g));
    g.dispose();
  }

  private static boolean isOfOneStyle(Step one, Step other) {
    return one.mark().getClass() == other.mark().getClass()
        && Objects.equals(one.mark().style(), other.mark().style())
        && one.clip().equals(other.clip());
  }
}
