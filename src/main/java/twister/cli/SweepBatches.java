package twister.cli;

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

/// Divides runs into batches: those that a session trains together, as they differ in nothing but learning
/// rate, L2 and seed, and no more of them than are done soon and have room in memory.
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
  /// @param bytes of memory that a batch may take
  static List<List<Cell>> of(List<Cell> runs, long bytes) {
    Map<Shape, List<Cell>> shapes = new LinkedHashMap<>();
    for (Cell run : runs) {
      shapes.computeIfAbsent(shape(run.inputs()), _ -> new ArrayList<>()).add(run);
    }
    List<List<Cell>> batches = new ArrayList<>();
    for (List<Cell> same : shapes.values()) {
      int most = most(same.getFirst().inputs(), bytes);
      for (int from = 0; from < same.size(); from += most) {
        batches.add(List.copyOf(same.subList(from, Math.min(from + most, same.size()))));
      }
    }
    return batches;
  }

  private static int most(Inputs inputs, long bytes) {
    int least = Runtime.getRuntime().availableProcessors();
    int soon = (int) Math.clamp(SECONDS / inputs.work().seconds(), least, (double) MOST_RUNS);
    return Math.clamp(bytes / inputs.bytes(), 1, soon);
  }

  private static Shape shape(Inputs inputs) {
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
