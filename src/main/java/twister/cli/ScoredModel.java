package twister.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import twister.data.Contexts;
import twister.data.NgramCounts;
import twister.model.CountsModel;
import twister.model.ProbabilityTable;
import twister.model.SoftmaxModel;
import twister.report.RunSummary;
import twister.spec.InitSpec;
import twister.spec.InvalidInputException;
import twister.spec.Mistake;
import twister.spec.ModelSpec;
import twister.tracking.RunFolder;
import twister.tracking.WeightsReader;

/// A model that words are scored by.
///
/// @param title what it is, in words
/// @param data the file of its words, as it was named
/// @param zero what an n-gram without probability has
/// @param table (C, V)
/// @param isOfWeights whether the probabilities are the softmax of weights
record ScoredModel(
    String title,
    String data,
    String zero,
    Contexts contexts,
    ProbabilityTable table,
    boolean isOfWeights) {

  /// The counts of a file's n-grams.
  static ScoredModel ofCounts(WordFile words, double smoothing) {
    String file = words.corpus().file();
    String hint = smoothing == 0 ? " (--smoothing 1 adds 1 to every count)" : "";
    return counts(
        "counts of " + file,
        file,
        words.ngrams().contexts(),
        NgramCounts.of(words.ngrams().examples()),
        smoothing,
        hint);
  }

  /// The model of a run.
  ///
  /// @param data where its words are, if elsewhere than its experiment says
  /// @param untrained whether it is to have its initial weights
  static ScoredModel ofRun(RunFolder run, Optional<String> data, boolean untrained)
      throws InvalidInputException, IOException {
    if (run.fields().isEmpty()) {
      throw refusal(run, "its run.yaml cannot be read");
    }
    List<String> overrides =
        data.map(file -> List.of("data.file='" + file.replace("'", "''") + "'")).orElse(List.of());
    Inputs inputs = Inputs.read(run.spec(), overrides);
    checkHash(run, inputs);
    String title = "run " + run.path().getFileName() + " of " + inputs.spec().name();
    return switch (inputs.spec().model()) {
      case ModelSpec.Counts(double smoothing) -> {
        if (untrained) {
          throw refusal(run, "counts are not trained; allowed with --untrained: a softmax run");
        }
        String file = inputs.corpus().file();
        NgramCounts counts = NgramCounts.of(inputs.ngrams().examples());
        Contexts contexts = inputs.ngrams().contexts();
        yield counts(title + ": counts of " + file, file, contexts, counts, smoothing, "");
      }
      case ModelSpec.Mlp _ ->
          throw refusal(run, "mlp runs cannot be scored yet; allowed: counts and softmax runs");
      case ModelSpec.Softmax(InitSpec init) -> {
        Contexts contexts = inputs.ngrams().contexts();
        yield untrained
            ? softmax(title, inputs, initial(init, contexts), "untrained")
            : softmax(
                title,
                inputs,
                trained(run, contexts),
                "after %s steps".formatted(run.field("steps")));
      }
    };
  }

  private static ScoredModel softmax(String title, Inputs inputs, double[] weights, String when) {
    String file = inputs.corpus().file();
    Contexts contexts = inputs.ngrams().contexts();
    return new ScoredModel(
        "%s: softmax of %s, order %d, %s".formatted(title, file, contexts.length() + 1, when),
        file,
        "probability 0",
        contexts,
        SoftmaxModel.probabilities(weights, contexts.size(), contexts.vocabulary().size()),
        true);
  }

  private static ScoredModel counts(
      String title,
      String file,
      Contexts contexts,
      NgramCounts counts,
      double smoothing,
      String hint) {
    return new ScoredModel(
        "%s, order %d, smoothing %s"
            .formatted(title, contexts.length() + 1, RunSummary.number(smoothing)),
        file,
        "count 0 in " + file + hint,
        contexts,
        CountsModel.probabilities(counts, smoothing),
        false);
  }

  private static void checkHash(RunFolder run, Inputs inputs) throws InvalidInputException {
    String trainedOn = run.field("data.sha256");
    if (!trainedOn.equals(inputs.corpus().sha256())) {
      throw new InvalidInputException(
          Mistake.in(
              inputs.corpus().file(),
              "is not the file of the run, whose sha256 is %s; --data FILE names it"
                  .formatted(trainedOn)));
    }
  }

  private static double[] initial(InitSpec init, Contexts contexts) {
    float[] drawn =
        SoftmaxModel.initialWeights(init, contexts.size(), contexts.vocabulary().size());
    double[] weights = new double[drawn.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = drawn[i];
    }
    return weights;
  }

  private static double[] trained(RunFolder run, Contexts contexts)
      throws InvalidInputException, IOException {
    if (!Files.exists(run.weights())) {
      throw refusal(
          run,
          "has no trained weights, for it is %s; --untrained takes the initial ones"
              .formatted(run.field("status")));
    }
    return WeightsReader.weights(run.weights(), contexts);
  }

  private static InvalidInputException refusal(RunFolder run, String message) {
    return new InvalidInputException(Mistake.in("--run " + run.path(), message));
  }
}
