package twister.chart;

import java.awt.Color;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/// What a chart draws of the losses of many runs.
interface LossLayer {
  /// All losses that it draws, in nats per character.
  DoubleStream losses();

  /// What is drawn, in words.
  List<String> caption();

  /// What its colours mean, beside the plot.
  Optional<SidePanel> side();

  /// Its lines, which labels should not cover.
  List<Curve> lines();

  /// The colour of what it draws of a run that diverged.
  Color colour(SweepRun run);

  /// What its lines and areas mean, above the plot.
  List<LegendRow.Entry> legend();

  /// What its lines are called, for those who draw them without the colours beside the plot.
  List<LegendRow.Entry> names();

  /// Adds it to a plot of losses over steps.
  void addTo(XyPlot plot);
}
