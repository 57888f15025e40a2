package twister.experiment;

import java.io.IOException;
import twister.model.ProbabilityTable;
import twister.tracking.RunFolder;
import twister.tracking.RunTables;
import twister.training.Trainable;

/// The files that hold what a run has learnt, in its folder.
final class ModelFiles {
  private ModelFiles() {}

  /// Writes a model that was trained.
  ///
  /// @param weights as the model's shape lays them
  /// @throws IOException if a file cannot be written
  static void write(ModelTraining.Run run, Trainable trainable, double[] weights)
      throws IOException {
    RunFolder folder = run.folder();
    switch (trainable) {
      case Trainable.Softmax softmax -> {
        RunTables.writeWeights(folder.weights(), run.inputs().ngrams().contexts(), weights);
        write(run, softmax.model(weights).table());
      }
      case Trainable.Mlp mlp -> {
        RunTables.writeParameters(folder.weights(), mlp.shape(), weights);
        RunTables.writeNgrams(
            folder.ngrams(), run.inputs().ngrams().contexts(), run.inputs().counts());
      }
    }
  }

  /// Writes an n-gram model.
  ///
  /// @throws IOException if the file cannot be written
  static void write(ModelTraining.Run run, ProbabilityTable model) throws IOException {
    RunInputs inputs = run.inputs();
    if (inputs.spec().data().isOfBigrams()) {
      RunTables.writeBigrams(
          run.folder().bigrams(), inputs.ngrams().contexts(), inputs.counts(), model);
    } else {
      RunTables.writeNgrams(
          run.folder().ngrams(), inputs.ngrams().contexts(), inputs.counts(), model);
    }
  }
}
