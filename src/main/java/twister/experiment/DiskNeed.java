package twister.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import twister.data.NgramCounts;
import twister.model.MlpShape;
import twister.spec.ChartKind;
import twister.spec.LearningRate;
import twister.spec.ModelSpec;
import twister.spec.SpecWriter;
import twister.spec.StopSpec;
import twister.spec.TrainingSpec;
import twister.tracking.MetricsWriter;

/// How many bytes the files of runs have, by what will stand in them.
///
/// The lengths of numbers are means, and the sizes of charts those of experiments of this project,
/// measured in November 2026: names.txt and words of 10 and 63 symbols, sweeps of 4 to 200 runs.
final class DiskNeed {
  /// A loss, a weight and a probability in all their digits.
  private static final double LOSS = 17.4;

  private static final double WEIGHT = 18.7;
  private static final double PROBABILITY = 20.2;

  /// run.yaml without its settings, and a row of runs.csv.
  private static final int RECORD = 840;

  private static final int ROW = 300;
  private static final int SPLIT_LOSSES = 150;
  private static final int EVALUATIONS = 20;

  private static final int CURVE_POINTS = 1000;

  /// From here on the cells of a heatmap have no text.
  private static final int MOST_LABELLED = 45;

  private DiskNeed() {}

  /// The files of a run but for its charts, and its row in runs.csv.
  ///
  /// @param isInFull whether every loss and the model are kept
  /// @param settings those of its settings, from [#ofSettings]
  static long ofRun(RunInputs inputs, boolean isInFull, double settings) {
    double bytes =
        RECORD
            + ROW
            + settings
            + metrics(inputs.spec().training(), isInFull)
            + evaluation(inputs, isInFull)
            + samples(inputs);
    return Math.round(isInFull ? bytes + model(inputs) : bytes);
  }

  /// What the settings of a run take in run.yaml, runs.csv and spec.yaml. It is much the same for
  /// all runs of a kind of model, and writing them takes longer than all the rest.
  static double ofSettings(RunInputs inputs) {
    return 1.2 * SpecWriter.settings(inputs.spec()).yaml().length()
        + SpecWriter.yaml(inputs.spec(), inputs.corpus().sha256()).length();
  }

  private static double metrics(Optional<TrainingSpec> training, boolean isInFull) {
    if (training.isEmpty()) {
      return 75;
    }
    int steps = training.get().steps();
    int interval = isInFull ? 1 : MetricsWriter.interval(steps, ResultsFolder.MOST_ROWS);
    double rows = Math.ceilDiv(steps, interval);
    return rows
        * (digits(steps) / (double) steps
            + 4
            + 2 * LOSS
            + rate(training.get().learningRate(), steps));
  }

  /// The mean length of a learning rate in digits.
  private static double rate(LearningRate rate, int steps) {
    int looks = Math.min(steps, 50);
    return IntStream.range(0, looks)
        .map(look -> Double.toString(rate.rate((int) ((long) look * steps / looks))).length())
        .average()
        .orElse(0);
  }

  /// How many digits the whole numbers below one have together.
  private static double digits(long below) {
    double sum = 0;
    long from = 0;
    long to = 10;
    for (int length = 1; from < below; length++) {
      sum += (double) length * (Math.min(below, to) - from);
      from = to;
      to *= 10;
    }
    return sum;
  }

  private static double evaluation(RunInputs inputs, boolean isInFull) {
    int parts = inputs.splits().parts().size();
    if (parts == 1) {
      return 0;
    }
    int steps = inputs.spec().training().map(TrainingSpec::steps).orElse(1);
    Optional<StopSpec> byDev =
        inputs
            .spec()
            .training()
            .flatMap(TrainingSpec::stop)
            .filter(stop -> stop.loss() == StopSpec.Loss.DEV);
    int looks =
        byDev.map(stop -> Math.ceilDiv(steps, stop.every())).orElse(isInFull ? EVALUATIONS : 0);
    return SPLIT_LOSSES + (looks + parts) * (Integer.toString(steps).length() + 6 + LOSS);
  }

  private static double samples(RunInputs inputs) {
    int steps = inputs.spec().training().map(TrainingSpec::steps).orElse(1);
    int sets =
        1
            + inputs
                .spec()
                .samples()
                .along()
                .map(along -> Math.ceilDiv(steps, along.every()))
                .orElse(0);
    int count = inputs.spec().samples().count();
    double word =
        inputs.corpus().isText()
            ? inputs.spec().samples().lengthLimit()
            : (double) inputs.counts().total() / inputs.splits().train().size();
    return (double) sets * count * (Integer.toString(steps).length() + word + 4)
        + sets * digits(count + 1L);
  }

  private static double model(RunInputs inputs) {
    int order = inputs.spec().data().order();
    return switch (inputs.spec().model()) {
      case ModelSpec.Counts(double smoothing) -> ngrams(inputs, order, smoothing > 0);
      case ModelSpec.Softmax _ ->
          ngrams(inputs, order, true) + inputs.weights() * (order + 3 + WEIGHT);
      case ModelSpec.Mlp mlp ->
          ngrams(inputs, mlp.blockSize() + 1, false)
              + parameters(
                  new MlpShape(
                      mlp.blockSize(), mlp.embedding(), mlp.hidden(), inputs.counts().symbols()));
    };
  }

  /// The table of n-grams: of bigrams all, of other orders those that occur.
  ///
  /// @param isPositive whether those that do not occur have a probability, too
  private static double ngrams(RunInputs inputs, int order, boolean isPositive) {
    NgramCounts counts = inputs.counts();
    boolean hasTable = !(inputs.spec().model() instanceof ModelSpec.Mlp);
    boolean isOfAll = hasTable && inputs.spec().data().isOfBigrams();
    double bytes = 0;
    for (int context = 0; context < counts.contexts(); context++) {
      for (int symbol = 0; symbol < counts.symbols(); symbol++) {
        int count = counts.count(context, symbol);
        if (count > 0 || isOfAll) {
          bytes += order + 3 + Integer.toString(count).length();
          bytes += !hasTable ? 0 : count > 0 || isPositive ? 1 + PROBABILITY : 4;
        }
      }
    }
    return bytes;
  }

  private static double parameters(MlpShape shape) {
    int inputs = shape.blockSize() * shape.embedding();
    return tensor("C", shape.symbols(), shape.embedding())
        + tensor("W1", inputs, shape.hidden())
        + tensor("b1", 1, shape.hidden())
        + tensor("W2", shape.hidden(), shape.symbols())
        + tensor("b2", 1, shape.symbols());
  }

  private static double tensor(String name, int rows, int columns) {
    return (double) rows * columns * (name.length() + 4 + WEIGHT)
        + digits(rows) * columns
        + digits(columns) * rows;
  }

  /// The charts of a run.
  static long ofCharts(RunInputs inputs) {
    return inputs.spec().charts().kinds().stream().mapToLong(kind -> ofChart(inputs, kind)).sum();
  }

  private static long ofChart(RunInputs inputs, ChartKind kind) {
    long symbols = inputs.counts().symbols();
    ChartNeed need = new ChartNeed(inputs.spec().charts().style());
    boolean isLabelled = need.hasText(symbols, MOST_LABELLED);
    return switch (kind) {
      case LOSS, LEARNING_RATE_RANGE -> {
        Optional<TrainingSpec> training = inputs.spec().training();
        int lines =
            training.filter(of -> of.l2() > 0 || of.batch() > 0).isPresent()
                    || inputs.splits().parts().size() > 1
                ? 2
                : 1;
        int points = Math.min(training.map(TrainingSpec::steps).orElse(1), CURVE_POINTS);
        yield Math.round(need.ofPlot(70_000) + 23.0 * points * lines);
      }
      case BIGRAMS ->
          Math.round(
              isLabelled
                  ? need.ofText(43_000 + 1190.0 * symbols * symbols, symbols)
                  : need.ofColours(190_000, symbols));
      case BIGRAM_PROBABILITIES ->
          Math.round(
              isLabelled
                  ? need.ofText(56_000 + 1340.0 * symbols * symbols, symbols)
                  : need.ofColours(205_000, symbols));
    };
  }

  /// The charts of a sweep.
  ///
  /// @param runs how many it has
  /// @param keys how many keys vary
  static long ofSweepCharts(List<RunInputs> some, int runs, int keys) {
    boolean hasCurves = some.stream().anyMatch(run -> run.spec().training().isPresent());
    ChartNeed need = new ChartNeed(some.getFirst().spec().charts().style());
    double losses =
        hasCurves ? need.ofSweep(30_000 + 480_000.0 * runs / (runs + 10)) : need.ofPlot(95_000);
    double byKey = need.ofPlot(100_000.0 * Math.max(1, keys));
    return Math.round(losses + byKey + (keys > 1 ? need.ofKeys(170_000) : 0));
  }
}
