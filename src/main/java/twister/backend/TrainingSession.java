package twister.backend;

/// The training of a batch of runs on one device, which keeps their weights.
public interface TrainingSession extends AutoCloseable {
  /// Trains every run for `steps` more steps of full-batch gradient descent.
  ///
  /// @return (steps, R), each loss taken before the step's update
  StepLosses advance(int steps);

  /// The loss of every run at its present weights, without an update.
  ///
  /// @return (1, R)
  StepLosses evaluate();

  /// The present weights of a run.
  ///
  /// @return (C, V), row-major
  double[] weights(int run);

  /// Gives the device's memory back.
  @Override
  void close();
}
