package twister.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/// What a heatmap shows, for programs that draw it themselves.
///
/// @param across its columns
/// @param up its rows
/// @param side where the names of the columns stand
/// @param cells each row from the left, the lowest row first
/// @param shades the colours
/// @param bar what the colours mean, where the picture says it
/// @param textSize height of the texts in the cells, in units; 0 where there are none
/// @param area where the cells are in the picture
record HeatData(
    HeatPlot.Names across,
    HeatPlot.Names up,
    PlotData.Side side,
    List<Cell> cells,
    Shades shades,
    Optional<ColourBar> bar,
    double textSize,
    Rectangle2D area)
    implements PictureData {
  /// TeX has no room for more cells.
  static final int MOST = 10_000;

  HeatData {
    cells = List.copyOf(cells);
    if (cells.size() != across.size() * up.size()) {
      throw new IllegalArgumentException(
          "cells: expected %d, got %d".formatted(across.size() * up.size(), cells.size()));
    }
  }

  /// A cell.
  ///
  /// @param value what it shows; NaN if nothing
  /// @param share of the colours, from 0 to 1; NaN if it has none of them
  /// @param ground its colour, where that is none of the scale
  /// @param lines what is written into it
  /// @param ink the colour of that
  /// @param frame the colour of a frame around it
  record Cell(
      double value,
      double share,
      Optional<Color> ground,
      List<String> lines,
      Color ink,
      Optional<Color> frame) {
    /// Nothing.
    static final Cell EMPTY =
        new Cell(
            Double.NaN, Double.NaN, Optional.empty(), List.of(), Color.BLACK, Optional.empty());

    Cell {
      lines = List.copyOf(lines);
    }
  }
}
