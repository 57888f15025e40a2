package twister.experiment;

import java.io.IOException;
import java.util.Optional;
import twister.model.CountsModel;
import twister.spec.ExperimentSpec;
import twister.spec.ModelSpec;
import twister.spec.SpecWriter;
import twister.tracking.RunChange;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunSettings;
import twister.tracking.WeightsReader;
import twister.training.NgramWords;
import twister.training.Trainable;
import twister.training.WordModel;

/// Names of a run that is complete, drawn anew where its experiment now wants other ones: they are
/// those that the run would have had.
///
/// @param inputs of the experiment as it is now
/// @param folder of the run
record NewSamples(RunInputs inputs, RunFolder folder) {

  /// Whether the run has other names than its experiment wants.
  boolean areWanted() {
    return folder
        .experiment()
        .filter(there -> !there.samples().equals(inputs.spec().samples()))
        .isPresent();
  }

  /// Whether sets of them are to be drawn along the training, so that it has to be done again.
  boolean needTraining() {
    return inputs.spec().samples().along().isPresent() && areWanted();
  }

  /// Draws them, if they are wanted and the model is kept.
  ///
  /// @param settings what the run's record is to say
  /// @return whether they were drawn
  /// @throws IOException if a file of the run cannot be read or written
  boolean draw(RunSettings settings) throws IOException {
    Optional<ExperimentSpec> there = folder.experiment();
    Optional<RunRecord> record = folder.record();
    Optional<Integer> steps = record.flatMap(RunRecord::outcome).map(RunRecord.Outcome::steps);
    if (steps.isEmpty() || !folder.hasModel() || there.isEmpty() || !areWanted()) {
      return false;
    }
    WordModel model = model();
    // Its charts are still those of before.
    ExperimentSpec spec = inputs.spec().withCharts(there.get().charts());
    RunChange change = RunChange.of(folder, SpecWriter.yaml(spec, inputs.corpus().sha256()));
    try (SampleSets sets =
        new SampleSets(
            inputs.spec().samples(),
            inputs.ngrams().contexts(),
            change.files().samples(),
            Optional.empty())) {
      sets.draw(Math.max(0, steps.get() - 1), model);
    }
    change.keep(record.get().with(settings));
    return true;
  }

  private WordModel model() throws IOException {
    if (inputs.spec().model() instanceof ModelSpec.Counts(double smoothing)) {
      return new NgramWords(
          inputs.ngrams().contexts(), new CountsModel(inputs.counts(), smoothing));
    }
    Trainable trainable = inputs.trainable();
    return trainable.model(
        switch (trainable) {
          case Trainable.Softmax _ ->
              WeightsReader.weights(folder.weights(), inputs.ngrams().contexts());
          case Trainable.Mlp mlp -> WeightsReader.parameters(folder.weights(), mlp.shape());
        });
  }
}
