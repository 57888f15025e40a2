package twister.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;

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

  /// Checks that a session goes on from another to the bits that the other has after the same
  /// steps.
  ///
  /// @param whole after some steps
  /// @param done how many these are
  /// @param other opened for the same runs, and asked for nothing yet
  /// @param steps how many both train now
  static void assertGoesOn(
      TrainingSession whole, int done, TrainingSession other, int runs, int steps) {
    other.resume(done, IntStream.range(0, runs).mapToObj(whole::state).toList());
    assertArrayEquals(losses(whole.evaluate(), 1), losses(other.evaluate(), 1));
    StepLosses expected = whole.advance(steps).kept();
    StepLosses actual = other.advance(steps).kept();
    for (int run = 0; run < runs; run++) {
      assertArrayEquals(losses(expected, run), losses(actual, run));
      assertArrayEquals(whole.weights(run), other.weights(run));
    }
  }
}
