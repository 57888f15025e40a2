package twister.chart;

import static twister.chart.PlotStyle.FRAME;
import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.TITLES;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import twister.spec.ChartSize;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Small multiples: plots beside and below each other, each under its heading, with common axes.
/// The numbers stand at the outer axes, the titles of the axes and the legend once.
final class Panels {
  /// More panels than this cannot be compared at a glance.
  static final int MOST = 12;

  /// Narrower plots have no room for numbers.
  private static final double LEAST_WIDTH = 200;

  private static final double LEAST_HEIGHT = 140;

  /// The width at which plots are neither too small to read nor larger than they need be.
  private static final double GOOD_WIDTH = 320;

  /// Height over width of a plot.
  private static final double GOOD_SHAPE = 0.75;

  /// Height of a line of a heading.
  private static final double LINE = 1.35 * LABELS.size();

  private static final int MOST_LINES = 2;

  private final List<String> headings;
  private final Common common;
  private final Drawing drawing;

  /// Draws one of the plots.
  @FunctionalInterface
  interface Drawing {
    /// Draws it in a frame.
    Recording of(int panel, Frame frame);
  }

  /// What the plots have in common.
  ///
  /// @param legend above them
  /// @param side at their right
  /// @param description what all of them show
  record Common(List<LegendRow.Entry> legend, Optional<SidePanel> side, Description description) {}

  /// Room between a plot and the edges of its frame, for its numbers.
  private record Margins(double left, double top, double right, double below) {}

  /// How the plots are arranged.
  ///
  /// @param width of a plot, in units
  /// @param height of a plot, in units
  /// @param lines of a heading
  private record Layout(int columns, int rows, double width, double height, int lines) {
    double heading() {
      return lines * LINE + GAP / 2.0;
    }

    /// The distance from row to row.
    double down() {
      return height + heading() + 1.5 * GAP;
    }

    /// How far it is from what one would like to see, as places without a plot are.
    double badness(int panels) {
      return 2.0 * (rows * columns - panels) / panels
          + Math.abs(Math.log(width / GOOD_WIDTH))
          + Math.abs(Math.log(height / width / GOOD_SHAPE));
    }
  }

  /// @param headings one for each plot, from 2 to [#MOST]
  Panels(List<String> headings, Common common, Drawing drawing) {
    this.headings = List.copyOf(headings);
    this.common = common;
    this.drawing = drawing;
  }

  /// Refuses more panels than one can compare.
  ///
  /// @param source the option that asks for them
  /// @throws InvalidInputException if there are
  static void refuseMany(String source, int panels) throws InvalidInputException {
    if (panels > MOST) {
      throw new InvalidInputException(
          Mistake.in(
              source,
              "found %d values, allowed: at most %d panels in one figure; --colour or --x can show more"
                  .formatted(panels, MOST)));
    }
  }

  /// Draws all.
  ///
  /// @param source the option that asks for them
  /// @throws InvalidInputException if there is no room
  /// @throws IOException if the machine has no fonts
  Figure figure(String source, FigureStyle style) throws InvalidInputException, IOException {
    Lettering.requireFonts();
    Optional<String> lacking = style.inFont(() -> new Sheet(style).lacking());
    if (lacking.isPresent()) {
      throw new InvalidInputException(
          Mistake.in(
              source,
              "%d panels with text of %s pt have no room: %s"
                  .formatted(
                      headings.size(),
                      Numbers.significant(style.size().fontSize()),
                      lacking.get())));
    }
    return style.figure(_ -> new Sheet(style).recording());
  }

  /// The panels in a size.
  private final class Sheet {
    private final FigureStyle style;
    private final ChartSize size;
    private final boolean isHeightFree;
    private final Margins margins;
    private final double left;
    private final double right;
    private final double across;
    private final double below;
    private final LegendRow legend;

    Sheet(FigureStyle style) {
      this.style = style;
      size = style.withoutTitle();
      isHeightFree = style.isHeightFree();
      int about = PlotStyle.WIDTH / 3;
      margins = margins(new Frame(size, about, about, true, true, true));
      left = 1.5 * GAP + TITLES.size() + widestNumbers(about);
      right = margins.right() + common.side().map(SidePanel::width).orElse(0.0);
      across = Math.max(margins.right(), numbersBeyond(about)) + 2.0 * GAP;
      below = PlotStyle.TICK + GAP + 1.1 * PlotStyle.TICKS.size() + 1.1 * TITLES.size() + GAP;
      legend = new LegendRow(common.legend(), size.units() - left - GAP);
    }

    private Margins margins(Frame frame) {
      Rectangle2D area = area(drawing.of(0, frame));
      return new Margins(
          area.getMinX(),
          area.getMinY(),
          frame.width() - area.getMaxX(),
          frame.height() - area.getMaxY());
    }

    /// How much room the numbers beside a plot take at most: they depend on its height.
    private double widestNumbers(int width) {
      return IntStream.rangeClosed(2, 5)
          .mapToDouble(
              part -> margins(new Frame(size, width, 2 * width / part, true, true, true)).left())
          .max()
          .orElseThrow();
    }

    /// How much room the last number below a plot and the first one of the next plot take between
    /// the two.
    private double numbersBeyond(int about) {
      double left = 0;
      double right = 0;
      for (int panel = 0; panel < headings.size(); panel++) {
        Recording plot = drawing.of(panel, new Frame(size, about, about, true, true, false));
        Rectangle2D area = area(plot);
        for (Mark.Text text : plot.texts()) {
          Rectangle2D place = text.bounds();
          if (place.getMinY() > area.getMaxY()) {
            left = Math.max(left, area.getMinX() - place.getMinX());
            right = Math.max(right, place.getMaxX() - area.getMaxX());
          }
        }
      }
      return left + right;
    }

    private static Rectangle2D area(Recording plot) {
      return plot.plots().plots().getFirst().area();
    }

    Optional<Layout> layout() {
      return IntStream.rangeClosed(1, headings.size())
          .mapToObj(this::layout)
          .filter(each -> each.width() >= LEAST_WIDTH && each.height() >= LEAST_HEIGHT)
          .min(Comparator.comparingDouble(each -> each.badness(headings.size())));
    }

    /// What the figure would need; empty where it has room.
    Optional<String> lacking() {
      if (layout().isPresent()) {
        return Optional.empty();
      }
      double missing =
          IntStream.rangeClosed(1, headings.size())
              .mapToObj(this::layout)
              .filter(each -> each.width() >= LEAST_WIDTH)
              .mapToDouble(each -> (LEAST_HEIGHT - each.height()) * each.rows())
              .min()
              .orElse(Double.NaN);
      return Optional.of(
          missing > 0
              ? "--height has to be %s cm at least; make it so, or leave it out"
                  .formatted(size.centimetres(style.size().unitsUp() + Math.ceil(missing)))
              : "make --width larger, or the text smaller");
    }

    private Layout layout(int columns) {
      int rows = Math.ceilDiv(headings.size(), columns);
      double width = (size.units() - left - right - (columns - 1) * across) / columns;
      int lines =
          headings.stream()
              .mapToInt(heading -> Math.min(MOST_LINES, LABELS.lines(heading, width).size()))
              .max()
              .orElse(1);
      Layout flat = new Layout(columns, rows, width, 0, lines);
      double rest = top(flat) + (rows - 1) * flat.down() + below;
      double height = isHeightFree ? GOOD_SHAPE * width : (size.unitsUp() - rest) / rows;
      return new Layout(columns, rows, width, height, lines);
    }

    /// Where the plots of the first row begin.
    private double top(Layout layout) {
      return GAP + legend.height() + layout.heading();
    }

    Recording recording() {
      Layout layout =
          layout().orElseThrow(() -> new IllegalArgumentException("panels: expected room"));
      double foot = top(layout) + (layout.rows() - 1) * layout.down() + layout.height();
      int height = isHeightFree ? (int) Math.ceil(foot + below) : size.unitsUp();
      // Numbers may be others than in the frame of before.
      Margins exact = margins(frame(layout, margins, 0));
      Recorder recorder = new Recorder(new OutlinedTexts());
      List<Recording.Step> steps = new ArrayList<>();
      List<PlotData> plots = new ArrayList<>();
      for (int panel = 0; panel < headings.size(); panel++) {
        Recording plot = drawing.of(panel, frame(layout, exact, panel));
        double x = left + panel % layout.columns() * (layout.width() + across);
        int row = panel / layout.columns();
        double y = top(layout) + row * layout.down();
        Rectangle2D area = area(plot);
        double right = Math.round(x - area.getMinX());
        double down = Math.round(y - area.getMinY());
        steps.addAll(plot.moved(right, down));
        plots.add(
            plot.plots().plots().getFirst().at(area.getMinX() + right, area.getMinY() + down));
        paintHeading(recorder, layout, headings.get(panel), x + layout.width() / 2, y);
      }
      double wide = size.units() - left - right;
      paintCommon(
          recorder,
          plots.getFirst(),
          new Rectangle2D.Double(left, top(layout), wide, foot - top(layout)),
          height);
      steps.addAll(recorder.steps());
      PlotGrid grid = new PlotGrid(plots, headings, layout.columns(), common.legend());
      return new Recording(
          size, size.units(), height, common.description(), steps, Optional.of(grid));
    }

    private Frame frame(Layout layout, Margins around, int panel) {
      return new Frame(
          size,
          (int) Math.round(around.left() + layout.width() + around.right()),
          (int) Math.round(around.top() + layout.height() + around.below()),
          true,
          panel + layout.columns() >= headings.size(),
          panel % layout.columns() == 0);
    }

    private void paintHeading(
        Graphics2D g, Layout layout, String heading, double middle, double foot) {
      List<String> lines = LABELS.lines(heading, layout.width());
      int shown = Math.min(MOST_LINES, lines.size());
      g.setColor(FRAME);
      for (int line = 0; line < shown; line++) {
        boolean isLast = line == shown - 1;
        String text =
            isLast ? String.join(" ", lines.subList(line, lines.size())) : lines.get(line);
        double at = foot - GAP / 2.0 - (shown - line - 0.5) * LINE;
        LABELS.centred(g, LABELS.shortened(text, layout.width() + across / 2), middle, at);
      }
    }

    /// Paints the legend and the titles of the axes.
    ///
    /// @param plots the area from the first plot to the last
    private void paintCommon(Graphics2D g, PlotData first, Rectangle2D plots, int height) {
      legend.paint(g, left, GAP);
      common.side().ifPresent(panel -> panel.paint(g, plots));
      g.setColor(FRAME);
      TITLES.centred(
          g,
          TITLES.fitting(first.x().title(), plots.getWidth()),
          plots.getCenterX(),
          height - GAP - 0.5 * TITLES.size());
      double room = height - 2.0 * GAP;
      String up = TITLES.fitting(first.y().title(), room);
      double half = Math.min(room, TITLES.width(up)) / 2;
      double middle = Math.clamp(plots.getCenterY(), GAP + half, height - GAP - half);
      TITLES.upwards(g, up, GAP + 0.5 * TITLES.size(), middle);
    }
  }
}
