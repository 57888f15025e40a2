package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Marks at the upper edge of a plot, for runs that have no place on its axis. Those of one place
/// stand below each other, each once.
final class EdgeMarks {
  /// Why a run has no place on the axis.
  enum Kind {
    /// The loss is finite, but above the axis: a triangle.
    BEYOND("beyond the axis"),
    /// The run finished with an infinite loss: a hollow triangle.
    INFINITE("infinite loss"),
    /// The run diverged: a cross.
    DIVERGED("diverged");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    private LegendRow.Entry entry() {
      Color colour = this == DIVERGED ? PlotStyle.DIVERGED : PlotStyle.FRAME;
      return LegendRow.Entry.marks(words, colour, this);
    }
  }

  /// What marks mean, for a legend.
  static Stream<LegendRow.Entry> legend(Stream<Kind> kinds) {
    return kinds.distinct().sorted().map(Kind::entry);
  }

  private record Mark(Kind kind, Color colour) {}

  private final TreeMap<Double, Set<Mark>> marks = new TreeMap<>();

  /// Adds a mark; one that is there already is not drawn again.
  ///
  /// @param across pixel of what it stands for
  void add(double across, Kind kind, Color colour) {
    marks.computeIfAbsent(across, _ -> new LinkedHashSet<>()).add(new Mark(kind, colour));
  }

  /// Paints the marks.
  ///
  /// @param top pixel of the edge
  /// @param arm half the width of a mark
  void paint(Graphics2D g, double top, double arm) {
    marks.forEach(
        (across, set) -> {
          List<Mark> row = List.copyOf(set);
          for (int i = 0; i < row.size(); i++) {
            double down = i * 2.4 * arm;
            g.setColor(row.get(i).colour());
            g.setStroke(arm < 8 ? PlotStyle.THIN : PlotStyle.THICK);
            paint(g, row.get(i).kind(), new Point2D.Double(across, top + down), arm);
          }
        });
  }

  /// Paints a mark in the colour and stroke that are set.
  ///
  /// @param at its middle
  /// @param arm half its width
  static void paint(Graphics2D g, Kind kind, Point2D at, double arm) {
    switch (kind) {
      case BEYOND -> g.fill(triangle(at, arm));
      case INFINITE -> {
        g.setStroke(PlotStyle.THIN);
        g.draw(triangle(at, arm));
      }
      case DIVERGED -> PlotStyle.cross(g, at, arm);
    }
  }

  /// Paints the mark of what is below an axis in the colour that is set.
  ///
  /// @param at its middle
  /// @param arm half its width
  static void paintBeyondFoot(Graphics2D g, Point2D at, double arm) {
    g.fill(triangle(at, -arm));
  }

  private static Path2D triangle(Point2D at, double arm) {
    Path2D path = new Path2D.Double();
    path.moveTo(at.getX() - arm, at.getY() + arm);
    path.lineTo(at.getX(), at.getY() - arm);
    path.lineTo(at.getX() + arm, at.getY() + arm);
    path.closePath();
    return path;
  }
}
