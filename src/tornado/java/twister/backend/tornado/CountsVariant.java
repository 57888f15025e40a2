package twister.backend.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.backend.FloatLosses;
import twister.backend.tornado.DeviceProgram.Threads;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// How rows of weights lie on a device, and which kernels train them over the count table.
sealed interface CountsVariant {
  /// What the kernels work on.
  ///
  /// @param weights as the variant lays them; what lies behind is not touched
  /// @param accumulated as the weights; one number unless gradients accumulate
  /// @param accumulates whether they do
  /// @param losses (S, the variant's losses of a step)
  /// @param steps that a launch has at most, S
  /// @param runs that a launch trains at most, G
  record Arrays(
      IntArray control,
      IntArray receipts,
      FloatArray frequencies,
      FloatArray rowFrequencies,
      Schedules schedules,
      FloatArray weights,
      FloatArray accumulated,
      boolean accumulates,
      FloatArray losses,
      int steps,
      int runs) {}

  /// How many kernels there are.
  int kernels();

  /// Lays the weights of runs.
  ///
  /// @param weights (R), of each run (C, V), row-major; runs may share them
  /// @param to floats
  void lay(List<float[]> weights, MemorySegment to);

  /// The weights of one run, (C, V), row-major.
  ///
  /// @param from as they were laid for `runs` runs
  double[] weights(MemorySegment from, int run, int runs);

  /// How many numbers the losses of a step of `runs` runs are.
  int losses(int runs);

  /// How many numbers the losses of a launch of `runs` runs may be. They lie in the computer's
  /// memory as well.
  int mostLosses(int runs);

  /// What a launch leaves on the device beside the weights, for a step and a run, in bytes.
  long bytesPerStep();

  /// Where the losses of `runs` runs lie, the negative log likelihood as a mean.
  FloatLosses.Layout layout(int runs);

  /// Adds the tasks to a graph.
  ///
  /// @return their threads
  Map<String, Threads> addTasks(TaskGraph graph, Arrays arrays);

  /// One thread a row, in private memory, and a second kernel that adds up the rows' losses; for
  /// any number of symbols.
  record Rows(int contexts, int symbols) implements CountsVariant {
    @Override
    public int kernels() {
      return 2;
    }

    @Override
    public void lay(List<float[]> weights, MemorySegment to) {
      for (int c = 0; c < contexts; c++) {
        for (int run = 0; run < weights.size(); run++) {
          long place = (long) c * weights.size() + run;
          MemorySegment.copy(
              weights.get(run),
              c * symbols,
              to,
              ValueLayout.JAVA_FLOAT,
              Float.BYTES * place * symbols,
              symbols);
        }
      }
    }

    @Override
    public double[] weights(MemorySegment from, int run, int runs) {
      double[] weights = new double[contexts * symbols];
      for (int i = 0; i < weights.length; i++) {
        long row = (long) (i / symbols) * runs + run;
        weights[i] = from.getAtIndex(ValueLayout.JAVA_FLOAT, row * symbols + i % symbols);
      }
      return weights;
    }

    @Override
    public int losses(int runs) {
      return 2 * runs;
    }

    @Override
    public int mostLosses(int runs) {
      return 1 << 20;
    }

    @Override
    public long bytesPerStep() {
      return 8L * contexts;
    }

    @Override
    public FloatLosses.Layout layout(int runs) {
      return new FloatLosses.Layout(losses(runs), 1, 0, 1, runs, 1);
    }

    @Override
    public Map<String, Threads> addTasks(TaskGraph graph, Arrays arrays) {
      int pairs = arrays.runs() * contexts;
      FloatArray rowNll = PageAlignedArrays.floats(arrays.steps() * pairs);
      FloatArray rowSquares = PageAlignedArrays.floats(arrays.steps() * pairs);
      graph
          .task(
              "trainRows",
              CountsKernels::trainRows,
              new KernelContext(),
              arrays.control(),
              arrays.receipts(),
              arrays.frequencies(),
              arrays.rowFrequencies(),
              arrays.schedules().until(),
              arrays.schedules().rates(),
              arrays.schedules().decay(),
              arrays.weights(),
              arrays.accumulated(),
              rowNll,
              rowSquares,
              symbols,
              RowArithmetic.width(symbols))
          .task(
              "sumRows",
              CountsKernels::sumRows,
              new KernelContext(),
              arrays.control(),
              arrays.receipts(),
              rowNll,
              rowSquares,
              arrays.losses())
          .transferToHost(DataTransferMode.UNDER_DEMAND, DeviceProgram.kept(rowNll, rowSquares));
      Map<String, Threads> threads = new LinkedHashMap<>();
      threads.put("trainRows", Threads.of(pairs));
      threads.put("sumRows", Threads.of((long) arrays.steps() * arrays.runs()));
      return threads;
    }
  }

  /// A group of threads a tile of contexts and runs, one thread a row, in registers; for GPUs and
  /// few symbols.
  ///
  /// @param tileContexts contexts of a tile
  /// @param tileRuns runs of a tile
  record Tiles(int contexts, int symbols, int tileContexts, int tileRuns) implements CountsVariant {
    private static final int RUNS = 8;
    private static final int MOST_CONTEXTS = 32;

    /// Steps of a launch whose kernels take much longer than the launch itself.
    private static final int STEPS_AT_LEAST = 128;

    /// With tiles that are fast and leave few losses to copy (docs/benchmarks.md).
    static Tiles of(int contexts, int symbols) {
      return new Tiles(contexts, symbols, Math.min(contexts, MOST_CONTEXTS), RUNS);
    }

    private int tiles() {
      return Math.ceilDiv(contexts, tileContexts);
    }

    @Override
    public int kernels() {
      return 1;
    }

    /// (C, V, R)
    @Override
    public void lay(List<float[]> weights, MemorySegment to) {
      float[] first = weights.getFirst();
      boolean isShared = weights.stream().distinct().count() == 1;
      float[] ofRuns = new float[weights.size()];
      for (int i = 0; i < contexts * symbols; i++) {
        for (int run = 0; run < ofRuns.length; run++) {
          ofRuns[run] = isShared ? first[i] : weights.get(run)[i];
        }
        long place = (long) Float.BYTES * i * ofRuns.length;
        MemorySegment.copy(ofRuns, 0, to, ValueLayout.JAVA_FLOAT, place, ofRuns.length);
      }
    }

    @Override
    public double[] weights(MemorySegment from, int run, int runs) {
      double[] weights = new double[contexts * symbols];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = from.getAtIndex(ValueLayout.JAVA_FLOAT, (long) i * runs + run);
      }
      return weights;
    }

    @Override
    public int losses(int runs) {
      return tiles() * 2 * runs;
    }

    /// Memory that a session takes is set to zero first, which takes as long as the kernels of many
    /// steps.
    @Override
    public int mostLosses(int runs) {
      return Math.clamp((long) STEPS_AT_LEAST * losses(runs), 1 << 21, 1 << 24);
    }

    @Override
    public long bytesPerStep() {
      return 8L * tiles();
    }

    @Override
    public FloatLosses.Layout layout(int runs) {
      return new FloatLosses.Layout(losses(runs), 1, 2 * runs, tiles(), runs, tiles());
    }

    @Override
    public Map<String, Threads> addTasks(TaskGraph graph, Arrays arrays) {
      graph.task(
          "trainTiles",
          CountsTileKernels::trainTiles,
          new KernelContext(),
          arrays.control(),
          arrays.receipts(),
          arrays.frequencies(),
          arrays.rowFrequencies(),
          arrays.schedules().until(),
          arrays.schedules().rates(),
          arrays.schedules().decay(),
          arrays.weights(),
          arrays.accumulated(),
          arrays.losses(),
          symbols,
          tileContexts,
          tileRuns,
          arrays.accumulates() ? 1 : 0);
      int group = tileContexts * tileRuns;
      return Map.of(
          "trainTiles",
          new Threads((long) Math.ceilDiv(arrays.runs(), tileRuns) * tiles() * group, group));
    }
  }
}
