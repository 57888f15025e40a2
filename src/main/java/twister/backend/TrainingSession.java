package twister.backend;

import java.util.List;

/// The training of a batch of runs on one device, which keeps their weights.
public interface TrainingSession extends AutoCloseable {
  /// Trains every run for `steps` more steps of gradient descent.
  ///
  /// @return (steps, R), each loss that of the step's examples, taken before its update
  StepLosses advance(int steps);

  /// The loss of every run over every example at its present weights, without an update.
  ///
  /// @return (1, R)
  StepLosses evaluate();

  /// The present weights of a run.
  ///
  /// @return flat, in the shape that the [Problem] says
  double[] weights(int run);

  /// Whether the weights lie at hand. Where they do not, the loss at them is to be had for less.
  default boolean areWeightsAtHand() {
    return true;
  }

  /// What the rest of a run's training depends on. A session that goes on from it trains to the
  /// same bits.
  default RunState state(int run) {
    return RunState.of(weights(run));
  }

  /// Goes on where another session of the same runs was. Nothing has been asked of this one before.
  ///
  /// @param step how many updates were done
  /// @param states of the runs, as a session on an equal device told them
  /// @throws UnsupportedOperationException if the session always begins at the first step
  default void resume(int step, List<RunState> states) {
    throw new UnsupportedOperationException("this session begins at the first step");
  }

  /// Says that nothing more is wanted of a run that has ended. The session may save its work; what
  /// it says of the run from now on means nothing.
  default void release(int run) {}

  /// Gives the device's memory back.
  @Override
  void close();
}
