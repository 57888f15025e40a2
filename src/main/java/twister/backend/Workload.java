package twister.backend;

import java.util.Locale;
import java.util.Optional;
import twister.spec.ExperimentSpec;
import twister.spec.ModelSpec;
import twister.spec.TrainingPath;

/// What there is to compute in a training of equal runs in lockstep.
///
/// @param kind what is trained
/// @param runs R
/// @param steps S
/// @param perStep what a run computes in a step, in multiplications or so
/// @param atEnd what a run computes when its steps are done: the loss over every example
public record Workload(Kind kind, double runs, double steps, double perStep, double atEnd) {
  /// The softmax of an example and an update of a parameter, in multiplications that take as long.
  private static final double SOFTMAX = 250;

  private static final double UPDATE = 25;

  /// The loss over every example at the end, and those on the parts of the words, in costs of an
  /// example.
  private static final double EVALUATIONS = 2;

  /// What is trained; devices are at their best with some of them.
  public enum Kind {
    /// N-grams over the count table: the work is the logits of a step.
    COUNTS,
    /// N-grams over every example: the work is the logits of a step.
    EXAMPLES,
    /// Multi-layer perceptrons.
    PERCEPTRON
  }

  /// The work of a run; empty where its model is in closed form.
  ///
  /// @param examples N
  /// @param contexts C
  /// @param symbols V
  public static Optional<Workload> of(
      ExperimentSpec spec, long examples, long contexts, long symbols) {
    return spec.training()
        .map(
            training ->
                spec.model() instanceof ModelSpec.Mlp mlp
                    ? ofPerceptron(
                        training.steps(),
                        training.batch(),
                        examples,
                        mlp.parameters(symbols),
                        symbols)
                    : ofNgrams(training.path(), training.steps(), examples, contexts, symbols));
  }

  /// The work of a run of an n-gram model.
  ///
  /// @param examples N
  /// @param contexts C
  /// @param symbols V
  public static Workload ofNgrams(
      TrainingPath path, int steps, long examples, long contexts, long symbols) {
    return switch (path) {
      case COUNTS -> new Workload(Kind.COUNTS, 1, steps, (double) contexts * symbols, 0);
      case EXAMPLES -> new Workload(Kind.EXAMPLES, 1, steps, (double) examples * symbols, 0);
    };
  }

  /// The work of a run of a multi-layer perceptron. Each example of a step takes a multiplication
  /// for each parameter forward, two backward, and the softmax; each step updates every parameter.
  ///
  /// @param batch how many examples a step trains on; 0 for every example
  /// @param examples N
  /// @param symbols V
  public static Workload ofPerceptron(
      int steps, int batch, long examples, long parameters, long symbols) {
    double example = 3.0 * parameters + SOFTMAX * symbols;
    double step = UPDATE * parameters + (batch == 0 ? examples : batch) * example;
    return new Workload(Kind.PERCEPTRON, 1, steps, step, EVALUATIONS * examples * example);
  }

  /// As much of more or fewer runs.
  public Workload ofRuns(double others) {
    return new Workload(kind, others, steps, perStep, atEnd);
  }

  /// The same runs, longer or shorter.
  public Workload ofSteps(double others) {
    return new Workload(kind, runs, others, perStep, atEnd);
  }

  /// What a run computes in all.
  public double perRun() {
    return steps * perStep + atEnd;
  }

  /// A time in words.
  public static String about(double seconds) {
    return seconds < 1
        ? "less than a second"
        : String.format(Locale.ROOT, "about %,.0f s", seconds);
  }
}
