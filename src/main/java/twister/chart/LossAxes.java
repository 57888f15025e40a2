package twister.chart;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/// Chooses the axes of a loss curve from what is to be seen on them.
final class LossAxes {
  /// Where the greatest loss is more than this many times the least, decades are shown.
  private static final double LINEAR_UP_TO = 100;

  /// Where losses begin more than this many times above that of a model that knows nothing, the
  /// axis ends a little above that one: what a training is about happens below.
  private static final double WILD = 3;

  private static final double ABOVE = 1.25;

  /// Share of the losses that is left free at either end.
  private static final double FREE = 0.09;

  /// No axis goes further from 0, so that its length stays finite.
  private static final double LARGEST = 4e307;

  private LossAxes() {}

  /// The axis of the losses: linear where one can read it, else logarithmic. Where a training
  /// begins far above a model that knows nothing, the axis ends a little above that one.
  ///
  /// @param start pixel of the lowest loss
  /// @param end pixel of the highest loss
  static Axis losses(
      List<LossPicture.Line> lines, List<LossPicture.Reference> marks, double start, double end) {
    return chosen(shown(lines, marks, highest(lines, marks)), start, end);
  }

  /// The axis of all losses: linear where one can read it, else logarithmic.
  ///
  /// @param start pixel of the lowest loss
  /// @param end pixel of the highest loss
  static Axis all(
      List<LossPicture.Line> lines, List<LossPicture.Reference> marks, double start, double end) {
    return chosen(shown(lines, marks, Double.POSITIVE_INFINITY), start, end);
  }

  private static Axis chosen(double[] shown, double start, double end) {
    DoubleSummaryStatistics positive =
        DoubleStream.of(shown).filter(loss -> loss > 0).summaryStatistics();
    if (positive.getMax() > LINEAR_UP_TO * positive.getMin()) {
      return padded(Scale.LOGARITHMIC, positive, start, end);
    }
    return padded(Scale.LINEAR, DoubleStream.of(shown).summaryStatistics(), start, end);
  }

  private static double[] shown(
      List<LossPicture.Line> lines, List<LossPicture.Reference> marks, double highest) {
    return DoubleStream.concat(
            lines.stream().flatMapToDouble(line -> line.curve().finiteValues()),
            marks.stream().mapToDouble(LossPicture.Reference::loss))
        .filter(loss -> loss <= highest)
        .toArray();
  }

  /// The logarithmic axis of all losses; those of 0 and below have no place on it.
  ///
  /// @param start pixel of the lowest loss
  /// @param end pixel of the highest loss
  static Axis logarithmic(
      List<LossPicture.Line> lines, List<LossPicture.Reference> marks, double start, double end) {
    DoubleSummaryStatistics positive =
        DoubleStream.of(shown(lines, marks, Double.POSITIVE_INFINITY))
            .filter(loss -> loss > 0)
            .summaryStatistics();
    return padded(Scale.LOGARITHMIC, positive, start, end);
  }

  /// The logarithmic axis of the steps from 1 on, with room for half a dot.
  ///
  /// @param start pixel of the low end
  /// @param end pixel of the high end
  static Axis logarithmicSteps(List<LossPicture.Line> lines, double start, double end) {
    double first =
        lines.stream()
            .map(LossPicture.Line::curve)
            .filter(curve -> curve.size() > 0)
            .mapToDouble(curve -> curve.step(0))
            .min()
            .orElse(1);
    double low = Math.log10(Math.max(1, first));
    double high = Math.log10(Math.max(1, lastStep(lines)));
    double room = high > low ? (high - low) * 0.015 : 0.5;
    return new Axis(Scale.LOGARITHMIC, low - room, high + room, start, end);
  }

  private static double highest(List<LossPicture.Line> lines) {
    return lines.stream().flatMapToDouble(line -> line.curve().finiteValues()).max().orElse(0);
  }

  /// The highest loss shown.
  private static double highest(List<LossPicture.Line> lines, List<LossPicture.Reference> marks) {
    double uniform = marks.stream().mapToDouble(LossPicture.Reference::loss).max().orElse(0);
    // The last loss of a single batch is luck.
    LossPicture.Line line =
        lines.getFirst().look().equals(CurveStyle.PALE) ? lines.get(1) : lines.getFirst();
    double[] losses = line.curve().finiteValues().toArray();
    boolean isTame =
        losses.length == 0
            || losses[losses.length - 1] >= uniform
            || highest(lines) <= WILD * uniform;
    return isTame ? Double.POSITIVE_INFINITY : ABOVE * uniform;
  }

  private static Axis padded(Scale scale, DoubleSummaryStatistics shown, double start, double end) {
    if (shown.getCount() == 0) {
      return new Axis(scale, 0, 1, start, end);
    }
    double low = Math.clamp(scale.position(shown.getMin()), -LARGEST, LARGEST);
    double high = Math.clamp(scale.position(shown.getMax()), -LARGEST, LARGEST);
    double span = high - low;
    // Room for a label beside a line, where it is less than half of the axis.
    double rest = Math.abs(start - end) - 2 * LossMarks.BESIDE;
    double label = rest > 4 * LossMarks.BESIDE ? LossMarks.BESIDE / rest : 0;
    double free =
        span > 0 ? span * Math.max(FREE, label) : Math.max(Math.abs(low) * 0.1, Double.MIN_NORMAL);
    return new Axis(scale, low - free, high + free, start, end);
  }

  /// The axis of the steps, from the first to just beyond the last.
  ///
  /// @param start pixel of the first step
  /// @param end pixel at the end of the axis
  static Axis steps(List<LossPicture.Line> lines, double start, double end) {
    Curve curve = lines.getFirst().curve();
    if (curve.size() == 0) {
      return new Axis(Scale.LINEAR, 0, 1, start, end);
    }
    return steps(curve.step(0), lastStep(lines), start, end);
  }

  /// The last step of all curves, 0 if there is none.
  static double lastStep(List<LossPicture.Line> lines) {
    return lines.stream()
        .map(LossPicture.Line::curve)
        .filter(curve -> curve.size() > 0)
        .mapToDouble(curve -> curve.step(curve.size() - 1))
        .max()
        .orElse(0);
  }

  /// The axis of steps, to just beyond the last.
  ///
  /// @param start pixel of the first step
  /// @param end pixel at the end of the axis
  static Axis steps(double first, double last, double start, double end) {
    double room = last > first ? (last - first) * 0.015 : 0.5;
    return new Axis(Scale.LINEAR, last > first ? first : first - room, last + room, start, end);
  }

  /// As many whole steps as have room beside each other below a plot.
  static List<Axis.Tick> stepTicks(Axis steps) {
    for (int number = 6; number > 1; number--) {
      List<Axis.Tick> ticks = steps.ticks(number, 1);
      double needed = ticks.size() * (PlotStyle.TICKS.widest(ticks) + 3 * PlotStyle.GAP);
      if (needed < steps.end() - steps.start()) {
        return ticks;
      }
    }
    return steps.ticks(1, 1);
  }
}
