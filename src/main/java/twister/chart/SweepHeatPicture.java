package twister.chart;

import static twister.chart.PlotStyle.GAP;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.spec.ChartSize;

/// The losses of a grid of two keys as coloured cells, all of one size whatever the values are.
/// Cells hold their loss where it fits; very many are one image.
final class SweepHeatPicture {
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
  private final LegendRow legend;
  private final Optional<ColourBar> bar;
  private final SweepTable table;
  private final int digits;

  /// Of the losses in their cells; 0 where they have no room.
  private final double textSize;

  private final double width;
  private final double height;
  private final HeatPlot.Names across;
  private final HeatPlot.Names up;
  private final HeatPlot plot;

  /// @param size the picture is lower where its cells would be much higher than wide
  SweepHeatPicture(SweepTable table, SweepCells cells, ChartSize size) {
    this.table = table;
    this.cells = cells;
    int rows = cells.up().size();
    range = LossRange.ofColours(cells.losses(), table.uniform());
    double left = HeatPlot.left(labels(cells.up(), 1));
    double room = size.units() - left - size.units() / 4.0;
    bar =
        Optional.of(range)
            .filter(losses -> !losses.isEmpty())
            .map(losses -> ColourBar.of(losses, Shades.VIRIDIS))
            .filter(colours -> colours.width() < room);
    double beside = 2 * GAP + bar.map(ColourBar::width).orElse(0.0);
    double side = size.units() - left - beside;
    width = side / cells.across().size();
    legend = new LegendRow(SweepCells.legend(cells.all()), side);
    double above = legend.height() + 1.5 * GAP;
    double most = size.unitsUp() - above - PlotStyle.FOOT;
    double fitting = Math.max(LOWEST, rows * Math.clamp(width, LEAST_CELL, LARGEST_CELL));
    height = Math.min(most, fitting) / rows;
    across = new HeatPlot.Names(cells.across().axisTitle(), labels(cells.across(), apartAcross()));
    up =
        new HeatPlot.Names(
            cells.up().axisTitle(), labels(cells.up(), 1.2 * PlotStyle.TICKS.size() / height));
    plot =
        new HeatPlot(
            size,
            (int) Math.round(above + rows * height + PlotStyle.FOOT),
            across,
            up,
            new HeatPlot.Room(left, above, beside, GAP),
            Shades.VIRIDIS);
    digits = isImage() ? 3 : digits();
    textSize = isImage() ? 0 : legible(textSize(digits));
    if (!isImage()) {
      addCells();
    }
    plot.addOverlay(this::paintOver);
  }

  /// The labels of all values, or of some, the first and the last among them.
  ///
  /// @param apart the least distance of two, in cells
  private static List<String> labels(SweepKey key, double apart) {
    Set<Integer> some = AxisMark.some(key.size(), apart).collect(Collectors.toSet());
    return IntStream.range(0, key.size())
        .mapToObj(place -> some.contains(place) ? key.label(place) : "")
        .toList();
  }

  private double apartAcross() {
    double widest =
        labels(cells.across(), 1).stream().mapToDouble(PlotStyle.TICKS::width).max().orElse(0);
    return (widest + GAP) / width;
  }

  private boolean isImage() {
    return cells.across().size() * cells.up().size() > MANY;
  }

  private void addCells() {
    forEach(
        (x, y, setting) -> {
          if (setting.isFinite()) {
            plot.addCell(x, y, range.share(setting.loss()));
          }
        });
  }

  /// As few digits, from three, as tell the losses apart, four at most; three where four do not
  /// fit.
  private int digits() {
    List<String> texts = texts(3);
    boolean areTold = texts.stream().distinct().count() == texts.size();
    return areTold || textSize(4) < LEAST_TEXT ? 3 : 4;
  }

  private static double legible(double size) {
    return size < LEAST_TEXT ? 0 : Math.min(size, LARGEST_TEXT);
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
    return Math.min(0.84 * width * unit.size() / widest, 0.6 * height);
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(new SweepWords(table).heatmap(cells, range, "framed"), this::data);
  }

  private HeatData data() {
    List<HeatData.Cell> all = new ArrayList<>();
    for (int y = 0; y < cells.up().size(); y++) {
      for (int x = 0; x < cells.across().size(); x++) {
        all.add(cells.cell(x, y).map(this::dataCell).orElse(HeatData.Cell.EMPTY));
      }
    }
    return new HeatData(
        across, up, PlotData.Side.BELOW, all, Shades.VIRIDIS, bar, textSize, plot.area());
  }

  private HeatData.Cell dataCell(SweepSetting setting) {
    boolean isBest = cells.best().filter(best -> best.equals(setting)).isPresent();
    Optional<Color> frame = isBest ? Optional.of(PlotStyle.BEST) : Optional.empty();
    if (setting.isFinite()) {
      double share = Math.clamp(range.share(setting.loss()), 0.0, 1.0);
      Color ink = Blues.ink(colour(setting));
      List<String> text =
          textSize > 0 ? List.of(Numbers.padded(setting.loss(), digits)) : List.of();
      return new HeatData.Cell(setting.loss(), share, Optional.empty(), text, ink, frame);
    }
    boolean hasMark = setting.isDiverged() || setting.isInfinite();
    return new HeatData.Cell(
        setting.loss(),
        Double.NaN,
        Optional.of(NO_LOSS),
        hasMark ? List.of("×") : List.of(),
        PlotStyle.DIVERGED,
        frame);
  }

  private void paintOver(Graphics2D g) {
    if (isImage()) {
      paintImage(g);
    } else {
      paintNotFinite(g);
    }
    plot.paintLines(g);
    paintCrosses(g);
    // The texts come last: no frame cuts their digits.
    paintBest(g);
    paintTexts(g);
    legend.paint(g, plot.area().getMinX(), GAP);
    bar.ifPresent(colours -> colours.paint(g, plot.area()));
    if (range.isEmpty()) {
      g.setColor(PlotStyle.DIVERGED);
      double middle = plot.area().getCenterX();
      PlotStyle.LABELS.centred(g, new SweepWords(table).noLoss(), middle, plot.area().getCenterY());
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

  private void paintNotFinite(Graphics2D g) {
    forEach(
        (x, y, setting) -> {
          if (!setting.isFinite()) {
            g.setColor(colour(setting));
            g.fill(plot.cell(x, y));
          }
        });
  }

  private void paintImage(Graphics2D g) {
    int columns = cells.across().size();
    int rows = cells.up().size();
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D ground = image.createGraphics();
    ground.setColor(Color.WHITE);
    ground.fillRect(0, 0, columns, rows);
    forEach((x, y, setting) -> image.setRGB(x, rows - 1 - y, colour(setting).getRGB()));
    Rectangle2D area = plot.area();
    int left = (int) Math.round(area.getMinX());
    int top = (int) Math.round(area.getMinY());
    int across = (int) Math.round(area.getMaxX()) - left;
    int up = (int) Math.round(area.getMaxY()) - top;
    g.drawImage(image, left, top, across, up, null);
  }

  private void paintCrosses(Graphics2D g) {
    double size = Math.min(width, height);
    if (size >= LEAST_CROSS) {
      g.setColor(PlotStyle.DIVERGED);
      forEach(
          (x, y, setting) -> {
            if (setting.isDiverged() || setting.isInfinite()) {
              Rectangle2D cell = plot.cell(x, y);
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
    if (textSize > 0) {
      Lettering text = Lettering.ofSize(textSize);
      forEach(
          (x, y, setting) -> {
            if (setting.isFinite()) {
              g.setColor(Blues.ink(colour(setting)));
              Rectangle2D cell = plot.cell(x, y);
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
                  plot.cell(cells.across().place(best.first()), cells.up().place(best.first()));
              double line = Math.clamp(0.08 * Math.min(width, height), 3, 6);
              Rectangle2D outside = grown(cell, line / 2);
              // The seam around the frame leaves the marks of the axes whole.
              Shape clip = g.getClip();
              g.setClip(plot.area());
              g.setColor(Color.WHITE);
              g.setStroke(new BasicStroke((float) line + 4));
              g.draw(outside);
              g.setClip(clip);
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
