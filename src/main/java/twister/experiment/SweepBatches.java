package twister.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import twister.spec.ChartsSpec;
import twister.spec.CheckpointInterval;
import twister.spec.DeviceSpec;
import twister.spec.ExpectSpec;
import twister.spec.ExperimentSpec;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.spec.ModelSpec;
import twister.spec.SamplesSpec;
import twister.spec.TrainingSpec;

/// Divides runs into batches: those that a session trains together, as they differ in nothing but
/// learning rate, L2 and seed, and no more of them than are done soon and have room in memory.
final class SweepBatches {
  /// What is lost when the process is killed.
  private static final double SECONDS = 2;

  /// More runs in a batch are not trained faster, but take memory.
  private static final int MOST_RUNS = 4096;

  private SweepBatches() {}

  /// Batches in the order of their first runs; the runs of each in their order.
  ///
  /// @param runs of one sweep
  /// @param bytes of memory that the batches in training may take
  /// @param choice the devices, which train at the same time; where one would have no work, batches
  ///   are cut for it
  static List<List<PlannedRun>> of(List<PlannedRun> runs, long bytes, Devices.Choice choice) {
    int devices = choice.devices().size();
    Map<ExperimentSpec, List<PlannedRun>> alike = new LinkedHashMap<>();
    double seconds = 0;
    for (PlannedRun run : runs) {
      alike.computeIfAbsent(common(run.inputs().spec()), _ -> new ArrayList<>()).add(run);
      seconds += seconds(run.inputs(), choice);
    }
    List<List<PlannedRun>> batches = new ArrayList<>();
    for (List<PlannedRun> same : alike.values()) {
      RunInputs inputs = same.getFirst().inputs();
      double each = seconds(inputs, choice);
      int most = Math.min(most(inputs, bytes / devices, each), share(seconds / devices, each));
      int count = Math.ceilDiv(same.size(), most);
      // A batch more than there are devices would keep all but one of them waiting.
      int even = count == 1 ? 1 : Math.ceilDiv(count, devices) * devices;
      int size = Math.ceilDiv(same.size(), even);
      for (int from = 0; from < same.size(); from += size) {
        batches.add(List.copyOf(same.subList(from, Math.min(from + size, same.size()))));
      }
    }
    return batches;
  }

  private static double seconds(RunInputs inputs, Devices.Choice choice) {
    return inputs.work().map(choice::secondsPerRun).orElse(0.0);
  }

  /// How many runs are a device's share of all the work.
  private static int share(double seconds, double each) {
    return each == 0 ? MOST_RUNS : (int) Math.clamp(Math.ceil(seconds / each), 1, MOST_RUNS);
  }

  private static int most(RunInputs inputs, long bytes, double each) {
    int least = Runtime.getRuntime().availableProcessors();
    int soon = (int) Math.clamp(SECONDS / each, least, (double) MOST_RUNS);
    return Math.clamp(bytes / inputs.bytes(), 1, soon);
  }

  /// What runs of a batch have in common: the experiment with all that a run may have of its own
  /// set to the same. A key that is added keeps runs apart until it is named here.
  private static ExperimentSpec common(ExperimentSpec spec) {
    return new ExperimentSpec(
        "batch",
        "",
        spec.data(),
        common(spec.model()),
        spec.training().map(SweepBatches::common),
        DeviceSpec.auto(),
        new SamplesSpec(0, Generator.TORCH_CUDA, 0, 1, Optional.empty(), spec.samples().along()),
        ChartsSpec.of(List.of()),
        new ExpectSpec(new TreeMap<>(), 0));
  }

  private static ModelSpec common(ModelSpec model) {
    InitSpec init = new InitSpec(Generator.TORCH_CPU, 0);
    return switch (model) {
      case ModelSpec.Counts(_) -> new ModelSpec.Counts(0);
      case ModelSpec.Softmax(_) -> new ModelSpec.Softmax(init);
      case ModelSpec.Mlp(int block, int embedding, int hidden, _) ->
          new ModelSpec.Mlp(block, embedding, hidden, init);
    };
  }

  private static TrainingSpec common(TrainingSpec training) {
    return new TrainingSpec(
        training.steps(),
        LearningRate.constant(1),
        0,
        training.path(),
        training.accumulatesGradients(),
        training.batch(),
        Optional.empty(),
        CheckpointInterval.DEFAULT);
  }
}
