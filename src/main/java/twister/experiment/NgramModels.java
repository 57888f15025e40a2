package twister.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import twister.expect.Findings;
import twister.model.CountsModel;
import twister.model.ProbabilityTable;
import twister.model.SoftmaxModel;
import twister.spec.InitSpec;
import twister.spec.ModelSpec;
import twister.tracking.RunFolder;
import twister.tracking.WeightsReader;

/// The n-gram model of a run before and after its training.
///
/// @param folder with the weights
public record NgramModels(RunInputs inputs, RunFolder folder) implements Findings.Models {

  @Override
  public ProbabilityTable untrained() {
    return switch (inputs.spec().model()) {
      case ModelSpec.Softmax(InitSpec init) -> {
        float[] initial =
            SoftmaxModel.initialWeights(
                init, inputs.counts().contexts(), inputs.counts().symbols());
        double[] weights = new double[initial.length];
        Arrays.setAll(weights, i -> initial[i]);
        yield softmax(weights);
      }
      case ModelSpec.Counts _, ModelSpec.Mlp _ ->
          throw new IllegalStateException("only softmax has a table before its training");
    };
  }

  @Override
  public Optional<ProbabilityTable> trained() throws IOException {
    return switch (inputs.spec().model()) {
      case ModelSpec.Counts(double smoothing) ->
          Optional.of(new CountsModel(inputs.counts(), smoothing));
      case ModelSpec.Softmax _ ->
          Files.exists(folder.weights())
              ? Optional.of(
                  softmax(WeightsReader.weights(folder.weights(), inputs.ngrams().contexts())))
              : Optional.empty();
      case ModelSpec.Mlp _ -> Optional.empty();
    };
  }

  private SoftmaxModel softmax(double[] weights) {
    return new SoftmaxModel(weights, inputs.counts().contexts(), inputs.counts().symbols());
  }
}
