package twister.chart;

import static twister.chart.PlotStyle.GAP;

import java.awt.Graphics2D;
import java.util.List;

/// Lines of text above a plot, broken where they would leave the picture.
record Caption(List<String> lines) {
  private static final Lettering TEXT = Lettering.ofSize(30);
  private static final double LINE = 1.36 * TEXT.size();

  /// @param sentences each begins a line
  static Caption of(List<String> sentences) {
    return new Caption(
        sentences.stream()
            .flatMap(text -> TEXT.lines(text, PlotStyle.WIDTH - 3.0 * GAP).stream())
            .toList());
  }

  /// Room that it takes, with some below it.
  double height() {
    return 1.5 * GAP + lines.size() * LINE;
  }

  void paint(Graphics2D g) {
    g.setColor(PlotStyle.FRAME);
    for (int line = 0; line < lines.size(); line++) {
      TEXT.leftAligned(g, lines.get(line), 1.5 * GAP, GAP + (line + 0.5) * LINE);
    }
  }
}
