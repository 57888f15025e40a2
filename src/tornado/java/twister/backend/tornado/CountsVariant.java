package twister.backend.tornado;

import java.util.LinkedHashMap;
import java.util.Map;
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

  /// Where a weight lies among those of `runs` runs.
  int place(int c, int k, int run, int runs);

  /// How many numbers the losses of a step of `runs` runs are.
  int losses(int runs);

  /// How many numbers the losses of a launch may be. They lie in the computer's memory as well.
  int mostLosses();

  /// What a launch leaves on the device beside the weights, for a step and a run, in bytes.
  long bytesPerStep();

  /// The mean negative log likelihood of a run.
  double nll(FloatArray losses, int step, int run, int runs);

  /// The sum of the squared weights of a run.
  double squares(FloatArray losses, int step, int run, int runs);

  /// Adds the tasks to a graph.
  ///
  /// @return their threads
  Map<String, Threads> addTasks(TaskGraph graph, Arrays arrays);

  /// One thread a row, in private memory, and a second kernel that adds up the rows' losses; for any number of
  /// symbols.
  record Rows(int contexts, int symbols) implements CountsVariant {
    @Override
    public int kernels() {
      return 2;
    }

    @Override
    public int place(int c, int k, int run, int runs) {
      return (c * runs + run) * symbols + k;
    }

    @Override
    public int losses(int runs) {
      return 2 * runs;
    }

    @Override
    public int mostLosses() {
      return 1 << 20;
    }

    @Override
    public long bytesPerStep() {
      return 8L * contexts;
    }

    @Override
    public double nll(FloatArray losses, int step, int run, int runs) {
      return losses.get(step * 2 * runs + run);
    }

    @Override
    public double squares(FloatArray losses, int step, int run, int runs) {
      return losses.get((step * 2 + 1) * runs + run);
    }

    @Override
    public Map<String, Threads> addTasks(TaskGraph graph, Arrays arrays) {
      int pairs = arrays.runs() * contexts;
      FloatArray rowNll = Pages.floats(arrays.steps() * pairs);
      FloatArray rowSquares = Pages.floats(arrays.steps() * pairs);
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
              Row.width(symbols))
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

  /// A group of threads a tile of contexts and runs, one thread a row, in registers; for GPUs and few symbols.
  ///
  /// @param tileContexts contexts of a tile
  /// @param tileRuns runs of a tile
  record Tiles(int contexts, int symbols, int tileContexts, int tileRuns)
      implements CountsVariant {
    private static final int RUNS = 8;
    private static final int MOST_CONTEXTS = 32;

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

    @Override
    public int place(int c, int k, int run, int runs) {
      return (c * symbols + k) * runs + run;
    }

    @Override
    public int losses(int runs) {
      return tiles() * 2 * runs;
    }

    @Override
    public int mostLosses() {
      return 1 << 24;
    }

    @Override
    public long bytesPerStep() {
      return 8L * tiles();
    }

    @Override
    public double nll(FloatArray losses, int step, int run, int runs) {
      return sum(losses, step, run, runs);
    }

    @Override
    public double squares(FloatArray losses, int step, int run, int runs) {
      return sum(losses, step, runs + run, runs);
    }

    private double sum(FloatArray losses, int step, int place, int runs) {
      double sum = 0;
      for (int tile = 0; tile < tiles(); tile++) {
        sum += losses.get((step * tiles() + tile) * 2 * runs + place);
      }
      return sum;
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
