package twister.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import twister.data.Contexts;
import twister.data.NgramCounts;
import twister.model.CountsModel;
import twister.model.MlpModel;
import twister.model.MlpShape;
import twister.model.ProbabilityTable;
import twister.model.SoftmaxModel;
import twister.spec.CorpusFormat;
import twister.spec.InitSpec;
import twister.spec.ModelSpec;
import twister.spec.SamplesSpec;
import twister.text.CommandName;
import twister.text.PlainNumber;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.WeightsReader;
import twister.training.MlpWords;
import twister.training.NgramWords;
import twister.training.ScoredWord;
import twister.training.WordModel;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// A model that words are scored by and drawn from.
///
/// @param title what it is, in words
/// @param data the file of its words, as it was named
/// @param format what that file holds, and what is made of it and of what is to be scored
/// @param zero what an n-gram without probability has
/// @param contexts what it predicts the next symbol from
/// @param words that it writes, symbol by symbol
/// @param scoring of a word of the vocabulary
/// @param table its probabilities, if they are a table
/// @param samples what the experiment of a run says of them
public record ScoredModel(
    String title,
    String data,
    CorpusFormat format,
    String zero,
    Contexts contexts,
    WordModel words,
    ScoredWord.Scoring scoring,
    Optional<Table> table,
    Optional<SamplesSpec> samples) {

  /// What the scores of an n-gram model are explained by.
  ///
  /// @param probabilities (C, V)
  /// @param isOfWeights whether they are the softmax of weights
  public record Table(ProbabilityTable probabilities, boolean isOfWeights) {}

  /// The weights that a run is to be scored by.
  ///
  /// @param isUntrained whether they are the initial ones
  private record KeptWeights(RunFolder run, RunRecord record, boolean isUntrained) {

    /// How far they were trained, in words.
    String when() {
      int steps = record.outcome().map(RunRecord.Outcome::steps).orElse(0);
      return isUntrained ? "untrained" : "after %d steps".formatted(steps);
    }

    /// Where the trained ones are.
    Path file() throws InvalidInputException {
      if (Files.exists(run.weights())) {
        return run.weights();
      }
      throw refusal(
          run,
          record.status() == RunStatus.FINISHED
              ? "its weights.csv is not there; %s %s --again --results %s makes it"
                  .formatted(
                      CommandName.with("run"), run.spec(), run.path().resolve("../..").normalize())
              : "has no trained weights, for it is %s; --untrained takes the initial ones"
                  .formatted(record.status().word()));
    }
  }

  /// The counts of a file's n-grams.
  ///
  /// @param format what the file holds
  public static ScoredModel ofCounts(WordFile words, CorpusFormat format, double smoothing) {
    String file = words.corpus().file();
    String hint = smoothing == 0 ? " (--smoothing 1 adds 1 to every count)" : "";
    return counts(
        "counts of " + file,
        file,
        format,
        words.ngrams().contexts(),
        NgramCounts.of(words.ngrams().examples()),
        smoothing,
        hint,
        Optional.empty());
  }

  /// The model of a run.
  ///
  /// @param data where its words are, if elsewhere than its experiment says
  /// @param untrained whether it is to have its initial weights
  /// @throws InvalidInputException if the run has no such model, or its words are others now
  /// @throws IOException naming file and line if a file of the run cannot be read or believed
  public static ScoredModel ofRun(RunFolder run, Optional<String> data, boolean untrained)
      throws InvalidInputException, IOException {
    run.refuseWithoutModel();
    RunRecord record = run.record().orElseThrow();
    RunInputs inputs = RunInputs.read(run.spec(), overrides(run, data));
    checkHash(record.provenance().data().sha256(), inputs, data);
    KeptWeights weights = new KeptWeights(run, record, untrained);
    String title = "run " + run.path().getFileName() + " of " + inputs.spec().name();
    return switch (inputs.spec().model()) {
      case ModelSpec.Counts(double smoothing) -> {
        if (untrained) {
          throw refusal(
              run, "counts are not trained; allowed with --untrained: a softmax or mlp run");
        }
        String file = inputs.corpus().file();
        NgramCounts counts = NgramCounts.of(inputs.ngrams().examples());
        Contexts contexts = inputs.ngrams().contexts();
        CorpusFormat format = inputs.spec().data().format();
        yield counts(
            title + ": counts of " + file,
            file,
            format,
            contexts,
            counts,
            smoothing,
            "",
            Optional.of(inputs.spec().samples()));
      }
      case ModelSpec.Mlp mlp -> mlp(title, weights, mlp, inputs);
      case ModelSpec.Softmax(InitSpec init) -> softmax(title, weights, init, inputs);
    };
  }

  private static ScoredModel softmax(
      String title, KeptWeights kept, InitSpec init, RunInputs inputs)
      throws InvalidInputException, IOException {
    String file = inputs.corpus().file();
    Contexts contexts = inputs.ngrams().contexts();
    int symbols = contexts.vocabulary().size();
    double[] weights =
        kept.isUntrained()
            ? doubles(SoftmaxModel.initialWeights(init, contexts.size(), symbols))
            : WeightsReader.weights(kept.file(), contexts);
    ProbabilityTable table = new SoftmaxModel(weights, contexts.size(), symbols);
    return new ScoredModel(
        "%s: softmax of %s, order %d, %s"
            .formatted(title, file, contexts.length() + 1, kept.when()),
        file,
        inputs.spec().data().format(),
        "probability 0",
        contexts,
        new NgramWords(contexts, table),
        ScoredWord.by(table, contexts),
        Optional.of(new Table(table, true)),
        Optional.of(inputs.spec().samples()));
  }

  private static ScoredModel mlp(
      String title, KeptWeights kept, ModelSpec.Mlp mlp, RunInputs inputs)
      throws InvalidInputException, IOException {
    String file = inputs.corpus().file();
    Contexts contexts = inputs.ngrams().contexts();
    MlpShape shape =
        new MlpShape(mlp.blockSize(), mlp.embedding(), mlp.hidden(), contexts.vocabulary().size());
    double[] parameters =
        kept.isUntrained()
            ? doubles(MlpModel.initialParameters(mlp.init(), shape))
            : WeightsReader.parameters(kept.file(), shape);
    MlpWords words = new MlpWords(parameters, shape);
    return new ScoredModel(
        "%s: mlp of %s, blocks of %d, %s".formatted(title, file, mlp.blockSize(), kept.when()),
        file,
        inputs.spec().data().format(),
        "probability 0",
        contexts,
        words,
        ScoredWord.by(words, contexts),
        Optional.empty(),
        Optional.of(inputs.spec().samples()));
  }

  private static ScoredModel counts(
      String title,
      String file,
      CorpusFormat format,
      Contexts contexts,
      NgramCounts counts,
      double smoothing,
      String hint,
      Optional<SamplesSpec> samples) {
    ProbabilityTable table = new CountsModel(counts, smoothing);
    return new ScoredModel(
        "%s, order %d, smoothing %s"
            .formatted(title, contexts.length() + 1, PlainNumber.of(smoothing)),
        file,
        format,
        "count 0 in " + file + hint,
        contexts,
        new NgramWords(contexts, table),
        ScoredWord.by(table, contexts),
        Optional.of(new Table(table, false)),
        samples);
  }

  /// The hash of the words is compared by [#checkHash], that of words from elsewhere also before.
  ///
  /// @param data what `--data` names
  private static List<String> overrides(RunFolder run, Optional<String> data) {
    boolean isRemote = run.experiment().filter(spec -> spec.data().isRemote()).isPresent();
    if (isRemote && data.isEmpty()) {
      return List.of();
    }
    List<String> overrides = new ArrayList<>(List.of("data.sha256=null", "data.url=null"));
    data.ifPresent(file -> overrides.add("data.file='" + file.replace("'", "''") + "'"));
    return overrides;
  }

  /// @param trainedOn the hash of the run's words
  /// @param data what `--data` names
  private static void checkHash(String trainedOn, RunInputs inputs, Optional<String> data)
      throws InvalidInputException {
    if (!trainedOn.equals(inputs.corpus().sha256())) {
      String advice =
          data.isPresent()
              ? "allowed: that file, wherever it is now"
              : "--data FILE says where that file is now";
      throw new InvalidInputException(
          Mistake.in(
              data.isPresent() ? "--data " + data.get() : inputs.corpus().file(),
              "is not the file that the run was trained on, whose sha256 is %s; %s"
                  .formatted(trainedOn, advice)));
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static InvalidInputException refusal(RunFolder run, String message) {
    return new InvalidInputException(Mistake.in("--run " + run.path(), message));
  }
}
