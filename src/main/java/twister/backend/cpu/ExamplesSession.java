package twister.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.data.Examples;

/// Training over every single example: one-hot logits, softmax, negative log likelihood, gradient,
/// update.
///
/// The examples are ordered by context and cut into tiles of one context each. A tile's loss and
/// gradient are computed by whichever thread is free and added up in the order of the tiles, so
/// that the bits do not depend on the threads.
final class ExamplesSession implements TrainingSession {
  private static final int EXAMPLES_PER_TILE = 4096;

  private final Examples examples;
  private final List<RunConfig> runs;
  private final double[][] weights;
  private final int[] targets;
  private final List<Tile> tiles = new ArrayList<>();
  private final double[] tileLosses;
  private final double[][] tileGradients;

  /// The gradient of one run after the other, or the accumulated gradient of each.
  private final double[][] gradients;

  private final boolean accumulates;
  private final boolean[] released;
  private final ExamplesTile[] workers;
  private int step;

  /// Examples `from` to `to` of the ordered ones, all of the same context.
  private record Tile(int context, int from, int to) {}

  ExamplesSession(Problem.OverExamples problem, List<RunConfig> runs) {
    examples = problem.examples();
    accumulates = problem.accumulatesGradients();
    this.runs = List.copyOf(runs);
    released = new boolean[runs.size()];
    weights = new double[runs.size()][];
    for (int run = 0; run < weights.length; run++) {
      float[] initial = runs.get(run).initialWeights();
      weights[run] = IntStream.range(0, initial.length).mapToDouble(i -> initial[i]).toArray();
    }
    targets = orderByContext();
    int tasks = runs.size() * tiles.size();
    tileLosses = new double[tasks];
    tileGradients = new double[tasks][examples.symbolCount()];
    gradients =
        new double[accumulates ? runs.size() : 1][examples.contextCount() * examples.symbolCount()];
    workers = new ExamplesTile[Math.min(Runtime.getRuntime().availableProcessors(), tasks)];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new ExamplesTile(examples.symbolCount());
    }
  }

  /// Cuts the tiles and orders the targets by context, keeping the corpus's order within one.
  private int[] orderByContext() {
    int[] ends = new int[examples.contextCount()];
    for (int context : examples.contexts()) {
      ends[context]++;
    }
    for (int c = 0, start = 0; c < ends.length; c++) {
      int end = start + ends[c];
      for (int from = start; from < end; from += EXAMPLES_PER_TILE) {
        tiles.add(new Tile(c, from, Math.min(end, from + EXAMPLES_PER_TILE)));
      }
      ends[c] = start;
      start = end;
    }
    int[] ordered = new int[examples.count()];
    for (int i = 0; i < ordered.length; i++) {
      ordered[ends[examples.contexts()[i]]++] = examples.targets()[i];
    }
    return ordered;
  }

  @Override
  public StepLosses advance(int steps) {
    double[] nll = new double[steps * runs.size()];
    double[] l2Term = new double[steps * runs.size()];
    for (int s = 0; s < steps; s++) {
      pass();
      for (int run = 0; run < runs.size(); run++) {
        if (!released[run]) {
          nll[s * runs.size() + run] = nll(run);
          l2Term[s * runs.size() + run] = l2Term(run);
          update(run, runs.get(run).learningRate().rate(step));
        }
      }
      step++;
    }
    return StepLosses.of(steps, runs.size(), nll, l2Term);
  }

  @Override
  public StepLosses evaluate() {
    pass();
    return StepLosses.of(
        1,
        runs.size(),
        IntStream.range(0, runs.size()).mapToDouble(this::nll).toArray(),
        IntStream.range(0, runs.size()).mapToDouble(this::l2Term).toArray());
  }

  /// Computes loss and gradient of every tile of every run.
  private void pass() {
    AtomicInteger next = new AtomicInteger();
    IntStream.range(0, workers.length).parallel().forEach(i -> work(workers[i], next));
  }

  private void work(ExamplesTile worker, AtomicInteger next) {
    for (int task = next.getAndIncrement();
        task < tileLosses.length;
        task = next.getAndIncrement()) {
      int run = task / tiles.size();
      if (!released[run]) {
        Tile tile = tiles.get(task % tiles.size());
        tileLosses[task] =
            worker.loss(
                weights[run],
                tile.context * examples.symbolCount(),
                targets,
                tile.from,
                tile.to,
                tileGradients[task]);
      }
    }
  }

  private double nll(int run) {
    double sum = 0;
    for (int i = 0; i < tiles.size(); i++) {
      sum += tileLosses[run * tiles.size() + i];
    }
    return sum / examples.count();
  }

  private double l2Term(int run) {
    double l2 = runs.get(run).l2();
    if (l2 == 0) {
      return 0;
    }
    double squares = 0;
    for (double weight : weights[run]) {
      squares += weight * weight;
    }
    return l2 * (squares / weights[run].length);
  }

  private void update(int run, double rate) {
    double[] w = weights[run];
    double[] gradient = gradients[accumulates ? run : 0];
    if (!accumulates) {
      Arrays.fill(gradient, 0);
    }
    double decay = 2 * runs.get(run).l2() / w.length;
    for (int i = 0; i < w.length; i++) {
      gradient[i] += decay * w[i];
    }
    for (int i = 0; i < tiles.size(); i++) {
      int row = tiles.get(i).context * examples.symbolCount();
      double[] tile = tileGradients[run * tiles.size() + i];
      for (int v = 0; v < tile.length; v++) {
        gradient[row + v] += tile[v] / examples.count();
      }
    }
    for (int i = 0; i < w.length; i++) {
      w[i] -= rate * gradient[i];
    }
  }

  @Override
  public double[] weights(int run) {
    return weights[run].clone();
  }

  @Override
  public RunState state(int run) {
    return RunState.of(weights(run), accumulates ? gradients[run].clone() : new double[0]);
  }

  @Override
  public void resume(int at, List<RunState> states) {
    step = at;
    for (int run = 0; run < weights.length; run++) {
      weights[run] = states.get(run).weights().clone();
      if (accumulates) {
        gradients[run] = states.get(run).gradients().clone();
      }
    }
  }

  @Override
  public void release(int run) {
    released[run] = true;
  }

  @Override
  public void close() {
    tiles.clear();
  }
}
