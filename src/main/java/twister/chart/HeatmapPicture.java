package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import twister.text.Symbols;

/// A heatmap of V x V square cells. Its side hardly depends on V, so that it fills a page:
///
/// - Cells that can hold their pair and value at a legible size do; a pair that has to be spelled
///   in code points stays away where it is too long.
/// - Smaller ones stay bare, a bar beside them tells what the colours mean, and the cells become
///   one image: 250,000 rectangles would be an SVG of 20 MB.
/// - Where even the symbols beside the rows get too close, only every second, third ... is there.
final class HeatmapPicture {
  private static final String PREVIOUS = "previous character";
  private static final int SIDE = 1620;
  private static final int LARGEST_CELL = 140;
  private static final int BAR = 26;
  private static final double LEAST_TEXT = 12;
  private static final double LARGEST_TEXT = 34;
  private static final double LEAST_SYMBOL = 16;
  private static final double LARGEST_SYMBOL = 30;
  private static final Color SECONDARY = new Color(0x555555);
  private static final Color SYMBOL = new Color(0x222222);
  private static final Color BORDER = new Color(0x9aa7b5);

  private final List<Symbols.Label> symbols;
  private final BigramTable table;
  private final HeatmapQuantity heat;
  private final double greatest;
  private final int cell;
  private final int side;
  private final boolean bare;
  private final Lettering cellText;
  private final Lettering symbolText;
  private final Lettering titleText;
  private final Lettering barText = Lettering.ofSize(24);
  private final List<String> title;
  private final int margin;
  private final int edge;
  private final HeatPlot plot;

  HeatmapPicture(BigramTable table, HeatmapQuantity heat) {
    this.table = table;
    this.heat = heat;
    symbols = table.symbols().stream().map(new Symbols(barText::draws)::label).toList();
    greatest = greatest();
    cell = Math.clamp(SIDE / symbols.size(), 1, LARGEST_CELL);
    side = cell * symbols.size();
    double fitting = Math.min(0.9, 100 / room(Lettering.ofSize(100)));
    symbolText = Lettering.ofSize(Math.clamp(fitting * cell, LEAST_SYMBOL, LARGEST_SYMBOL));
    titleText = Lettering.ofSize(Math.clamp(side / 54.0, 20, 30));
    cellText = Lettering.ofSize(cellTextSize());
    bare = cellText.size() < LEAST_TEXT;
    margin = (int) (widestSymbol() + 2.6 * titleText.size());
    edge = (int) titleText.size();
    double beside = bare ? Math.max(2.0 * edge, edge + barWidth() + barText.size()) : edge;
    int width = margin + side + (int) beside;
    title = titleText.lines(heat.title(), width - titleText.size());
    // XChart has half of it at either side of a title.
    int above = 2 * (int) ((margin - edge + title.size() * lineHeight()) / 2) + edge;
    HeatPlot.Names names = HeatPlot.Names.none(symbols.size());
    HeatPlot.Room room = new HeatPlot.Room(margin, above, (int) beside, edge);
    plot = new HeatPlot(width, above + side + edge, names, names, room, Blues.SHADES);
    if (!bare) {
      addCells();
    }
    plot.addOverlay(this::paintOver);
  }

  private void addCells() {
    plot.getStyler().setPlotBackgroundColor(Blues.shade(0));
    forEach(
        (previous, next, value) -> {
          if (Double.isFinite(value) && !colour(value).equals(Blues.shade(0))) {
            plot.addCell(next, symbols.size() - 1 - previous, value / greatest);
          }
        });
  }

  /// Takes a cell.
  @FunctionalInterface
  private interface Visitor {
    void accept(int previous, int next, double value);
  }

  private void forEach(Visitor visitor) {
    for (int previous = 0; previous < symbols.size(); previous++) {
      for (int next = 0; next < symbols.size(); next++) {
        visitor.accept(previous, next, heat.value(table, previous, next));
      }
    }
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(description());
  }

  private Description description() {
    List<String> sentences = new ArrayList<>();
    sentences.add(symbols.size() == 1 ? "1 symbol" : symbols.size() + " symbols");
    forEach(
        (previous, next, value) -> {
          if (value == greatest && sentences.size() == 1) {
            String pair = pair(previous, next).text();
            sentences.add("greatest " + heat.quantity() + " " + heat.text(value) + ": " + pair);
          }
        });
    return new Description(heat.title(), sentences);
  }

  private int top() {
    return (int) Math.round(plot.area().getMinY());
  }

  private void paintOver(Graphics2D g) {
    if (bare) {
      paintImage(g);
      paintBar(g);
    } else {
      paintUnknown(g);
      paintTexts(g, Color.BLACK);
      paintTexts(g, Color.WHITE);
    }
    g.setColor(BORDER);
    g.setStroke(new BasicStroke(1));
    // Between pixels, so that it is sharp.
    g.draw(new Rectangle2D.Double(margin - 0.5, top() - 0.5, side + 1, side + 1));
    paintSymbols(g);
    paintTitles(g);
  }

  private double greatest() {
    double most = 0;
    for (int previous = 0; previous < symbols.size(); previous++) {
      for (int next = 0; next < symbols.size(); next++) {
        double value = heat.value(table, previous, next);
        most = Double.isFinite(value) ? Math.max(most, value) : most;
      }
    }
    return most;
  }

  private double lineHeight() {
    return 1.4 * titleText.size();
  }

  private double widestSymbol() {
    return symbols.stream().mapToDouble(this::symbolWidth).max().orElse(0);
  }

  /// The distance at which symbols of one size do not touch each other, beside and below another.
  private double room(Lettering lettering) {
    Rectangle2D highest = new Rectangle2D.Double();
    double widest = 0;
    for (Symbols.Label symbol : symbols) {
      Rectangle2D ink = lettering.ink(symbol.text());
      highest.add(new Rectangle2D.Double(0, ink.getY(), 0, ink.getHeight()));
      widest = Math.max(widest, symbol.isSpelled() ? 0 : ink.getWidth());
    }
    return Math.max(highest.getHeight(), widest);
  }

  /// Room that a symbol takes beside its row: that of a wide letter at least.
  private double symbolWidth(Symbols.Label symbol) {
    return Math.max(symbolText.width(symbol.text()), symbolText.size());
  }

  /// The largest size at which two lines fit every cell; 0 if that is certainly illegible. Pairs
  /// with a code point have no say: they may be left out.
  private double cellTextSize() {
    double highest = Math.min(LARGEST_TEXT, 0.31 * cell);
    if (highest < LEAST_TEXT) {
      return 0;
    }
    Lettering unit = Lettering.ofSize(100);
    double widest = 0;
    for (int previous = 0; previous < symbols.size(); previous++) {
      for (int next = 0; next < symbols.size(); next++) {
        Symbols.Label pair = pair(previous, next);
        widest = Math.max(widest, pair.isSpelled() ? 0 : unit.width(pair.text()));
        widest = Math.max(widest, unit.width(heat.text(heat.value(table, previous, next))));
      }
    }
    return Math.min(highest, textWidth() * unit.size() / widest);
  }

  private double textWidth() {
    return 0.90 * cell;
  }

  private Symbols.Label pair(int previous, int next) {
    return symbols.get(previous).followedBy(symbols.get(next));
  }

  private Color colour(double value) {
    return HeatmapQuantity.colour(value, greatest);
  }

  private Rectangle2D cell(int previous, int next) {
    return plot.cell(next, symbols.size() - 1 - previous);
  }

  /// Paints the cells whose value is not a number.
  private void paintUnknown(Graphics2D g) {
    forEach(
        (previous, next, value) -> {
          if (!Double.isFinite(value)) {
            g.setColor(colour(value));
            g.fill(cell(previous, next));
          }
        });
  }

  /// Paints the texts of one colour; all of them together keep the SVG small.
  private void paintTexts(Graphics2D g, Color ink) {
    g.setColor(ink);
    forEach(
        (previous, next, value) -> {
          if (Blues.ink(colour(value)).equals(ink)) {
            paintText(g, previous, next);
          }
        });
  }

  private void paintText(Graphics2D g, int previous, int next) {
    double x = cell(previous, next).getCenterX();
    double y = cell(previous, next).getCenterY();
    Symbols.Label pair = pair(previous, next);
    String value = heat.text(heat.value(table, previous, next));
    if (pair.isSpelled() && cellText.width(pair.text()) > textWidth()) {
      cellText.centred(g, value, x, y);
    } else {
      double apart = 0.62 * cellText.size();
      cellText.centred(g, pair.text(), x, y - apart);
      cellText.centred(g, value, x, y + apart);
    }
  }

  private void paintImage(Graphics2D g) {
    int cells = symbols.size();
    BufferedImage image = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_RGB);
    forEach((previous, next, value) -> image.setRGB(next, previous, colour(value).getRGB()));
    g.drawImage(image, margin, top(), side, side, null);
  }

  private Axis barAxis(double top) {
    double foot = top + side / 3.0;
    return new Axis(Scale.LINEAR, 0, greatest > 0 ? greatest : 1, foot, top);
  }

  /// Room for the bar with its labels.
  private double barWidth() {
    double labels = barText.widest(barAxis(0).ticks(4, 0));
    return Math.max(barText.width(heat.quantity()), BAR + barText.size() / 2 + labels);
  }

  private void paintBar(Graphics2D g) {
    int x = margin + side + (int) titleText.size();
    int top = top();
    Axis axis = barAxis(top);
    int foot = (int) axis.start();
    for (int y = top; y < foot; y++) {
      g.setColor(Blues.shade((axis.start() - y) / (axis.start() - axis.end())));
      // Each shade covers all that is below it, or the ground would shine through between them.
      g.fillRect(x, y, BAR, foot - y);
    }
    g.setColor(SYMBOL);
    for (Axis.Tick tick : axis.ticks(4, 0)) {
      barText.leftAligned(g, tick.label(), x + BAR + barText.size() / 2, axis.pixel(tick.value()));
    }
    barText.leftAligned(g, heat.quantity(), x, axis.start() + 1.5 * barText.size());
  }

  private void paintSymbols(Graphics2D g) {
    g.setColor(SYMBOL);
    int top = top();
    int every = (int) Math.ceil(room(symbolText) / cell);
    for (int symbol = 0; symbol < symbols.size(); symbol += every) {
      String text = symbols.get(symbol).text();
      double away = 0.5 * symbolWidth(symbols.get(symbol)) + 4;
      double middle = (symbol + 0.5) * cell;
      symbolText.centred(g, text, margin - away, top + middle);
      if (symbols.get(symbol).isSpelled()) {
        symbolText.upwards(g, text, margin + middle, top - away);
      } else {
        symbolText.centred(g, text, margin + middle, top - 0.5 * symbolText.size() - 4);
      }
    }
  }

  private void paintTitles(Graphics2D g) {
    g.setColor(SYMBOL);
    for (int line = 0; line < title.size(); line++) {
      titleText.leftAligned(
          g, title.get(line), 0.5 * titleText.size(), titleText.size() + line * lineHeight());
    }
    g.setColor(SECONDARY);
    double middle = side / 2.0;
    double above = top() - margin + titleText.size();
    titleText.centred(g, "next character", margin + middle, above);
    // It is longer than one row.
    double lowest = plot.getHeight() - 0.5 * (titleText.width(PREVIOUS) + titleText.size());
    titleText.upwards(g, PREVIOUS, titleText.size(), Math.min(top() + middle, lowest));
  }
}
