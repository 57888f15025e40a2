package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.TITLES;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import twister.spec.ChartSize;
import twister.text.Symbols;

/// A heatmap of V x V square cells, as wide as its size says and as high as that makes it:
///
/// - Cells that can hold their pair and value at a legible size do; a pair that has to be spelled
///   in code points stays away where it is too long.
/// - Smaller ones stay bare, a bar beside them tells what the colours mean, and the cells become
///   one image: 250,000 rectangles would be an SVG of 20 MB.
/// - Where even the symbols beside the rows get too close, only every second, third ... is there.
final class HeatmapPicture {
  private static final String NEXT = "next character";
  private static final String PREVIOUS = "previous character";
  private static final double LEAST_TEXT = 12;
  private static final double LARGEST_TEXT = 34;
  private static final double LEAST_SYMBOL = 18;
  private static final double LARGEST_SYMBOL = 34;
  private static final Color SYMBOL = new Color(0x222222);
  private static final Color BORDER = new Color(0x7d8b9a);

  /// Larger ones would make a picture that is too large for a page.
  private static final int LARGEST = 1750;

  private static final int LEAST = 900;

  /// Width of a cell with its texts.
  private static final int CELL = 140;

  private final Heatmap heat;
  private final List<Symbols.Label> symbols;
  private final double cell;
  private final boolean bare;
  private final double least;
  private final Lettering cellText;
  private final Lettering symbolText;
  private final ColourBar bar;
  private final HeatPlot plot;

  /// @param size how wide it is
  HeatmapPicture(Heatmap heat, ChartSize size) {
    this.heat = heat;
    symbols = heat.symbols().stream().map(new Symbols(PlotStyle.TICKS::draws)::label).toList();
    bar = heat.bar();
    double fitting = Math.min(0.9, 100 / room(Lettering.ofSize(100)));
    Lettering largest = symbolText(fitting * size.units() / symbols.size());
    int margin = (int) (widestSymbol(largest) + TITLES.size() + 2.5 * GAP);
    double withTexts = (double) (size.units() - margin - GAP) / symbols.size();
    least = size.leastText(LEAST_TEXT);
    double textSize = cellTextSize(withTexts);
    bare = textSize < least;
    cellText = Lettering.ofSize(textSize);
    double beside = bare ? Math.ceil(bar.width()) + 2 * GAP : GAP;
    double side = size.units() - margin - beside;
    cell = side / symbols.size();
    symbolText = symbolText(fitting * cell);
    // XChart has half of it at either side of a title.
    int above = 2 * ((margin - GAP) / 2) + GAP;
    HeatPlot.Names names = HeatPlot.Names.none(symbols.size());
    HeatPlot.Room room = new HeatPlot.Room(margin, above, beside, GAP);
    int height = (int) Math.round(above + side + GAP);
    plot = new HeatPlot(size, height, names, names, room, heat.scale().shades());
    if (!bare) {
      addCells();
    }
    plot.addOverlay(this::paintOver);
  }

  /// The size at which so many symbols, and the texts of the cells if there are few enough, can be
  /// read.
  static ChartSize size(int symbols) {
    int side = Math.clamp((long) CELL * symbols, LEAST, LARGEST);
    return ChartSize.pixels(side, side);
  }

  private static Lettering symbolText(double fitting) {
    return Lettering.ofSize(Math.clamp(fitting, LEAST_SYMBOL, LARGEST_SYMBOL));
  }

  private void addCells() {
    Color ground = heat.colour(0);
    plot.getStyler().setPlotBackgroundColor(ground);
    forEach(
        (previous, next, value) -> {
          if (Double.isFinite(value) && !heat.colour(value).equals(ground)) {
            plot.addCell(next, symbols.size() - 1 - previous, heat.share(value));
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
        visitor.accept(previous, next, heat.value(previous, next));
      }
    }
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(description(), this::data);
  }

  private HeatData data() {
    int size = symbols.size();
    List<HeatData.Cell> cells = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      for (int next = 0; next < size; next++) {
        cells.add(dataCell(size - 1 - row, next));
      }
    }
    List<String> names = names();
    return new HeatData(
        new HeatPlot.Names(NEXT, names),
        new HeatPlot.Names(PREVIOUS, names.reversed()),
        PlotData.Side.ABOVE,
        cells,
        heat.scale().shades(),
        bare ? Optional.of(bar) : Optional.empty(),
        bare ? 0 : cellText.size(),
        area());
  }

  private HeatData.Cell dataCell(int previous, int next) {
    double value = heat.value(previous, next);
    boolean isKnown = Double.isFinite(value);
    Color colour = heat.colour(value);
    return new HeatData.Cell(
        value,
        isKnown ? heat.share(value) : Double.NaN,
        isKnown ? Optional.empty() : Optional.of(colour),
        lines(previous, next),
        Blues.ink(colour),
        Optional.empty());
  }

  private Description description() {
    List<String> sentences = new ArrayList<>();
    sentences.add(symbols.size() == 1 ? "1 symbol" : symbols.size() + " symbols");
    double greatest = heat.greatest();
    forEach(
        (previous, next, value) -> {
          if (Math.abs(value) == greatest && sentences.size() == 1) {
            String pair = pair(previous, next).text();
            sentences.add(
                "“%s” has the greatest %s, %s".formatted(pair, heat.name(), heat.text(value)));
          }
        });
    if (!heat.spread().isEmpty()) {
      sentences.add(heat.spread());
    }
    if (bare && new LowerCells(heat, cell).areThere()) {
      sentences.add("Cells with a dash have less");
    }
    return new Description(heat.title(), sentences);
  }

  private void paintOver(Graphics2D g) {
    Rectangle2D area = area();
    if (bare) {
      paintImage(g, area);
      new LowerCells(heat, cell).paint(g, area);
      bar.paint(g, area);
    } else {
      paintUnknown(g);
      paintTexts(g, Color.BLACK);
      paintTexts(g, Color.WHITE);
    }
    g.setColor(BORDER);
    g.setStroke(new BasicStroke(1));
    // Between pixels, so that it is sharp.
    g.draw(
        new Rectangle2D.Double(
            area.getX() - 0.5, area.getY() - 0.5, area.getWidth() + 1, area.getHeight() + 1));
    paintSymbols(g, area);
    paintTitles(g, area);
  }

  /// The area of all cells, between pixels.
  private Rectangle2D area() {
    Rectangle2D area = plot.area();
    double left = Math.round(area.getMinX());
    double top = Math.round(area.getMinY());
    return new Rectangle2D.Double(
        left, top, Math.round(area.getMaxX()) - left, Math.round(area.getMaxY()) - top);
  }

  private double widestSymbol(Lettering lettering) {
    return symbols.stream().mapToDouble(symbol -> symbolWidth(symbol, lettering)).max().orElse(0);
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
  private static double symbolWidth(Symbols.Label symbol, Lettering lettering) {
    return Math.max(lettering.width(symbol.text()), lettering.size());
  }

  /// The largest size at which two lines fit every cell; 0 if that is certainly illegible. Pairs
  /// with a code point have no say: they may be left out.
  private double cellTextSize(double cell) {
    double highest = Math.min(LARGEST_TEXT, 0.31 * cell);
    if (highest < least) {
      return 0;
    }
    Lettering unit = Lettering.ofSize(100);
    double widest = 0;
    for (int previous = 0; previous < symbols.size(); previous++) {
      for (int next = 0; next < symbols.size(); next++) {
        Symbols.Label pair = pair(previous, next);
        widest = Math.max(widest, pair.isSpelled() ? 0 : unit.width(pair.text()));
        widest = Math.max(widest, unit.width(heat.text(heat.value(previous, next))));
      }
    }
    return Math.min(highest, textWidth(cell) * unit.size() / widest);
  }

  private static double textWidth(double cell) {
    return 0.90 * cell;
  }

  private Symbols.Label pair(int previous, int next) {
    return symbols.get(previous).followedBy(symbols.get(next));
  }

  private Rectangle2D cell(int previous, int next) {
    return plot.cell(next, symbols.size() - 1 - previous);
  }

  /// Paints the cells whose value is not a number.
  private void paintUnknown(Graphics2D g) {
    forEach(
        (previous, next, value) -> {
          if (!Double.isFinite(value)) {
            g.setColor(heat.colour(value));
            g.fill(cell(previous, next));
          }
        });
  }

  /// Paints the texts of one colour; all of them together keep the SVG small.
  private void paintTexts(Graphics2D g, Color ink) {
    g.setColor(ink);
    forEach(
        (previous, next, value) -> {
          if (Blues.ink(heat.colour(value)).equals(ink)) {
            paintText(g, previous, next);
          }
        });
  }

  private void paintText(Graphics2D g, int previous, int next) {
    double x = cell(previous, next).getCenterX();
    double y = cell(previous, next).getCenterY();
    List<String> lines = lines(previous, next);
    for (int line = 0; line < lines.size(); line++) {
      double below = 0.62 * cellText.size() * (2 * line - lines.size() + 1);
      cellText.centred(g, lines.get(line), x, y + below);
    }
  }

  /// What a cell says: its pair, where that has room, and its value.
  private List<String> lines(int previous, int next) {
    Symbols.Label pair = pair(previous, next);
    String value = heat.text(heat.value(previous, next));
    return pair.isSpelled() && cellText.width(pair.text()) > textWidth(cell)
        ? List.of(value)
        : List.of(pair.text(), value);
  }

  private void paintImage(Graphics2D g, Rectangle2D area) {
    int cells = symbols.size();
    BufferedImage image = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_RGB);
    forEach((previous, next, value) -> image.setRGB(next, previous, heat.colour(value).getRGB()));
    g.drawImage(
        image,
        (int) area.getX(),
        (int) area.getY(),
        (int) area.getWidth(),
        (int) area.getHeight(),
        null);
  }

  private void paintSymbols(Graphics2D g, Rectangle2D area) {
    g.setColor(SYMBOL);
    int every = every();
    for (int symbol = 0; symbol < symbols.size(); symbol += every) {
      String text = symbols.get(symbol).text();
      double away = 0.5 * symbolWidth(symbols.get(symbol), symbolText) + 6;
      double middle = (symbol + 0.5) * cell;
      symbolText.centred(g, text, area.getMinX() - away, area.getMinY() + middle);
      if (symbols.get(symbol).isSpelled()) {
        symbolText.upwards(g, text, area.getMinX() + middle, area.getMinY() - away);
      } else {
        double above = area.getMinY() - 0.5 * symbolText.size() - 6;
        symbolText.centred(g, text, area.getMinX() + middle, above);
      }
    }
  }

  /// The symbol of one row in so many stands beside it.
  private int every() {
    return (int) Math.ceil(Math.max(room(symbolText), spelledRow()) / cell);
  }

  /// Height of a row of symbols that are spelled, which stand close to each other in two
  /// directions.
  private double spelledRow() {
    return symbols.stream().anyMatch(Symbols.Label::isSpelled) ? 1.3 * symbolText.size() : 0;
  }

  private List<String> names() {
    int every = every();
    return IntStream.range(0, symbols.size())
        .mapToObj(symbol -> symbol % every == 0 ? symbols.get(symbol).text() : "")
        .toList();
  }

  private void paintTitles(Graphics2D g, Rectangle2D area) {
    g.setColor(PlotStyle.FRAME);
    double at = 0.5 * GAP + 0.5 * TITLES.size();
    String across = TITLES.fitting(NEXT, area.getWidth());
    TITLES.centred(g, across, area.getCenterX(), at);
    String up = TITLES.fitting(PREVIOUS, area.getHeight());
    TITLES.upwards(g, up, at, area.getCenterY());
  }
}
