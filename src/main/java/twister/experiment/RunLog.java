package twister.experiment;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import twister.backend.StepLosses;
import twister.spec.ExperimentSpec;
import twister.spec.SamplesSpec;
import twister.spec.StopSpec;
import twister.spec.TrainingSpec;
import twister.tracking.GrownTable;
import twister.tracking.MetricsWriter;
import twister.tracking.RunFolder;
import twister.training.WordModel;

/// What grows while a run is trained: its losses, its names, and its losses on the parts of the
/// words.
final class RunLog implements Closeable {
  private final RunFolder folder;
  private final Optional<MetricsWriter> metrics;
  private final SampleSets samples;
  private final SplitLosses evaluation;

  /// After which steps, or 0 for none.
  private final int samplesEvery;

  private final int evaluatesEvery;
  private final int looksEvery;
  private final boolean stopsByDev;
  private final int lastStep;
  private double devLoss = Double.NaN;

  /// @param run whose files are created, or grow on from its checkpoint
  RunLog(ModelTraining.Run run) throws IOException {
    ExperimentSpec spec = run.inputs().spec();
    Optional<TrainingSpec> training = spec.training();
    int steps = training.map(TrainingSpec::steps).orElse(1);
    metrics =
        training.isPresent()
            ? Optional.of(
                new MetricsWriter(
                    run.folder().metrics(),
                    training.get().learningRate(),
                    run.isInFull() ? 1 : MetricsWriter.interval(steps, ResultsFolder.MOST_ROWS),
                    there(run, run.folder().metrics())))
            : Optional.empty();
    samples =
        new SampleSets(
            spec.samples(),
            run.inputs().ngrams().contexts(),
            run.folder().samples(),
            there(run, run.folder().samples()));
    run.from().ifPresent(checkpoint -> samples.skipTo(checkpoint.drawn()));
    evaluation =
        new SplitLosses(
            run.inputs().parts(), run.folder().evaluation(), there(run, run.folder().evaluation()));
    folder = run.folder();
    samplesEvery = spec.samples().along().map(SamplesSpec.Along::every).orElse(0);
    Optional<StopSpec> stop = training.flatMap(TrainingSpec::stop);
    lastStep = steps - 1;
    looksEvery = stop.map(StopSpec::every).orElse(0);
    stopsByDev = stop.filter(wanted -> wanted.loss() == StopSpec.Loss.DEV).isPresent();
    evaluatesEvery = stopsByDev ? looksEvery : run.isInFull() ? evaluation.interval(steps) : 0;
  }

  /// What is there of a file.
  private static Optional<GrownTable> there(ModelTraining.Run run, Path file) {
    return run.from().flatMap(checkpoint -> checkpoint.table(file.getFileName().toString()));
  }

  /// After which steps the training pauses: after every multiple of this; 0 for none.
  int interval() {
    return greatestCommonDivisor(looksEvery, greatestCommonDivisor(samplesEvery, evaluatesEvery));
  }

  /// The largest number that divides both, 0 being divided by all.
  static int greatestCommonDivisor(int a, int b) {
    return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValueExact();
  }

  /// Takes losses of the run with a number in its session.
  ///
  /// @param from the number of the first step
  /// @param count how many of the steps count
  void losses(int from, int count, StepLosses losses, int run) throws IOException {
    metrics.orElseThrow().append(from, count, losses, run);
  }

  /// Whether anything is made of the model after an update, besides what is made of it at the end.
  boolean wantsModel(int step) {
    return wantsSamples(step) || wantsDevLoss(step);
  }

  private boolean wantsSamples(int step) {
    return step < lastStep && isMultiple(step, samplesEvery);
  }

  private boolean wantsDevLoss(int step) {
    return step < lastStep ? isMultiple(step, evaluatesEvery) : stopsByDev;
  }

  private static boolean isMultiple(int step, int every) {
    return every > 0 && step % every == 0;
  }

  /// Takes the model after an update in between.
  void model(int step, WordModel model) throws IOException {
    if (wantsSamples(step)) {
      samples.draw(step, model);
    }
    if (wantsDevLoss(step)) {
      devLoss = evaluation.evaluateDev(step, model);
    }
  }

  /// The loss on the dev words of the latest model that was evaluated.
  double devLoss() {
    return devLoss;
  }

  /// Takes the model that the run ends with.
  ///
  /// @param step the number of the step after whose update it was
  /// @param nll on the words that were learnt from
  /// @return the losses on the parts of the words; empty where they are not divided
  Map<String, Double> last(int step, double nll, WordModel model) throws IOException {
    samples.draw(step, model);
    return evaluation.evaluateLast(step, nll, model);
  }

  /// How far the generator of the names is.
  long drawn() {
    return samples.drawn();
  }

  /// Writes what is not written yet.
  ///
  /// @return how much of each file is there, by its name
  Map<String, GrownTable> flush() throws IOException {
    Map<String, GrownTable> tables = new HashMap<>();
    if (metrics.isPresent()) {
      put(tables, folder.metrics(), metrics.get().flush());
    }
    put(tables, folder.samples(), samples.flush());
    Optional<GrownTable> losses = evaluation.flush();
    if (losses.isPresent()) {
      put(tables, folder.evaluation(), losses.get());
    }
    return tables;
  }

  private static void put(Map<String, GrownTable> tables, Path file, GrownTable table) {
    tables.put(file.getFileName().toString(), table);
  }

  @Override
  public void close() throws IOException {
    try (evaluation;
        samples) {
      if (metrics.isPresent()) {
        metrics.get().close();
      }
    }
  }
}
