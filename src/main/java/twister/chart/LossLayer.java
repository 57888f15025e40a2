package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/// What a chart draws of the losses of many runs.
interface LossLayer {
  /// All losses that it draws, in nats per character.
  DoubleStream losses();

  /// What is drawn, in words.
  List<String> caption();

  /// What its colours mean, where that is not said in the plot.
  Optional<SidePanel> side();

  /// Its lines, which labels should not cover.
  List<Curve> lines();

  /// The colour of what it draws of a run that diverged.
  Color colour(SweepRun run);

  /// Paints it.
  ///
  /// @param x the axis of the steps
  /// @param y the axis of the losses
  void paint(Graphics2D g, Axis x, Axis y);
}
