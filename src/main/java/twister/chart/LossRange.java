package twister.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// Which losses a chart of many runs shows. Where most learn and others explode, it ends a little
/// above the loss of a model that knows nothing: what the runs are about happens below.
///
/// @param scale linear where one can read it
/// @param low the lowest loss shown, NaN if there is none
/// @param high the highest loss shown, NaN if there is none
/// @param isCut whether there are higher ones
record LossRange(Scale scale, double low, double high, boolean isCut) {
  private static final double ABOVE = 1.25;
  private static final double LINEAR_UP_TO = 100;
  private static final double FAR = 3;

  /// Quartiles of fewer losses say little.
  private static final int MANY = 8;

  /// So far beyond the losses, as a share of them, each error bar is shown.
  private static final double NEAR = 1.0 / 3;

  /// Share of the axis that is left free at either end.
  private static final double FREE = 0.09;

  /// No axis goes further from 0, so that its length stays finite.
  private static final double LARGEST = 4e307;

  /// Losses that differ by less than this part of their size are equal: an axis that tells them
  /// apart would have labels of a dozen digits.
  private static final double EQUAL = 1e-7;

  /// @param losses any, of which the finite ones count
  /// @param uniform loss of a model that knows nothing
  static LossRange of(DoubleStream losses, OptionalDouble uniform) {
    double[] finite = losses.filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return new LossRange(Scale.LINEAR, Double.NaN, Double.NaN, false);
    }
    double low = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    double limit = ABOVE * uniform.orElse(Double.POSITIVE_INFINITY);
    long within = Arrays.stream(finite).filter(loss -> loss <= limit).count();
    if (low < uniform.orElse(low) && high > limit && 2 * within >= finite.length) {
      return new LossRange(Scale.LINEAR, low, limit, true);
    }
    boolean isWide = low > 0 && high > LINEAR_UP_TO * low;
    return new LossRange(isWide ? Scale.LOGARITHMIC : Scale.LINEAR, low, high, false);
  }

  /// The losses that colours tell apart: not those that are far above most, more than three times
  /// as far above the upper quartile as that is above the lower one (Tukey 1977, section 2D).
  ///
  /// @param losses any, of which the finite ones count
  /// @param uniform loss of a model that knows nothing
  static LossRange ofColours(DoubleStream losses, OptionalDouble uniform) {
    double[] finite = losses.filter(Double::isFinite).sorted().toArray();
    LossRange all = of(Arrays.stream(finite), uniform);
    if (finite.length < MANY || all.scale() == Scale.LOGARITHMIC) {
      return all;
    }
    double upper = finite[3 * (finite.length - 1) / 4];
    double limit = upper + FAR * (upper - finite[(finite.length - 1) / 4]);
    return limit > upper && limit < all.high()
        ? new LossRange(Scale.LINEAR, all.low(), limit, true)
        : all;
  }

  /// Whether there is no finite loss.
  boolean isEmpty() {
    return Double.isNaN(low);
  }

  /// The same losses and another one.
  LossRange with(double loss) {
    return isEmpty()
        ? new LossRange(scale, loss, loss, false)
        : new LossRange(scale, Math.min(low, loss), Math.max(high, loss), isCut);
  }

  /// The same losses and the ends of error bars. Those that are far off are shown only so far that
  /// the losses keep a third of the axis, as bars of few seeds may be many times as long as all
  /// losses differ; and one that is longer than all others, only a little.
  LossRange withBars(DoubleStream ends) {
    if (isEmpty()) {
      return this;
    }
    double[] sorted = ends.map(scale::position).filter(Double::isFinite).sorted().toArray();
    double from = scale.position(low);
    double to = scale.position(high);
    double span = from < to ? to - from : Double.POSITIVE_INFINITY;
    int size = sorted.length;
    if (size == 0) {
      return this;
    }
    double second = Math.max(sorted[Math.min(1, size - 1)], from - span);
    double least = Math.min(second, Math.max(sorted[0], from - NEAR * span));
    double other = Math.min(sorted[Math.max(0, size - 2)], to + span);
    double largest = Math.max(other, Math.min(sorted[size - 1], to + NEAR * span));
    return new LossRange(
        scale,
        Math.min(low, scale.value(least)),
        isCut ? high : Math.max(high, scale.value(largest)),
        isCut);
  }

  /// Whether a loss is within the range.
  boolean holds(double loss) {
    return loss >= low && loss <= high;
  }

  /// An axis with some room at its ends; where losses go on, it has none there. Without any loss,
  /// it is of no meaning.
  ///
  /// @param start pixel of its low end
  /// @param end pixel of its high end
  Axis axis(double start, double end) {
    if (isEmpty()) {
      return new Axis(scale, 0, 1, start, end);
    }
    double from = Math.clamp(scale.position(low), -LARGEST, LARGEST);
    double to = Math.clamp(scale.position(high), -LARGEST, LARGEST);
    double span = to - from;
    double free =
        areTold(from, to) ? span * FREE : Math.max(Math.abs(from) * 0.1, Double.MIN_NORMAL);
    return new Axis(scale, from - free, isCut ? to : to + free, start, end);
  }

  /// An axis without room at its ends.
  ///
  /// @param start pixel of its low end
  /// @param end pixel of its high end
  private Axis exactAxis(double start, double end) {
    Axis roomy = axis(start, end);
    double from = Math.clamp(scale.position(low), -LARGEST, LARGEST);
    double to = Math.clamp(scale.position(high), -LARGEST, LARGEST);
    return areTold(from, to) ? new Axis(scale, from, to, start, end) : roomy;
  }

  private static boolean areTold(double from, double to) {
    return to - from > EQUAL * Math.max(Math.abs(from), Math.abs(to));
  }

  /// Where a loss is among the colours, from 0 to 1. They are spread by its square root above the
  /// lowest, so that one can tell good losses from better ones.
  double share(double loss) {
    double even = exactAxis(0, 1).pixel(loss);
    return scale == Scale.LINEAR ? Math.sqrt(even) : even;
  }

  /// How the losses are spread among the colours, in words.
  String spread() {
    return scale == Scale.LINEAR
        ? "square root of the loss above the lowest"
        : "logarithm of the loss";
  }

  /// Round losses, about as many as asked for.
  List<Axis.Tick> ticks(int number) {
    return exactAxis(0, 1).ticks(number, 0);
  }

  /// The colour of a loss, the lowest dark.
  Color colour(double loss) {
    return Shades.VIRIDIS.at(share(loss));
  }
}
