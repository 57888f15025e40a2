package twister.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import twister.spec.DataSpec;
import twister.spec.ModelSpec;
import twister.spec.SamplesSpec;
import twister.spec.TrainingPath;
import twister.spec.TrainingSpec;

/// Divides runs into batches: those that a session trains together, as they differ in nothing but
/// learning rate, L2 and seed, and no more of them than are done soon and have room in memory.
final class SweepBatches {
  /// What is lost when the process is killed.
  private static final double SECONDS = 2;

  /// More runs in a batch are not trained faster, but take memory.
  private static final int MOST_RUNS = 4096;

  private SweepBatches() {}

  /// What the runs of a session have in common.
  private record Shape(
      DataSpec data,
      ModelShape model,
      int steps,
      Optional<TrainingPath> path,
      int batch,
      boolean accumulatesGradients,
      Optional<SamplesSpec.Along> along) {}

  private enum Kind {
    COUNTS,
    SOFTMAX,
    MLP
  }

  private record ModelShape(Kind kind, int embedding, int hidden) {}

  /// Batches in the order of their first runs; the runs of each in their order.
  ///
  /// @param runs of one sweep
  /// @param bytes of memory that the batches in training may take
  /// @param choice the devices, which train at the same time; where one would have no work, batches
  ///   are cut for it
  static List<List<PlannedRun>> of(List<PlannedRun> runs, long bytes, Devices.Choice choice) {
    int devices = choice.devices().size();
    Map<Shape, List<PlannedRun>> shapes = new LinkedHashMap<>();
    double seconds = 0;
    for (PlannedRun run : runs) {
      shapes.computeIfAbsent(shape(run.inputs()), _ -> new ArrayList<>()).add(run);
      seconds += seconds(run.inputs(), choice);
    }
    List<List<PlannedRun>> batches = new ArrayList<>();
    for (List<PlannedRun> same : shapes.values()) {
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

  private static Shape shape(RunInputs inputs) {
    Optional<TrainingSpec> training = inputs.spec().training();
    ModelShape model =
        switch (inputs.spec().model()) {
          case ModelSpec.Counts _ -> new ModelShape(Kind.COUNTS, 0, 0);
          case ModelSpec.Softmax _ -> new ModelShape(Kind.SOFTMAX, 0, 0);
          case ModelSpec.Mlp mlp -> new ModelShape(Kind.MLP, mlp.embedding(), mlp.hidden());
        };
    return new Shape(
        inputs.spec().data(),
        model,
        training.map(TrainingSpec::steps).orElse(0),
        training.map(TrainingSpec::path),
        training.map(TrainingSpec::batch).orElse(0),
        training.map(TrainingSpec::accumulatesGradients).orElse(false),
        inputs.spec().samples().along());
  }
}
