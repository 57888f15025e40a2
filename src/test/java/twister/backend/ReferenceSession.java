package twister.backend;

import java.util.List;
import twister.data.Examples;

/// The slow, readable judge of every backend: one example after the other, in double, as the
/// formulas say. It is itself checked by central differences.
final class ReferenceSession implements TrainingSession {
  private final Examples examples;
  private final List<RunConfig> runs;
  private final boolean accumulates;
  private final double[][] weights;
  private final double[][] gradients;
  private int step;

  ReferenceSession(Examples examples, boolean accumulates, List<RunConfig> runs) {
    this.examples = examples;
    this.accumulates = accumulates;
    this.runs = runs;
    gradients = new double[runs.size()][examples.contextCount() * examples.symbolCount()];
    weights = new double[runs.size()][];
    for (int run = 0; run < weights.length; run++) {
      float[] initial = runs.get(run).initialWeights();
      weights[run] = new double[initial.length];
      for (int i = 0; i < initial.length; i++) {
        weights[run][i] = initial[i];
      }
    }
  }

  /// Mean negative log likelihood of the examples.
  static double nll(Examples examples, double[] weights) {
    double sum = 0;
    for (int i = 0; i < examples.count(); i++) {
      int row = examples.contexts()[i] * examples.symbolCount();
      sum -= weights[row + examples.targets()[i]] - logSumExp(weights, row, examples.symbolCount());
    }
    return sum / examples.count();
  }

  /// l2 * mean(W^2)
  static double l2Term(double l2, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight * weight;
    }
    return l2 == 0 ? 0 : l2 * (sum / weights.length);
  }

  /// The gradient of `nll + l2Term` by the weights.
  static double[] gradient(Examples examples, double l2, double[] weights) {
    double[] gradient = new double[weights.length];
    for (int i = 0; i < examples.count(); i++) {
      int row = examples.contexts()[i] * examples.symbolCount();
      double logSum = logSumExp(weights, row, examples.symbolCount());
      for (int v = 0; v < examples.symbolCount(); v++) {
        gradient[row + v] += Math.exp(weights[row + v] - logSum) / examples.count();
      }
      gradient[row + examples.targets()[i]] -= 1.0 / examples.count();
    }
    for (int i = 0; i < weights.length; i++) {
      gradient[i] += 2 * l2 * weights[i] / weights.length;
    }
    return gradient;
  }

  private static double logSumExp(double[] weights, int from, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      largest = Math.max(largest, weights[i]);
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += Math.exp(weights[i] - largest);
    }
    return largest + Math.log(sum);
  }

  @Override
  public StepLosses advance(int steps) {
    double[] nll = new double[steps * runs.size()];
    double[] l2Term = new double[steps * runs.size()];
    for (int s = 0; s < steps; s++, step++) {
      for (int run = 0; run < runs.size(); run++) {
        double l2 = runs.get(run).l2();
        nll[s * runs.size() + run] = nll(examples, weights[run]);
        l2Term[s * runs.size() + run] = l2Term(l2, weights[run]);
        double[] gradient = gradient(examples, l2, weights[run]);
        double rate = runs.get(run).learningRate().rate(step);
        for (int i = 0; i < gradient.length; i++) {
          gradients[run][i] = gradient[i] + (accumulates ? gradients[run][i] : 0);
          weights[run][i] -= rate * gradients[run][i];
        }
      }
    }
    return StepLosses.of(steps, runs.size(), nll, l2Term);
  }

  @Override
  public StepLosses evaluate() {
    double[] nll = new double[runs.size()];
    double[] l2Term = new double[runs.size()];
    for (int run = 0; run < nll.length; run++) {
      nll[run] = nll(examples, weights[run]);
      l2Term[run] = l2Term(runs.get(run).l2(), weights[run]);
    }
    return StepLosses.of(1, nll.length, nll, l2Term);
  }

  @Override
  public double[] weights(int run) {
    return weights[run].clone();
  }

  @Override
  public void close() {}
}
