package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import twister.spec.ChartSize;

/// What all plots have in common. They are made for one column of a paper: 8 cm wide, their
/// smallest text is about 6 points.
final class PlotStyle {
  static final int WIDTH = (int) ChartSize.DEFAULT.width();
  static final int HEIGHT = (int) ChartSize.DEFAULT.height();
  static final int GAP = 14;
  static final int TICK = 10;
  static final Lettering TICKS = Lettering.ofSize(ChartSize.TEXT);
  static final Lettering LABELS = Lettering.ofSize(32);
  static final Lettering TITLES = Lettering.ofSize(36);

  /// Room below a plot, for the numbers and the title of its axis.
  static final double FOOT = 3.4 * TICKS.size();

  /// What stands between the numbers of an axis and its line, and between them and its title.
  static final double BESIDE_TICKS = 2.5 * GAP + TICK;

  static final Color GRID = new Color(0xe6e6e6);
  static final Color FRAME = new Color(0x333333);
  static final Color REFERENCE = new Color(0x555555);
  static final Color DIVERGED = new Color(0xb2182b);
  static final Color BEST = new Color(0xd95f02);
  static final BasicStroke THIN = new BasicStroke(2);
  static final BasicStroke DASHED =
      new BasicStroke(
          2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {14, 9}, 0);
  static final BasicStroke THICK =
      new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /// What is painted with it is not recorded.
  static final Color UNSEEN = new Color(0, 0, 0, 0);

  private PlotStyle() {}

  /// Gives a chart of XChart the look of all charts, but for its fonts.
  static void look(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(UNSEEN).setChartPadding(GAP).setChartFontColor(FRAME);
    styler.setPlotBackgroundColor(UNSEEN).setPlotBorderVisible(false).setPlotContentSize(1);
    styler.setPlotMargin(0).setPlotGridVerticalLinesVisible(false).setPlotTicksMarksVisible(false);
    styler.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(THIN);
    styler.setAxisTickMarksColor(FRAME).setAxisTickMarksStroke(THIN).setAxisTickMarkLength(TICK);
    styler.setAxisTickLabelsColor(FRAME).setAxisTickPadding(GAP).setAxisTitlePadding(3 * GAP / 2);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    // Numbers with commas stand on one line with those without.
    styler.setXAxisLabelAlignmentVertical(TextAlignment.Right);
  }

  /// Begins a picture: white, with smooth edges.
  static void clear(Graphics2D g, int width, int height) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
  }

  /// Draws a cross in the colour and stroke that are set.
  ///
  /// @param arm half its width
  static void cross(Graphics2D g, Point2D at, double arm) {
    double x = at.getX();
    double y = at.getY();
    g.draw(new Line2D.Double(x - arm, y - arm, x + arm, y + arm));
    g.draw(new Line2D.Double(x - arm, y + arm, x + arm, y - arm));
  }
}
