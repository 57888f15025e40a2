package twister.experiment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import twister.data.SplitExamples;
import twister.tracking.EvaluationWriter;
import twister.tracking.GrownTable;
import twister.training.WordModel;

/// The losses of a run on the parts of its words, kept as they are computed. A run whose words are
/// not divided has none.
final class SplitLosses implements Closeable {
  private static final int EVALUATIONS = 20;

  private final Map<String, SplitExamples> parts;
  private final EvaluationWriter writer;
  private final boolean isNeeded;

  /// @param parts by their names
  /// @param file a run's `evaluation.csv`, which is created where there are parts
  /// @param there what is there of it, where it grows on
  SplitLosses(Map<String, SplitExamples> parts, Path file, Optional<GrownTable> there)
      throws IOException {
    this.parts = parts;
    isNeeded = parts.size() > 1;
    writer = new EvaluationWriter(file, isNeeded, there);
  }

  /// How many steps lie between evaluations; 0 where there are none.
  int interval(int steps) {
    return isNeeded ? Math.max(1, steps / EVALUATIONS) : 0;
  }

  /// Computes and keeps the loss on the dev words while the training goes.
  ///
  /// @return NaN where there are no dev words
  double evaluateDev(int step, WordModel model) throws IOException {
    SplitExamples dev = parts.get("dev");
    if (!isNeeded || dev == null) {
      return Double.NaN;
    }
    double loss = model.nll(dev);
    writer.append(step, "dev", loss);
    return loss;
  }

  /// Computes and keeps the losses on all parts, after the training.
  ///
  /// @param train on the words that were learnt from, which is known already
  /// @return by part; empty where the words are not divided
  Map<String, Double> evaluateLast(int step, double train, WordModel model) throws IOException {
    Map<String, Double> losses = new LinkedHashMap<>();
    for (Map.Entry<String, SplitExamples> part : parts.entrySet()) {
      if (isNeeded) {
        double loss = part.getKey().equals("train") ? train : model.nll(part.getValue());
        writer.append(step, part.getKey(), loss);
        losses.put(part.getKey(), loss);
      }
    }
    return losses;
  }

  /// Writes what is not written yet; nothing where nothing is kept.
  Optional<GrownTable> flush() throws IOException {
    return writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
