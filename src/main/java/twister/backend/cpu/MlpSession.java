package twister.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import twister.backend.BatchSource.BatchStream;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;

/// Training of multi-layer perceptrons, in single precision.
///
/// Runs never meet: whichever thread is free trains all the steps of the next one. Within a step
/// the examples are taken in tiles whose size depends on the batch alone, so that a run has the
/// same bits in any batch and on any number of threads.
final class MlpSession implements TrainingSession {
  private static final int LARGEST_TILE = 128;

  /// How many examples of a run one thread evaluates at a time.
  private static final int EXAMPLES_PER_TASK = 4096;

  private final Problem.OverBlocks problem;
  private final int batch;
  private final List<Run> runs = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private int step;

  /// A run and where it is.
  private record Run(
      RunConfig config, MlpWeights weights, BatchStream batches, AtomicBoolean isReleased) {
    double l2Term() {
      return config.l2() == 0 ? 0 : config.l2() * weights.meanSquare();
    }
  }

  /// A thread's memory.
  private record Worker(MlpTile tile, MlpWeights gradient, int[] indices) {}

  MlpSession(Problem.OverBlocks problem, List<RunConfig> configs) {
    this.problem = problem;
    int examples = problem.examples().count();
    batch = problem.batch() == 0 ? examples : problem.batch();
    for (RunConfig config : configs) {
      runs.add(
          new Run(
              config,
              new MlpWeights(problem.shape(), config.initialWeights()),
              batches(config, 0),
              new AtomicBoolean()));
    }
    int lanes = Math.min(batch, LARGEST_TILE);
    int tasks = configs.size() * Math.ceilDiv(examples, EXAMPLES_PER_TASK);
    for (int i = 0; i < Math.min(Runtime.getRuntime().availableProcessors(), tasks); i++) {
      workers.add(
          new Worker(
              new MlpTile(problem.examples(), problem.shape(), lanes),
              new MlpWeights(problem.shape()),
              new int[batch]));
    }
  }

  private BatchStream batches(RunConfig config, int at) {
    return problem.batch() == 0
        ? MlpSession::everyExample
        : config.batches().orElseThrow().openAt(at, problem.examples().count(), batch);
  }

  private static void everyExample(int[] indices) {
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
    }
  }

  @Override
  public StepLosses advance(int steps) {
    double[] nll = new double[steps * runs.size()];
    double[] l2Term = new double[steps * runs.size()];
    share(
        runs.size(),
        (worker, task) -> {
          Run run = runs.get(task);
          if (run.isReleased.get()) {
            return;
          }
          worker.gradient.clear();
          for (int s = 0; s < steps; s++) {
            nll[s * runs.size() + task] = batchLoss(worker, run);
            l2Term[s * runs.size() + task] = run.l2Term();
            double rate = run.config.learningRate().rate(step + s);
            run.weights.update(worker.gradient, rate, run.config.l2());
          }
        });
    step += steps;
    return StepLosses.of(steps, runs.size(), nll, l2Term);
  }

  /// Mean negative log likelihood of the run's next batch; adds its gradient to the worker's.
  private double batchLoss(Worker worker, Run run) {
    run.batches.next(worker.indices);
    double sum = 0;
    for (int first = 0; first < batch; first += worker.tile.lanes()) {
      int count = Math.min(worker.tile.lanes(), batch - first);
      sum += worker.tile.loss(run.weights, worker.indices, first, count);
      worker.tile.addGradient(run.weights, worker.gradient, 1.0 / batch);
    }
    return sum / batch;
  }

  /// Has the workers do the tasks, each the next one when it is free.
  private void share(int tasks, BiConsumer<Worker, Integer> work) {
    AtomicInteger next = new AtomicInteger();
    workers.parallelStream()
        .forEach(
            worker -> {
              for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                work.accept(worker, task);
              }
            });
  }

  @Override
  public StepLosses evaluate() {
    int parts = Math.ceilDiv(problem.examples().count(), EXAMPLES_PER_TASK);
    double[] sums = new double[runs.size() * parts];
    share(
        sums.length,
        (worker, task) -> {
          Run run = runs.get(task / parts);
          if (!run.isReleased.get()) {
            sums[task] = loss(worker.tile, run.weights, task % parts);
          }
        });
    double[] nll = new double[runs.size()];
    for (int task = 0; task < sums.length; task++) {
      nll[task / parts] += sums[task];
    }
    for (int run = 0; run < nll.length; run++) {
      nll[run] /= problem.examples().count();
    }
    double[] l2Term =
        IntStream.range(0, nll.length).mapToDouble(r -> runs.get(r).l2Term()).toArray();
    return StepLosses.of(1, nll.length, nll, l2Term);
  }

  private double loss(MlpTile tile, MlpWeights weights, int part) {
    int start = part * EXAMPLES_PER_TASK;
    int end = Math.min(problem.examples().count(), start + EXAMPLES_PER_TASK);
    double sum = 0;
    for (int first = start; first < end; first += tile.lanes()) {
      sum += tile.loss(weights, first, Math.min(tile.lanes(), end - first));
    }
    return sum;
  }

  @Override
  public double[] weights(int run) {
    return runs.get(run).weights.flat();
  }

  @Override
  public void resume(int at, List<RunState> states) {
    step = at;
    for (int number = 0; number < states.size(); number++) {
      Run run = runs.get(number);
      runs.set(
          number,
          new Run(
              run.config,
              new MlpWeights(problem.shape(), states.get(number).floatWeights()),
              batches(run.config, at),
              run.isReleased));
    }
  }

  @Override
  public void release(int run) {
    runs.get(run).isReleased.set(true);
  }

  @Override
  public void close() {
    runs.clear();
    workers.clear();
  }
}
