package twister.training;

import java.util.Optional;
import java.util.OptionalDouble;
import twister.spec.StopSpec;
import twister.spec.TrainingSpec;

/// When one run ends early, and the best of the looks at it, which is what the run ends with.
///
/// The end is decided by the lowest loss so far: of every step, or on the dev words at every look.
/// The best look is the one with the lowest loss at its own weights. The training loss at them is
/// that of the next step, which a look therefore waits for. Where each step has its own batch of
/// examples, that would be the luck of one batch; there a look has the mean of the steps since the
/// look before.
public final class EarlyStop {
  /// Relative, beyond which the same loss computed in two ways does not differ.
  private static final double CLEARLY = 1e-4;

  /// The state of a run at a look.
  ///
  /// @param step the number of the step that was updated last
  /// @param loss the one that is looked at, in nats per character
  /// @param weights flat, in the shape of the session's problem
  public record Look(int step, double loss, double[] weights) {}

  /// What the rest of a run that may end early depends on.
  ///
  /// @param best the look with the lowest loss, if there was one
  /// @param waiting the latest look, as long as its loss is not known
  /// @param lowest loss that decides the end, and the step of it
  /// @param sum of the losses since the latest look, and how many they are
  public record State(
      Optional<Look> best,
      Optional<Look> waiting,
      double lowest,
      int lowestAt,
      double sum,
      int summed) {}

  private final StopSpec stop;
  private final boolean isOfBatches;
  private Optional<Look> best = Optional.empty();

  /// The latest look, as long as its loss is not known.
  private Optional<Look> waiting = Optional.empty();

  private double lowest = Double.POSITIVE_INFINITY;
  private int lowestAt;
  private double latest;
  private double sum;
  private int summed;

  private EarlyStop(StopSpec stop, boolean isOfBatches) {
    this.stop = stop;
    this.isOfBatches = isOfBatches;
  }

  /// The end of a run, if it may end early.
  public static Optional<EarlyStop> of(TrainingSpec training) {
    return training.stop().map(stop -> new EarlyStop(stop, training.batch() > 0));
  }

  State state() {
    return new State(best, waiting, lowest, lowestAt, sum, summed);
  }

  /// Goes on where another one of the same run was.
  void resume(State state) {
    best = state.best;
    waiting = state.waiting;
    lowest = state.lowest;
    lowestAt = state.lowestAt;
    sum = state.sum;
    summed = state.summed;
  }

  /// Whether the loss on the dev words decides.
  boolean isByDev() {
    return stop.loss() == StopSpec.Loss.DEV;
  }

  /// Whether there is a look after a step.
  boolean looksAt(int step) {
    return step % stop.every() == 0;
  }

  /// Takes the loss of a step, taken before its update.
  void take(int step, double loss) {
    if (isByDev()) {
      return;
    }
    waiting.ifPresent(look -> take(look, loss));
    latest = loss;
    sum += loss;
    summed++;
    takeLowest(step, loss);
  }

  private void takeLowest(int step, double loss) {
    if (loss < lowest) {
      lowest = loss;
      lowestAt = step;
    }
  }

  private void take(Look look, double loss) {
    waiting = Optional.empty();
    if (best.isEmpty() || Double.compare(loss, best.get().loss()) < 0) {
      best = Optional.of(new Look(look.step(), loss, look.weights()));
    }
  }

  /// Whether a look had better know the training loss at its weights before it takes them: they may
  /// be dear, and what came before says that they are not the best.
  boolean asksForLoss() {
    return !isByDev() && !isOfBatches && isClearlyAboveBest(latest);
  }

  /// Whether a look takes the weights: not where others are better for sure.
  ///
  /// @param now the training loss at the weights, where it is known
  boolean wantsWeights(OptionalDouble now) {
    if (isByDev() || best.isEmpty()) {
      return true;
    }
    return isOfBatches
        ? Double.compare(sum / summed, best.get().loss()) < 0
        : now.isEmpty() || !isClearlyAboveBest(now.getAsDouble());
  }

  private boolean isClearlyAboveBest(double loss) {
    return best.isPresent() && loss - best.get().loss() > CLEARLY * Math.abs(best.get().loss());
  }

  /// Looks after a step, without taking the weights.
  void pass() {
    if (isOfBatches) {
      sum = 0;
      summed = 0;
    }
  }

  /// Looks at the weights after a step, where the loss on the dev words does not decide.
  void look(int step, double[] weights) {
    Look look = new Look(step, sum / summed, weights);
    if (isOfBatches) {
      take(look, look.loss());
      pass();
    } else {
      waiting = Optional.of(look);
    }
  }

  /// Looks at the weights after a step, where the loss on the dev words decides.
  ///
  /// @param loss on the dev words
  void look(int step, double[] weights, double loss) {
    takeLowest(step, loss);
    take(new Look(step, loss, weights), loss);
  }

  /// Takes the training loss at the latest look, where the run ends.
  void takeLast(double loss) {
    waiting.ifPresent(look -> take(look, loss));
  }

  /// The look with the lowest loss, the first of equal ones; empty before the first look.
  Optional<Look> best() {
    return best;
  }

  /// Whether and why the run ends after a step with a look.
  Optional<Trainer.Ending> ending(int step) {
    if (stop.target().isPresent() && lowest <= stop.target().getAsDouble()) {
      return Optional.of(Trainer.Ending.TARGET_REACHED);
    }
    return stop.patience().isPresent() && step - lowestAt >= stop.patience().getAsInt()
        ? Optional.of(Trainer.Ending.PATIENCE_LOST)
        : Optional.empty();
  }
}
