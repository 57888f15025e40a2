package twister.expect;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import twister.data.Corpus;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.expect.Expectations.Row;
import twister.model.ProbabilityTable;
import twister.random.TorchCpuRandom;
import twister.spec.ExpectSpec;
import twister.spec.Expected;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.Samples;
import twister.tracking.WeightsReader;
import twister.yaml.InvalidInputException;

/// What a run found, to be held against what its experiment expects.
public final class Findings {
  private static final int DRAWS_SHOWN = 12;

  private final RunFolder folder;
  private final Corpus corpus;
  private final Ngrams ngrams;
  private final Models models;
  private final ExpectedTables tables;

  /// The run's n-gram model.
  public interface Models {
    /// As it was before its training, if it is trained.
    ProbabilityTable untrained();

    /// As it is; nothing where the run has left none.
    Optional<ProbabilityTable> trained() throws IOException;
  }

  /// @param models of the run
  /// @param tables those that the experiment expects
  public Findings(
      RunFolder folder, Corpus corpus, Ngrams ngrams, Models models, ExpectedTables tables) {
    this.folder = folder;
    this.corpus = corpus;
    this.ngrams = ngrams;
    this.models = models;
    this.tables = tables;
  }

  /// Compares what was expected with what was found.
  ///
  /// @throws IOException also where a table was damaged while the run was trained
  public Expectations against(ExpectSpec expect) throws IOException {
    try {
      return new Expectations(rows(expect));
    } catch (InvalidInputException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private List<Row> rows(ExpectSpec expect) throws IOException, InvalidInputException {
    List<Row> rows = new ArrayList<>();
    if (!expect.loss().isEmpty()) {
      rows.add(losses(expect.loss(), expect.within()));
    }
    for (Expected figure : expect.figures()) {
      switch (figure) {
        case Expected.Count count -> rows.add(count(count));
        case Expected.MeanSquare(double value, double within) ->
            rows.add(Row.number("mean of the squared weights", value, meanSquare(), within));
        case Expected.WordScore score ->
            rows.addAll(new BigramScores(models.trained(), ngrams).rows(score));
        case Expected.CountTable table -> rows.add(counts(table));
        case Expected.Names names -> rows.add(names(names));
        case Expected.Draws draws -> addDraws(draws, rows);
        case Expected.Untrained words ->
            rows.addAll(
                new UntrainedModel(models.untrained(), ngrams.contexts()).rows(words, tables));
      }
    }
    return rows;
  }

  /// The losses that a run found at some steps, those that it has.
  ///
  /// @throws IOException if they cannot be read
  public static SortedMap<Integer, Double> losses(RunFolder run, Set<Integer> steps)
      throws IOException {
    SortedMap<Integer, Double> measured = new TreeMap<>();
    if (Files.exists(run.metrics())) {
      Metrics.forEachLoss(
          run.metrics(),
          (step, loss) -> {
            if (steps.contains((int) step)) {
              measured.put((int) step, loss);
            }
          });
    }
    return measured;
  }

  private Row losses(SortedMap<Integer, Double> expected, double within) throws IOException {
    SortedMap<Integer, Double> measured = losses(folder, expected.keySet());
    List<String> misses = new ArrayList<>();
    double farthest = 0;
    for (Map.Entry<Integer, Double> loss : expected.entrySet()) {
      double found = measured.getOrDefault(loss.getKey(), Double.NaN);
      double difference = Row.difference(loss.getValue(), found);
      farthest = Double.isNaN(difference) ? Double.NaN : Math.max(farthest, difference);
      if (!(difference <= within)) {
        misses.add(
            "step %d: published %s, measured %s"
                .formatted(
                    loss.getKey(), Expectations.text(loss.getValue()), Expectations.text(found)));
      }
    }
    String steps =
        expected.size() == 1
            ? "loss at step " + expected.firstKey()
            : "loss at %,d steps, %,d to %,d"
                .formatted(expected.size(), expected.firstKey(), expected.lastKey());
    return new Row(
        steps,
        range(expected),
        range(measured),
        misses.isEmpty() ? farthest : largest(farthest),
        within,
        expected.size() == 1 ? List.of() : misses);
  }

  /// A missing figure is as far off as can be.
  static double largest(double difference) {
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  private static String range(SortedMap<Integer, Double> losses) {
    List<String> values = losses.values().stream().map(Expectations::text).toList();
    return switch (values.size()) {
      case 0 -> "none";
      case 1 -> values.getFirst();
      default -> values.getFirst() + " … " + values.getLast();
    };
  }

  private Row count(Expected.Count count) throws IOException {
    return Row.whole(
        switch (count.size()) {
          case WORDS -> "words";
          case SHORTEST -> "letters of the shortest word";
          case LONGEST -> "letters of the longest word";
          case SYMBOLS -> "symbols";
          case EXAMPLES -> "examples";
          case PARAMETERS -> "parameters";
        },
        count.value(),
        switch (count.size()) {
          case WORDS -> (long) corpus.words().size();
          case SHORTEST -> lengths().min().orElseThrow();
          case LONGEST -> lengths().max().orElseThrow();
          case SYMBOLS -> (long) ngrams.contexts().vocabulary().size();
          case EXAMPLES -> (long) ngrams.examples().count();
          case PARAMETERS -> (long) weights().length;
        });
  }

  private LongStream lengths() {
    return corpus.words().stream().mapToLong(word -> word.codePointCount(0, word.length()));
  }

  private double[] weights() throws IOException {
    return Files.exists(folder.weights()) ? WeightsReader.all(folder.weights()) : new double[0];
  }

  private double meanSquare() throws IOException {
    return Arrays.stream(weights()).map(weight -> weight * weight).average().orElse(Double.NaN);
  }

  /// A row about many numbers at once.
  static Row table(String figure, double[] differences, double within, List<String> misses) {
    long near = Arrays.stream(differences).filter(difference -> difference <= within).count();
    return new Row(
        figure,
        "%,d numbers".formatted(differences.length),
        "%,d as near".formatted(near),
        Arrays.stream(differences).max().orElse(Double.POSITIVE_INFINITY),
        within,
        misses);
  }

  private Row counts(Expected.CountTable expected) throws InvalidInputException {
    double[] published = tables.counts(expected);
    Vocabulary vocabulary = ngrams.contexts().vocabulary();
    NgramCounts counts = NgramCounts.of(ngrams.examples());
    double[] differences = new double[published.length];
    List<String> misses = new ArrayList<>();
    for (int i = 0; i < differences.length; i++) {
      int previous = i / vocabulary.size();
      int next = i % vocabulary.size();
      differences[i] = Math.abs(published[i] - counts.count(previous, next));
      if (differences[i] > 0) {
        misses.add(
            "%s%s: published %.0f, measured %d"
                .formatted(
                    vocabulary.symbol(previous),
                    vocabulary.symbol(next),
                    published[i],
                    counts.count(previous, next)));
      }
    }
    return table("how often each bigram occurs", differences, 0, misses);
  }

  private Row names(Expected.Names expected) throws IOException {
    List<Samples> all = Files.exists(folder.samples()) ? Samples.read(folder.samples()) : List.of();
    List<String> found =
        all.reversed().stream()
            .filter(set -> expected.step().isEmpty() || set.step() == expected.step().get())
            .findFirst()
            .map(Samples::names)
            .orElse(List.of());
    String figure = "names sampled" + expected.step().map(step -> " after step " + step).orElse("");
    int count = expected.names().size();
    int equal = 0;
    while (equal < count
        && equal < found.size()
        && expected.names().get(equal).equals(found.get(equal))) {
      equal++;
    }
    return equal == count
        ? new Row(figure, some(expected.names()), some(found.subList(0, count)), 0, 0, List.of())
        : new Row(
            "%s: number %,d of %,d".formatted(figure, equal + 1, count),
            expected.names().get(equal),
            equal < found.size() ? found.get(equal) : "none",
            Double.NaN,
            0,
            List.of());
  }

  /// Names in a cell: all of up to two, or their number and the first two.
  private static String some(List<String> names) {
    return names.size() <= 2
        ? String.join(", ", names)
        : "%,d: %s …".formatted(names.size(), String.join(", ", names.subList(0, 2)));
  }

  private static void addDraws(Expected.Draws draws, List<Row> rows) {
    TorchCpuRandom random = new TorchCpuRandom(draws.seed());
    int classes = draws.probabilities().size();
    float[] weights =
        switch (draws.weights()) {
          case RAND -> random.rand(classes);
          case RANDN -> random.randn(classes);
        };
    float sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    double[] differences = new double[classes];
    for (int i = 0; i < classes; i++) {
      weights[i] /= sum;
      differences[i] = Math.abs(weights[i] - draws.probabilities().get(i));
    }
    String kind = "torch." + draws.weights().name().toLowerCase(Locale.ROOT);
    rows.add(table("probabilities by " + kind, differences, 0.501e-4, List.of()));
    String drawn =
        Arrays.stream(random.multinomial(weights, draws.classes().length()))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining());
    rows.add(draws(draws.classes(), drawn));
  }

  private static Row draws(String expected, String drawn) {
    String figure = "%,d draws with replacement".formatted(expected.length());
    if (drawn.equals(expected)) {
      return Row.exact(figure, excerpt(expected), excerpt(drawn));
    }
    int equal = 0;
    while (expected.charAt(equal) == drawn.charAt(equal)) {
      equal++;
    }
    return Row.exact(
        "%s: from number %,d".formatted(figure, equal + 1),
        excerpt(expected.substring(equal)),
        excerpt(drawn.substring(equal)));
  }

  private static String excerpt(String digits) {
    return digits.length() <= DRAWS_SHOWN ? digits : digits.substring(0, DRAWS_SHOWN) + " …";
  }
}
