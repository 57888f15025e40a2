package twister.cli;

import java.util.Locale;
import twister.spec.TrainingPath;
import twister.spec.TrainingSpec;

/// How long a training takes on the processor, roughly.
///
/// @param seconds by what a core was measured to do, 400 million logits per second
record Work(double seconds) {
  private static final double LOGITS_PER_SECOND = 4e8;

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
