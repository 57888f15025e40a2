package twister.backend;

import java.util.List;
import java.util.stream.IntStream;
import twister.backend.BatchSource.BatchStream;
import twister.data.Blocks;
import twister.model.MlpShape;

/// The slow, readable judge of every backend that trains multi-layer perceptrons: one example after
/// the other, in double, as the formulas say. It is itself checked by central differences.
final class MlpReferenceSession implements TrainingSession {
  private final Blocks examples;
  private final MlpShape shape;
  private final List<RunConfig> runs;
  private final int[] indices;
  private final int[] everyIndex;
  private final double[][] parameters;
  private final List<BatchStream> batches;
  private int step;

  MlpReferenceSession(Problem.OverBlocks problem, List<RunConfig> runs) {
    examples = problem.examples();
    shape = problem.shape();
    this.runs = runs;
    everyIndex = IntStream.range(0, examples.count()).toArray();
    indices = problem.batch() == 0 ? everyIndex.clone() : new int[problem.batch()];
    batches =
        runs.stream()
            .map(
                run ->
                    problem.batch() == 0
                        ? (BatchStream) every -> {}
                        : run.batches().orElseThrow().open(examples.count()))
            .toList();
    parameters = new double[runs.size()][shape.parameters()];
    for (int run = 0; run < parameters.length; run++) {
      float[] initial = runs.get(run).initialWeights();
      for (int i = 0; i < initial.length; i++) {
        parameters[run][i] = initial[i];
      }
    }
  }

  /// What is computed of one example on the way to its loss.
  private record Forward(double[] inputs, double[] units, double[] probabilities, double nll) {}

  private static Forward forward(Blocks examples, MlpShape shape, double[] p, int n) {
    double[] inputs = new double[shape.inputs()];
    for (int i = 0; i < inputs.length; i++) {
      int symbol = examples.contexts()[n * shape.blockSize() + i / shape.embedding()];
      inputs[i] = p[symbol * shape.embedding() + i % shape.embedding()];
    }
    double[] units = new double[shape.hidden()];
    for (int h = 0; h < units.length; h++) {
      double sum = p[shape.b1() + h];
      for (int i = 0; i < inputs.length; i++) {
        sum += inputs[i] * p[shape.w1() + i * shape.hidden() + h];
      }
      units[h] = Math.tanh(sum);
    }
    double[] logits = new double[shape.symbols()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < logits.length; v++) {
      logits[v] = p[shape.b2() + v];
      for (int h = 0; h < units.length; h++) {
        logits[v] += units[h] * p[shape.w2() + h * shape.symbols() + v];
      }
      largest = Math.max(largest, logits[v]);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    double logSumExp = largest + Math.log(sum);
    double nll = logSumExp - logits[examples.targets()[n]];
    for (int v = 0; v < logits.length; v++) {
      logits[v] = Math.exp(logits[v] - logSumExp);
    }
    return new Forward(inputs, units, logits, nll);
  }

  /// Mean negative log likelihood of some of the examples.
  static double nll(Blocks examples, MlpShape shape, int[] indices, double[] parameters) {
    double sum = 0;
    for (int n : indices) {
      sum += forward(examples, shape, parameters, n).nll();
    }
    return sum / indices.length;
  }

  /// The gradient of `nll + l2 * mean of squares` by the parameters.
  static double[] gradient(
      Blocks examples, MlpShape shape, int[] indices, double l2, double[] parameters) {
    double[] gradient = new double[parameters.length];
    for (int n : indices) {
      addGradient(examples, shape, n, 1.0 / indices.length, parameters, gradient);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += 2 * l2 * parameters[i] / gradient.length;
    }
    return gradient;
  }

  private static void addGradient(
      Blocks examples, MlpShape shape, int n, double scale, double[] p, double[] gradient) {
    Forward forward = forward(examples, shape, p, n);
    double[] inputGradient = new double[shape.inputs()];
    for (int h = 0; h < shape.hidden(); h++) {
      double unit = forward.units()[h];
      double unitGradient = 0;
      for (int v = 0; v < shape.symbols(); v++) {
        double hit = v == examples.targets()[n] ? 1 : 0;
        double logitGradient = scale * (forward.probabilities()[v] - hit);
        unitGradient += logitGradient * p[shape.w2() + h * shape.symbols() + v];
        gradient[shape.w2() + h * shape.symbols() + v] += logitGradient * unit;
        gradient[shape.b2() + v] += h == 0 ? logitGradient : 0;
      }
      double sumGradient = unitGradient * (1 - unit * unit);
      gradient[shape.b1() + h] += sumGradient;
      for (int i = 0; i < inputGradient.length; i++) {
        gradient[shape.w1() + i * shape.hidden() + h] += sumGradient * forward.inputs()[i];
        inputGradient[i] += sumGradient * p[shape.w1() + i * shape.hidden() + h];
      }
    }
    for (int i = 0; i < inputGradient.length; i++) {
      int symbol = examples.contexts()[n * shape.blockSize() + i / shape.embedding()];
      gradient[symbol * shape.embedding() + i % shape.embedding()] += inputGradient[i];
    }
  }

  @Override
  public StepLosses advance(int steps) {
    double[] nll = new double[steps * runs.size()];
    double[] l2Term = new double[steps * runs.size()];
    for (int s = 0; s < steps; s++, step++) {
      for (int run = 0; run < runs.size(); run++) {
        batches.get(run).next(indices);
        double[] p = parameters[run];
        double l2 = runs.get(run).l2();
        nll[s * runs.size() + run] = nll(examples, shape, indices, p);
        l2Term[s * runs.size() + run] = ReferenceSession.l2Term(l2, p);
        double[] gradient = gradient(examples, shape, indices, l2, p);
        double rate = runs.get(run).learningRate().rate(step);
        for (int i = 0; i < p.length; i++) {
          p[i] -= rate * gradient[i];
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
      nll[run] = nll(examples, shape, everyIndex, parameters[run]);
      l2Term[run] = ReferenceSession.l2Term(runs.get(run).l2(), parameters[run]);
    }
    return StepLosses.of(1, nll.length, nll, l2Term);
  }

  @Override
  public double[] weights(int run) {
    return parameters[run].clone();
  }

  @Override
  public void close() {}
}
