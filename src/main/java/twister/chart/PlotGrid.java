package twister.chart;

import java.util.List;

/// Plots of one picture, row by row.
///
/// @param plots at least one
/// @param headings what stands above each; empty for a plot that is the only one
/// @param columns so many stand beside each other
/// @param legend what the lines of all are called
record PlotGrid(
    List<PlotData> plots, List<String> headings, int columns, List<LegendRow.Entry> legend)
    implements PictureData {
  PlotGrid {
    plots = List.copyOf(plots);
    headings = List.copyOf(headings);
    legend = List.copyOf(legend);
  }

  /// A plot alone.
  static PlotGrid of(PlotData plot) {
    return new PlotGrid(List.of(plot), List.of(), 1, plot.legend());
  }

  /// All parts of all plots, in order.
  List<PlotData.Part> parts() {
    return plots.stream().flatMap(plot -> plot.parts().stream()).toList();
  }

  /// Whether the numbers below a plot are its own: no other one is below it.
  boolean isLowest(int plot) {
    return plot + columns >= plots.size();
  }

  /// Whether it is the first of its row.
  boolean isFirst(int plot) {
    return plot % columns == 0;
  }
}
