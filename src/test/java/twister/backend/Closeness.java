package twister.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/// How losses and weights of a session are compared with those of another.
final class Closeness {
  private Closeness() {}

  /// The losses of a run, step after step.
  static double[] losses(StepLosses losses, int run) {
    double[] values = new double[losses.steps()];
    Arrays.setAll(values, step -> losses.loss(step, run));
    return values;
  }

  /// The norm of the initial weights of a run.
  static double norm(RunConfig run) {
    double norm = 0;
    for (float weight : run.initialWeights()) {
      norm = Math.hypot(norm, weight);
    }
    return norm;
  }

  /// Asserts `norm(actual - expected) <= tolerance * max(norm(expected), leastNorm)`.
  static void assertClose(double[] expected, double[] actual, double tolerance, double leastNorm) {
    double distance = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      distance = Math.hypot(distance, actual[i] - expected[i]);
      norm = Math.hypot(norm, expected[i]);
    }
    double allowed = tolerance * Math.max(norm, leastNorm);
    assertTrue(distance <= allowed, "distance " + distance + ", allowed " + allowed);
  }
}
