package twister.cli;

import java.util.Locale;
import twister.spec.TrainingPath;
import twister.spec.TrainingSpec;

/// How long a training takes on the processor, roughly.
///
/// @param seconds by what a core was measured to do, 400 million logits per second
record Work(double seconds) {
  private static final double LOGITS_PER_SECOND = 4e8;

  /// Of one core, since a run of its own trains on one.
  private static final double OPERATIONS_PER_SECOND = 2e10;

  /// What a GPU takes to be found, and its kernels to be compiled, and then some.
  private static final double SMALL_SECONDS = 10;

  /// The work of a training.
  ///
  /// @param examples N
  /// @param contexts C
  /// @param symbols V
  static Work of(TrainingSpec training, long examples, long contexts, long symbols) {
    double logits =
        training.path() == TrainingPath.COUNTS ? contexts * symbols : examples * symbols;
    int cores = Runtime.getRuntime().availableProcessors();
    return new Work(training.steps() * logits / (LOGITS_PER_SECOND * cores));
  }

  /// The work of training a multi-layer perceptron: two operations for each parameter forward, twice
  /// as many backward.
  ///
  /// @param examples N
  static Work ofPerceptron(TrainingSpec training, long examples, long parameters) {
    double batch = training.batch() == 0 ? examples : training.batch();
    return new Work(training.steps() * batch * parameters * 6 / OPERATIONS_PER_SECOND);
  }

  /// No training.
  static Work none() {
    return new Work(0);
  }

  /// Whether looking for another device takes longer.
  boolean isSmall() {
    return seconds < SMALL_SECONDS;
  }

  @Override
  public String toString() {
    return seconds < 1
        ? "less than a second"
        : String.format(Locale.ROOT, "about %,.0f s", seconds);
  }
}
