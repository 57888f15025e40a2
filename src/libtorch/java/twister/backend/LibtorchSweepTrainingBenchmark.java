package twister.backend;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import twister.data.NgramCounts;
import twister.yaml.InvalidInputException;

/// The sweep of [SweepTrainingBenchmark] by libtorch: the weights of all runs are one tensor (R, C,
/// V).
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
public class LibtorchSweepTrainingBenchmark {
  private static final int RUNS = SweepTrainingBenchmark.RUNS;

  @Param({"FLOAT64", "FLOAT32"})
  public DataType type = DataType.FLOAT64;

  private NDManager manager;

  /// (C, V), divided by their sum
  private NDArray counts;

  /// (C, 1), likewise
  private NDArray rowTotals;

  /// (R, 1, 1)
  private NDArray rates;

  /// (1, C, V)
  private NDArray initial;

  @Setup(Level.Trial)
  public void open() throws InvalidInputException {
    Engine engine = Engine.getEngine("PyTorch");
    manager = engine.newBaseManager(Device.cpu());
    NgramCounts table = SweepTrainingBenchmark.counts();
    Shape shape = new Shape(table.contexts(), table.symbols());
    double[] values =
        IntStream.range(0, table.contexts() * table.symbols())
            .mapToDouble(i -> table.count(i / table.symbols(), i % table.symbols()))
            .map(count -> count / table.total())
            .toArray();
    counts = manager.create(values, shape).toType(type, true);
    rowTotals = counts.sum(new int[] {1}, true);
    double[] allRates =
        IntStream.range(0, RUNS).mapToDouble(SweepTrainingBenchmark::learningRate).toArray();
    rates = manager.create(allRates, new Shape(RUNS, 1, 1)).toType(type, true);
    initial =
        manager
            .create(SweepTrainingBenchmark.initialWeights(), shape)
            .toType(type, true)
            .expandDims(0);
  }

  @TearDown(Level.Trial)
  public void close() {
    manager.close();
  }

  /// Milliseconds for the sweep, with the gradient written out.
  @Benchmark
  public double closedForm() {
    try (NDManager call = manager.newSubManager()) {
      NDArray weights = initial.repeat(0, RUNS);
      weights.attach(call);
      double decay = 2 * SweepTrainingBenchmark.L2 / counts.size();
      double sum = 0;
      for (int s = 0; s < SweepTrainingBenchmark.STEPS; s++) {
        try (NDManager step = manager.newSubManager()) {
          weights.attach(step);
          NDArray logProbabilities = weights.logSoftmax(2);
          sum += sum(loss(weights, logProbabilities));
          NDArray gradient = logProbabilities.exp().muli(rowTotals).subi(counts);
          gradient.addi(weights.mul(decay));
          weights.subi(gradient.muli(rates));
          weights.attach(call);
        }
      }
      return checked(sum);
    }
  }

  /// Milliseconds for the sweep, with libtorch's own differentiation.
  @Benchmark
  public double autograd() {
    try (NDManager call = manager.newSubManager()) {
      NDArray weights = initial.repeat(0, RUNS);
      weights.attach(call);
      double sum = 0;
      for (int s = 0; s < SweepTrainingBenchmark.STEPS; s++) {
        try (NDManager step = manager.newSubManager()) {
          weights.attach(step);
          weights.setRequiresGradient(true);
          try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray loss = loss(weights, weights.logSoftmax(2)).sum();
            collector.backward(loss);
            sum += sum(loss);
          }
          NDArray gradient = weights.getGradient();
          gradient.attach(step);
          // Detached, for libtorch adds to the gradient of a tensor that has one.
          NDArray next = weights.stopGradient();
          next.subi(gradient.muli(rates));
          next.attach(call);
          weights = next;
        }
      }
      return checked(sum);
    }
  }

  /// (R)
  private NDArray loss(NDArray weights, NDArray logProbabilities) {
    int[] table = {1, 2};
    NDArray l2Term = weights.square().sum(table).muli(SweepTrainingBenchmark.L2 / counts.size());
    return l2Term.subi(logProbabilities.mul(counts).sum(table));
  }

  private static double sum(NDArray losses) {
    return losses.toType(DataType.FLOAT64, false).sum().getDouble();
  }

  private double checked(double sum) {
    return SweepTrainingBenchmark.checked(sum, type == DataType.FLOAT64 ? 1e-11 : 1e-5);
  }
}
