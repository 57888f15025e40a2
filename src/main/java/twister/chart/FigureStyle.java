package twister.chart;

import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.spec.ChartSize;
import twister.spec.ChartStyle;

/// How a figure for a report looks, whatever it shows.
///
/// @param size of the picture, with its title
/// @param isHeightFree whether a figure of several panels may be as high as they need
/// @param font of all texts; empty for Java's own without serifs
/// @param title stands above the picture; empty for none
public record FigureStyle(
    ChartSize size, boolean isHeightFree, Optional<ChartFont> font, Optional<String> title) {
  private static final double LINE = 1.4 * PlotStyle.TITLES.size();

  /// The size of all charts, nothing above them.
  public static final FigureStyle DEFAULT =
      new FigureStyle(ChartSize.DEFAULT, true, Optional.empty(), Optional.empty());

  /// How the charts of an experiment look; in Java's own font where this machine lacks theirs.
  public static FigureStyle of(ChartStyle style) {
    return new FigureStyle(
        style.size(),
        style.height().isEmpty(),
        style.font().flatMap(ChartFont::of),
        Optional.empty());
  }

  /// The same for a heatmap of so many symbols, which is as large as they need where nothing is
  /// said of the size.
  FigureStyle forSymbols(int symbols) {
    return size.equals(ChartSize.DEFAULT) ? of(HeatmapPicture.size(symbols)) : this;
  }

  /// Draws a picture.
  @FunctionalInterface
  interface Drawing {
    /// Draws it in a size.
    Recording of(ChartSize size) throws IOException;
  }

  /// The same in another size.
  FigureStyle of(ChartSize other) {
    return new FigureStyle(other, isHeightFree, font, title);
  }

  /// Why there is no room for the picture; empty where there is.
  public Optional<String> problem() {
    return size.problem().or(() -> inFont(this::withoutTitle).problem());
  }

  /// The size of the picture below its title.
  ChartSize withoutTitle() {
    return size.lower(titleHeight());
  }

  /// Draws a figure.
  ///
  /// @throws IOException if the drawing fails, or the machine has no fonts
  Figure figure(Drawing drawing) throws IOException {
    Lettering.requireFonts();
    return new Figure(inFont(() -> titled(drawing.of(withoutTitle()))), title);
  }

  /// Does something while texts have the font.
  <T, X extends Throwable> T inFont(ScopedValue.CallableOp<T, X> drawing) throws X {
    return font.isPresent()
        ? ScopedValue.where(Lettering.FONT, font.get().font()).call(drawing)
        : drawing.call();
  }

  private List<String> lines() {
    double width = size.units() - 2.0 * PlotStyle.GAP;
    return title.map(text -> PlotStyle.TITLES.lines(text, width)).orElse(List.of()).stream()
        .map(line -> PlotStyle.TITLES.shortened(line, width))
        .toList();
  }

  private double titleHeight() {
    return Math.ceil(lines().size() * LINE);
  }

  /// The picture below its title.
  private Recording titled(Recording picture) {
    List<String> lines = lines();
    if (lines.isEmpty()) {
      return picture;
    }
    int down = (int) titleHeight();
    List<Recording.Step> steps = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      double x = (picture.width() - PlotStyle.TITLES.width(lines.get(line))) / 2;
      double y = PlotStyle.GAP + line * LINE + PlotStyle.TITLES.height();
      steps.add(
          new Recording.Step(
              new Mark.Text(
                  lines.get(line),
                  new Point2D.Double(x, y),
                  0,
                  new Mark.Type(PlotStyle.FRAME, PlotStyle.TITLES.font())),
              Optional.empty()));
    }
    steps.addAll(picture.moved(0, down));
    return new Recording(
        size,
        picture.width(),
        picture.height() + down,
        picture.description(),
        steps,
        picture.data());
  }
}
