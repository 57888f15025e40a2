package twister.chart;

import twister.spec.ChartStyle;
import twister.spec.LossUnit;

/// What a chart shows of the losses of runs.
///
/// @param steps which part of the training
/// @param smoothing each point is the mean of so many neighbouring ones; 1 for the losses
///   themselves, 0 for as much as they need
/// @param losses which ones
/// @param unit what they are measured in
/// @param stepScale how the axis of the steps spreads them
/// @param lossScale how the axis of the losses spreads them

public record LossView(
    Steps steps, int smoothing, Losses losses, LossUnit unit, Spread stepScale, Spread lossScale) {
  /// All losses as they are.
  public static final LossView DEFAULT =
      new LossView(Steps.ALL, 0, Losses.DECIDING, LossUnit.NATS, Spread.CHOSEN, Spread.CHOSEN);

  public LossView {
    if (smoothing < 0) {
      throw new IllegalArgumentException("smoothing: expected at least 0, got " + smoothing);
    }
  }

  /// Which losses are shown.
  public enum Losses {
    /// Of one run all that its own chart shows; of several the loss on the dev words where all have
    /// it, else the loss learnt from.
    DECIDING,
    /// The loss learnt from.
    TRAIN,
    /// The loss on the dev words.
    DEV
  }

  /// How an axis spreads its values.
  public enum Spread {
    /// As one can read it.
    CHOSEN,
    /// By their logarithms.
    LOGARITHMIC
  }

  /// Some steps after one another.
  ///
  /// @param first from 0
  /// @param last at least `first`
  public record Steps(long first, long last) {
    /// Every step.
    public static final Steps ALL = new Steps(0, Long.MAX_VALUE);

    public Steps {
      if (first < 0 || last < first) {
        throw new IllegalArgumentException(
            "steps: expected 0 <= first <= last, got " + first + ", " + last);
      }
    }
  }

  /// What the charts of an experiment show of the losses of a run.
  static LossView of(ChartStyle style) {
    return new LossView(
        Steps.ALL,
        style.smoothing(),
        Losses.DECIDING,
        style.unit(),
        spread(style.hasLogSteps()),
        spread(style.hasLogLosses()));
  }

  private static Spread spread(boolean isLogarithmic) {
    return isLogarithmic ? Spread.LOGARITHMIC : Spread.CHOSEN;
  }

  /// The same with other smoothing.
  LossView withSmoothing(int points) {
    return new LossView(steps, points, losses, unit, stepScale, lossScale);
  }

  /// The same with other losses.
  public LossView withLosses(Losses others) {
    return new LossView(steps, smoothing, others, unit, stepScale, lossScale);
  }

  /// The same in another unit.
  public LossView in(LossUnit other) {
    return new LossView(steps, smoothing, losses, other, stepScale, lossScale);
  }

  /// The same of every step as it is.
  LossView ofAllSteps() {
    return new LossView(Steps.ALL, 0, losses, unit, Spread.CHOSEN, lossScale);
  }

  /// The scale of the axis of the steps.
  Scale scale() {
    return stepScale == Spread.LOGARITHMIC ? Scale.LOGARITHMIC : Scale.LINEAR;
  }

  /// The first step that has a place on the axis.
  long firstShown() {
    return stepScale == Spread.LOGARITHMIC ? Math.max(1, steps.first()) : steps.first();
  }

  /// What is shown of losses over steps, in the unit of this view.
  ///
  /// @param nats the losses, in nats per character
  Curve shown(Curve nats) {
    Curve smooth = nats.size() < smoothing ? nats : nats.movingMeans(Math.max(1, smoothing));
    Curve part = smooth.between((double) firstShown(), (double) steps.last());
    return unit == LossUnit.NATS ? part : part.mapped(unit::of);
  }
}
