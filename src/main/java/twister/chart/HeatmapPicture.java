package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import twister.text.Symbols;

/// A heatmap of V x V square cells. Its side hardly depends on V, so that it fills a page:
///
/// - Cells that can hold their pair and value at a legible size do; a pair that has to be spelled
///   in code points stays away where it is too long.
/// - Smaller ones stay bare, a bar beside them tells what the colours mean, and the cells become
///   one image: 250,000 rectangles would be an SVG of 20 MB.
/// - Where even the symbols beside the rows get too close, only every second, third ... is there.
final class HeatmapPicture implements Picture {
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
  private final int top;

  HeatmapPicture(BigramTable table, HeatmapQuantity heat) {
    this.table = table;
    this.heat = heat;
    symbols = table.symbols().stream().map(new Symbols(barText::draws)::label).toList();
    greatest = greatest();
    cell = Math.clamp(SIDE / symbols.size(), 1, LARGEST_CELL);
    side = cell * symbols.size();
    symbolText = Lettering.ofSize(Math.clamp(cell * 0.9, LEAST_SYMBOL, LARGEST_SYMBOL));
    titleText = Lettering.ofSize(Math.clamp(side / 54.0, 20, 30));
    cellText = Lettering.ofSize(cellTextSize());
    bare = cellText.size() < LEAST_TEXT;
    margin = (int) (widestSymbol() + 2.6 * titleText.size());
    title = titleText.lines(heat.title(), width() - titleText.size());
    top = margin + (int) (title.size() * lineHeight());
  }

  @Override
  public int width() {
    return margin + side + (int) (titleText.size() + (bare ? barWidth() + barText.size() : 0));
  }

  @Override
  public int height() {
    return top + side + (int) titleText.size();
  }

  @Override
  public void paint(Graphics2D g) {
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width(), height());
    if (bare) {
      paintImage(g);
      paintBar(g);
    } else {
      paintCells(g);
      paintTexts(g, Color.BLACK);
      paintTexts(g, Color.WHITE);
    }
    g.setColor(BORDER);
    g.setStroke(new BasicStroke(1));
    g.drawRect(margin, top, side, side);
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

  private Color colour(int previous, int next) {
    return HeatmapQuantity.colour(heat.value(table, previous, next), greatest);
  }

  private void paintCells(Graphics2D g) {
    // Edges of cells lie between pixels: smoothing them would let the ground shine through.
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    g.setColor(Blues.shade(0));
    g.fillRect(margin, top, side, side);
    for (int previous = 0; previous < symbols.size(); previous++) {
      for (int next = 0; next < symbols.size(); next++) {
        if (!colour(previous, next).equals(Blues.shade(0))) {
          g.setColor(colour(previous, next));
          g.fillRect(margin + next * cell, top + previous * cell, cell, cell);
        }
      }
    }
  }

  /// Paints the texts of one colour; all of them together keep the SVG small.
  private void paintTexts(Graphics2D g, Color ink) {
    g.setColor(ink);
    for (int previous = 0; previous < symbols.size(); previous++) {
      for (int next = 0; next < symbols.size(); next++) {
        if (Blues.ink(colour(previous, next)).equals(ink)) {
          paintText(g, previous, next);
        }
      }
    }
  }

  private void paintText(Graphics2D g, int previous, int next) {
    double x = margin + (next + 0.5) * cell;
    double y = top + (previous + 0.5) * cell;
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
    for (int previous = 0; previous < cells; previous++) {
      for (int next = 0; next < cells; next++) {
        image.setRGB(next, previous, colour(previous, next).getRGB());
      }
    }
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.drawImage(image, margin, top, side, side, null);
  }

  private Axis barAxis() {
    double foot = top + side / 3.0;
    return new Axis(Scale.LINEAR, 0, greatest > 0 ? greatest : 1, foot, top);
  }

  /// Room for the bar with its labels.
  private double barWidth() {
    double labels =
        barAxis().ticks(4, 0).stream().mapToDouble(t -> barText.width(t.label())).max().orElse(0);
    return Math.max(barText.width(heat.quantity()), BAR + barText.size() / 2 + labels);
  }

  private void paintBar(Graphics2D g) {
    int x = margin + side + (int) titleText.size();
    Axis axis = barAxis();
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
    int every = (int) Math.ceil(symbolText.size() * 0.95 / cell);
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
    double above = top - margin + titleText.size();
    titleText.centred(g, "next character", margin + middle, above);
    titleText.upwards(g, "previous character", titleText.size(), top + middle);
  }
}
