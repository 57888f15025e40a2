package twister.backend;

/// What the rest of a run's training depends on, besides its settings and the number of the step.
///
/// @param weights flat, in the shape that the [Problem] says
/// @param gradients accumulated so far, as the weights; empty unless they accumulate
/// @param shifts (C), what the exponentials of each row are shifted by, where a session carries
///   that from step to step: with others the same numbers are rounded differently; else empty
public record RunState(double[] weights, double[] gradients, double[] shifts) {
  private static final double[] NONE = {};

  /// The state of a run that depends on nothing but its weights.
  public static RunState of(double[] weights) {
    return new RunState(weights, NONE, NONE);
  }

  /// The state of a run whose gradients may accumulate.
  ///
  /// @param gradients empty unless they accumulate
  public static RunState of(double[] weights, double[] gradients) {
    return new RunState(weights, gradients, NONE);
  }

  /// The weights of a session that keeps them in single precision.
  public float[] floatWeights() {
    return floats(weights);
  }

  /// The accumulated gradients of a session that keeps them in single precision.
  public float[] floatGradients() {
    return floats(gradients);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
