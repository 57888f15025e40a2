package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The losses of a grid of two keys as coloured cells, all of one size whatever the values are.
/// Cells hold their loss where it fits; very many are one image.
final class SweepHeatPicture implements Picture {
  private static final double HIGHEST = 860;

  /// Room for the title of the bar.
  private static final double LOWEST = 470;

  private static final double LARGEST_CELL = 150;
  private static final double LEAST_CELL = 64;
  private static final double LEAST_TEXT = 16;
  private static final double LARGEST_TEXT = 32;

  /// Smaller cells are too small for a cross.
  private static final double LEAST_CROSS = 8;

  /// More cells than that would make a large drawing.
  private static final int MANY = 400;

  private static final Color NO_LOSS = new Color(0xdddddd);

  private final SweepCells cells;
  private final LossRange range;
  private final Caption caption;
  private final Optional<ColourBar> bar;
  private final SweepTable table;
  private final int digits;
  private final Rectangle2D plot;
  private final double width;
  private final double height;

  SweepHeatPicture(SweepTable table, SweepCells cells) {
    this.table = table;
    this.cells = cells;
    range = LossRange.of(cells.losses(), table.uniform());
    caption = Caption.of(new SweepWords(table).heatmap(cells, range, "framed"));
    bar = range.isEmpty() ? Optional.empty() : Optional.of(ColourBar.of(range));
    double left = PlotFrame.left(marks(cells.up(), 0, 0));
    double side = WIDTH - 2 * GAP - bar.map(ColourBar::width).orElse(0.0) - left;
    width = side / cells.across().size();
    height = Math.min(Math.clamp(width, LEAST_CELL, LARGEST_CELL), HIGHEST / cells.up().size());
    plot =
        new Rectangle2D.Double(
            left, caption.height() + GAP, side, Math.max(height * cells.up().size(), LOWEST));
    digits = digits();
  }

  /// As few digits, from three, as tell the losses apart, four at most; three where four do not
  /// fit.
  private int digits() {
    List<String> texts = texts(3);
    boolean areTold = texts.stream().distinct().count() == texts.size();
    return areTold || textSize(4) < LEAST_TEXT ? 3 : 4;
  }

  private List<String> texts(int digits) {
    return cells
        .losses()
        .filter(Double::isFinite)
        .mapToObj(loss -> Numbers.padded(loss, digits))
        .toList();
  }

  /// The largest size at which losses of so many digits fit their cells.
  private double textSize(int digits) {
    Lettering unit = Lettering.ofSize(100);
    double widest = texts(digits).stream().mapToDouble(unit::width).max().orElse(1);
    return Math.min(0.84 * width * unit.size() / widest, 0.6 * cellHeight());
  }

  private double cellHeight() {
    return plot.getHeight() / cells.up().size();
  }

  private Rectangle2D cell(int x, int y) {
    double top = plot.getMaxY() - (y + 1) * cellHeight();
    return new Rectangle2D.Double(plot.getMinX() + x * width, top, width, cellHeight());
  }

  /// A mark in the middle of each cell, or of some, the first and the last among them, where labels
  /// need room.
  private static List<PlotFrame.Mark> marks(SweepKey key, double start, double step) {
    double room =
        IntStream.range(0, key.size())
            .mapToDouble(place -> PlotStyle.TICKS.width(key.label(place)) + 2 * GAP)
            .max()
            .orElse(0);
    double each = step > 0 ? room : 1.2 * PlotStyle.TICKS.size();
    double apart = step == 0 ? 1 : each / Math.abs(step);
    return PlotFrame.some(key.size(), apart)
        .map(place -> new PlotFrame.Mark(start + (place + 0.5) * step, key.label(place)))
        .toList();
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return (int) Math.ceil(plot.getMaxY() + PlotStyle.FOOT);
  }

  @Override
  public void paint(Graphics2D g) {
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, height());
    // Edges of cells lie between pixels: smoothing them would let the ground shine through.
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    if (cells.across().size() * cells.up().size() > MANY) {
      paintImage(g);
    } else {
      forEach((x, y, setting) -> paintCell(g, cell(x, y), colour(setting)));
    }
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    paintCrosses(g);
    // The texts come last: no frame cuts their digits.
    paintBest(g);
    paintTexts(g);
    new PlotFrame(
            plot,
            marks(cells.across(), plot.getMinX(), width),
            marks(cells.up(), plot.getMaxY(), -cellHeight()),
            cells.across().title(),
            cells.up().title())
        .paint(g);
    caption.paint(g);
    bar.ifPresent(colours -> colours.paint(g, plot));
    if (range.isEmpty()) {
      g.setColor(PlotStyle.DIVERGED);
      PlotStyle.LABELS.centred(
          g, new SweepWords(table).noLoss(), plot.getCenterX(), plot.getCenterY());
    }
  }

  /// Takes a cell that is not empty.
  @FunctionalInterface
  private interface Painting {
    void accept(int x, int y, SweepSetting setting);
  }

  private void forEach(Painting painting) {
    for (int y = 0; y < cells.up().size(); y++) {
      for (int x = 0; x < cells.across().size(); x++) {
        Optional<SweepSetting> setting = cells.cell(x, y);
        if (setting.isPresent()) {
          painting.accept(x, y, setting.get());
        }
      }
    }
  }

  private Color colour(SweepSetting setting) {
    return !setting.isFinite() ? NO_LOSS : range.colour(setting.loss());
  }

  private static void paintCell(Graphics2D g, Rectangle2D cell, Color colour) {
    g.setColor(colour);
    int left = (int) Math.round(cell.getMinX());
    int top = (int) Math.round(cell.getMinY());
    g.fillRect(
        left, top, (int) Math.round(cell.getMaxX()) - left, (int) Math.round(cell.getMaxY()) - top);
  }

  private void paintImage(Graphics2D g) {
    int columns = cells.across().size();
    int rows = cells.up().size();
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D ground = image.createGraphics();
    ground.setColor(Color.WHITE);
    ground.fillRect(0, 0, columns, rows);
    forEach((x, y, setting) -> image.setRGB(x, rows - 1 - y, colour(setting).getRGB()));
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(
        image,
        (int) Math.round(plot.getMinX()),
        (int) Math.round(plot.getMinY()),
        (int) Math.round(plot.getWidth()),
        (int) Math.round(plot.getHeight()),
        null);
  }

  private void paintCrosses(Graphics2D g) {
    double size = Math.min(width, cellHeight());
    if (size >= LEAST_CROSS) {
      g.setColor(PlotStyle.DIVERGED);
      forEach(
          (x, y, setting) -> {
            if (setting.isDiverged() || setting.isInfinite()) {
              Rectangle2D cell = cell(x, y);
              Point2D middle = new Point2D.Double(cell.getCenterX(), cell.getCenterY());
              EdgeMarks.Kind kind =
                  setting.isDiverged() ? EdgeMarks.Kind.DIVERGED : EdgeMarks.Kind.INFINITE;
              g.setStroke(size > 30 ? PlotStyle.THICK : PlotStyle.THIN);
              EdgeMarks.paint(g, kind, middle, Math.min(14, 0.3 * size));
            }
          });
    }
  }

  /// The losses in their cells, if the widest of them fits at a legible size.
  private void paintTexts(Graphics2D g) {
    double size = textSize(digits);
    if (size >= LEAST_TEXT) {
      Lettering text = Lettering.ofSize(Math.min(size, LARGEST_TEXT));
      forEach(
          (x, y, setting) -> {
            if (setting.isFinite()) {
              g.setColor(Blues.ink(colour(setting)));
              Rectangle2D cell = cell(x, y);
              String loss = Numbers.padded(setting.loss(), digits);
              text.centred(g, loss, cell.getCenterX(), cell.getCenterY());
            }
          });
    }
  }

  private void paintBest(Graphics2D g) {
    cells
        .best()
        .ifPresent(
            best -> {
              Rectangle2D cell =
                  cell(cells.across().place(best.first()), cells.up().place(best.first()));
              double line = Math.clamp(0.08 * Math.min(width, cellHeight()), 3, 6);
              Rectangle2D outside = grown(cell, line / 2);
              g.setColor(Color.WHITE);
              g.setStroke(new BasicStroke((float) line + 4));
              g.draw(outside);
              g.setColor(PlotStyle.BEST);
              g.setStroke(new BasicStroke((float) line));
              g.draw(outside);
            });
  }

  private static Rectangle2D grown(Rectangle2D cell, double by) {
    return new Rectangle2D.Double(
        cell.getMinX() - by,
        cell.getMinY() - by,
        cell.getWidth() + 2 * by,
        cell.getHeight() + 2 * by);
  }
}
