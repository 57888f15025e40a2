package twister.backend;

/// How long a device takes to train: a straight line through what was measured of it.
///
///     seconds = start + S step + (S perStep + atEnd) unit max(1, R / width)
///
/// with S steps of R runs of some [Workload]. A device trains several runs in the time of one until
/// it is full.
///
/// @param start before the first step, in seconds: memory, kernels that are compiled
/// @param step of every step, however little is computed in it: launches of kernels
/// @param unit of each multiplication or so of a run
/// @param width how many runs are trained in the time of one
public record DeviceModel(double start, double step, double unit, double width) {
  private static final double NGRAM_UNITS_PER_SECOND = 4e8;
  private static final double PERCEPTRON_UNITS_PER_SECOND = 1.25e10;
  private static final double PERCEPTRON_STEP = 12e-6;

  public DeviceModel {
    if (!(start >= 0 && step >= 0 && unit > 0 && width >= 1)
        || start + step + unit + width == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "model: expected times from 0 and a width from 1, got %s, %s, %s, %s"
              .formatted(start, step, unit, width));
    }
  }

  /// What a processor does that was not measured, roughly: 400 million logits of n-grams per second
  /// and core. Ten trainings of perceptrons, of 10 to 2,000 hidden units in batches from 1 to all
  /// examples, took 0.6 to 1.4 times as long as this says (AMD EPYC of two cores, JDK 25, November
  /// 2026). A run of a perceptron, or of n-grams over the counts, is trained by one core.
  public static DeviceModel ofProcessor(Workload.Kind kind, int cores) {
    return switch (kind) {
      case COUNTS -> new DeviceModel(0, 0, 1 / NGRAM_UNITS_PER_SECOND, cores);
      case EXAMPLES -> new DeviceModel(0, 0, 1 / NGRAM_UNITS_PER_SECOND / cores, 1);
      case PERCEPTRON ->
          new DeviceModel(0, PERCEPTRON_STEP, 1 / PERCEPTRON_UNITS_PER_SECOND, cores);
    };
  }

  /// How long some work takes.
  public double seconds(Workload work) {
    return start + work.steps() * step + work.perRun() * unit * Math.max(1, work.runs() / width);
  }

  /// How much longer a training takes for one run more, when the device is full.
  public double secondsPerRun(Workload work) {
    return work.perRun() * unit / width;
  }

  /// The model after a training that took another time than this says. It goes half of the way, as
  /// a single training may have been disturbed.
  ///
  /// @param seconds that the training took, its start included
  public DeviceModel after(Workload work, double seconds) {
    double ratio = (seconds - start) / (seconds(work) - start);
    double factor = ratio > 0 ? Math.sqrt(Math.clamp(ratio, 0.1, 10)) : 1;
    return new DeviceModel(start, step * factor, unit * factor, width);
  }
}
