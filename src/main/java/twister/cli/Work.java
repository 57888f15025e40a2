package twister.cli;

import java.util.Locale;
import twister.spec.TrainingPath;
import twister.spec.TrainingSpec;

/// How long a training takes on the processor, roughly.
///
/// @param seconds by what a core was measured to do: 400 million logits per second of n-grams, for
///     perceptrons see [#ofPerceptron]
record Work(double seconds) {
  private static final double LOGITS_PER_SECOND = 4e8;

  /// Of a perceptron, on one core, since a run of its own trains on one.
  private static final double OPERATIONS_PER_SECOND = 2.5e10;

  private static final double SECONDS_PER_STEP = 12e-6;
  private static final double SECONDS_PER_UPDATE = 2e-9;
  private static final double SECONDS_PER_LOGIT = 20e-9;

  /// The loss over every example at the end, and those on the parts of the words, in costs of an example.
  private static final double EVALUATIONS = 2;

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

  /// The work of training a multi-layer perceptron. Each step is kept and updates every parameter; each
  /// of its examples takes two operations for each parameter forward, twice as many backward, and the
  /// softmax. Measured were ten trainings, of 10 to 2,000 hidden units in batches from 1 to all examples:
  /// they took 0.6 to 1.4 times as long, on an AMD EPYC of two cores with JDK 25 (November 2026). At the end
  /// every example is evaluated, which takes longest in trainings of few steps.
  ///
  /// @param examples N
  /// @param symbols V
  static Work ofPerceptron(TrainingSpec training, long examples, long parameters, long symbols) {
    double batch = training.batch() == 0 ? examples : training.batch();
    double example = parameters * 6 / OPERATIONS_PER_SECOND + symbols * SECONDS_PER_LOGIT;
    double step = SECONDS_PER_STEP + parameters * SECONDS_PER_UPDATE + batch * example;
    return new Work(training.steps() * step + EVALUATIONS * examples * example);
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
