package twister.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import twister.backend.BatchSource;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.data.SplitExamples;
import twister.data.Vocabulary;
import twister.model.MlpModel;
import twister.model.MlpShape;
import twister.model.SoftmaxModel;
import twister.spec.InitSpec;
import twister.spec.ModelSpec;
import twister.spec.TrainingSpec;

/// A model with weights and its words: what a backend trains, and what the weights then mean.
public sealed interface Trainable {

  /// What the runs of a batch share.
  Problem problem();

  /// The weights before training, drawn anew.
  ///
  /// @return flat, in the shape that the problem says
  float[] initialWeights();

  /// What they are drawn from.
  InitSpec init();

  /// What is particular to this run.
  ///
  /// @param initialWeights those of [#initialWeights]
  RunConfig config(float[] initialWeights);

  /// What is particular to each of the runs of a batch. Those with the same initial weights, as in
  /// most sweeps nearly all have them, share one array.
  ///
  /// @param batch whose models have one shape
  static List<RunConfig> configs(List<? extends Trainable> batch) {
    Map<InitSpec, float[]> drawn = new HashMap<>();
    return batch.stream()
        .map(run -> run.config(drawn.computeIfAbsent(run.init(), _ -> run.initialWeights())))
        .toList();
  }

  /// The model that weights make.
  ///
  /// @param weights flat, in the shape that the problem says
  WordModel model(double[] weights);

  /// The training settings.
  TrainingSpec training();

  /// The mean negative log likelihood of the words to learn from, in nats per character.
  ///
  /// @param weights flat, in the shape that the problem says
  double nll(double[] weights);

  /// The L2 term of the loss.
  default double l2Term(double[] weights) {
    double squares = Arrays.stream(weights).map(weight -> weight * weight).sum();
    return training().l2() * squares / weights.length;
  }

  /// An n-gram model with a row of logits for each context.
  record Softmax(ModelSpec.Softmax model, TrainingSpec training, Ngrams ngrams)
      implements Trainable {
    @Override
    public Problem problem() {
      return switch (training.path()) {
        case COUNTS ->
            new Problem.OverCounts(
                NgramCounts.of(ngrams.examples()), training.accumulatesGradients());
        case EXAMPLES ->
            new Problem.OverExamples(ngrams.examples(), training.accumulatesGradients());
      };
    }

    @Override
    public float[] initialWeights() {
      return SoftmaxModel.initialWeights(
          model.init(), ngrams.contexts().size(), ngrams.contexts().vocabulary().size());
    }

    @Override
    public InitSpec init() {
      return model.init();
    }

    @Override
    public RunConfig config(float[] initialWeights) {
      return new RunConfig(initialWeights, training.learningRate(), training.l2());
    }

    @Override
    public double nll(double[] weights) {
      return Score.of(NgramCounts.of(ngrams.examples()), model(weights).table()).nll();
    }

    @Override
    public NgramWords model(double[] weights) {
      return new NgramWords(
          ngrams.contexts(),
          new SoftmaxModel(
              weights, ngrams.contexts().size(), ngrams.contexts().vocabulary().size()));
    }
  }

  /// A multi-layer perceptron over blocks of symbols.
  ///
  /// @param words to learn from
  record Mlp(ModelSpec.Mlp model, TrainingSpec training, SplitExamples words, Vocabulary vocabulary)
      implements Trainable {

    /// The sizes of the model.
    public MlpShape shape() {
      return new MlpShape(model.blockSize(), model.embedding(), model.hidden(), vocabulary.size());
    }

    @Override
    public Problem problem() {
      return new Problem.OverBlocks(words.blocks(), shape(), training.batch());
    }

    @Override
    public float[] initialWeights() {
      return MlpModel.initialParameters(model.init(), shape());
    }

    @Override
    public InitSpec init() {
      return model.init();
    }

    @Override
    public RunConfig config(float[] initialWeights) {
      return new RunConfig(
          initialWeights,
          training.learningRate(),
          training.l2(),
          training.batch() == 0
              ? Optional.empty()
              : Optional.of(new BatchSource.AfterParameters(model.init(), shape())));
    }

    @Override
    public double nll(double[] weights) {
      return model(weights).nll(words);
    }

    @Override
    public MlpWords model(double[] weights) {
      return new MlpWords(weights, shape());
    }
  }
}
