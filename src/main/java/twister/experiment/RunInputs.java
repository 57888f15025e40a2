package twister.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import twister.backend.Device;
import twister.backend.Workload;
import twister.data.Contexts;
import twister.data.Corpus;
import twister.data.CorpusReader;
import twister.data.Examples;
import twister.data.MemoryNeed;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.data.SplitExamples;
import twister.data.Splits;
import twister.data.Vocabulary;
import twister.expect.ExpectedTables;
import twister.model.CountsModel;
import twister.spec.ChartKind;
import twister.spec.DataSpec;
import twister.spec.ExperimentSpec;
import twister.spec.FileSearch;
import twister.spec.ModelSpec;
import twister.spec.SpecReader;
import twister.spec.SplitSpec;
import twister.tracking.Provenance;
import twister.tracking.SealedSpec;
import twister.tracking.TwisterVersion;
import twister.training.Score;
import twister.training.Trainable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// An experiment with its data, both read and checked: all that can be wrong with them is known.
///
/// @param file the experiment file
/// @param corpus the words of the experiment
/// @param splits those to learn from, and others
/// @param parts the examples of those that have words, by name
/// @param ngrams of the words to learn from, with all contexts and symbols
/// @param counts of the n-grams
public record RunInputs(
    Path file,
    ExperimentSpec spec,
    Corpus corpus,
    Splits splits,
    Map<String, SplitExamples> parts,
    Ngrams ngrams,
    NgramCounts counts) {
  /// Arrays of C * V numbers that a run holds at its peak, in bytes per number.
  static final long BYTES_PER_WEIGHT = 80;

  /// The same of a run that counts n-grams, but has no table of weights.
  private static final long BYTES_PER_COUNT = 8;

  /// What [Ngrams] holds while it numbers contexts, in bytes for each word and each of its symbols.
  private static final long BYTES_PER_WORD = 56;

  private static final long BYTES_PER_NGRAM = 28;
  private static final long BYTES_PER_UNIGRAM = 8;

  private static final int MOST_SYMBOLS_OF_A_HEATMAP = 1000;

  /// Reads an experiment file and the words it names.
  ///
  /// @param overrides `KEY=VALUE` each, which replace keys of the file
  /// @throws InvalidInputException if either cannot be used
  public static RunInputs read(Path file, List<String> overrides) throws InvalidInputException {
    SealedSpec.refuseChanged(file);
    return of(file, SpecReader.read(file, overrides));
  }

  /// Reads an experiment file and the words it names, which are fetched where they are elsewhere.
  ///
  /// @param overrides `KEY=VALUE` each, which replace keys of the file
  /// @throws InvalidInputException if either cannot be used
  /// @throws IOException if words cannot be fetched
  public static RunInputs read(Path file, List<String> overrides, DataSource source)
      throws InvalidInputException, IOException {
    SealedSpec.refuseChanged(file);
    ExperimentSpec spec = SpecReader.read(file, overrides);
    source.provide(spec.data());
    return of(file, spec);
  }

  /// Reads the words of an experiment.
  ///
  /// @param file where the experiment is from
  /// @throws InvalidInputException if they cannot be used
  static RunInputs of(Path file, ExperimentSpec spec) throws InvalidInputException {
    return of(file, spec, words(file, spec.data()));
  }

  /// Reads the words of an experiment.
  ///
  /// @param file where the experiment is from
  /// @param words where they are, whatever the experiment calls them
  /// @throws InvalidInputException if they cannot be used
  static RunInputs of(Path file, ExperimentSpec spec, Path words) throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(words, spec.data().file(), spec.data().format());
    Vocabulary vocabulary = Vocabulary.of(corpus);
    List<Mistake> mistakes =
        Stream.of(
                mistakeOfHash(spec, corpus).stream(),
                mistakeOfCharts(spec, corpus, vocabulary).stream(),
                mistakeOfWords(spec, corpus).stream(),
                tables(vocabulary, file).mistakes(spec.expect()).stream())
            .flatMap(found -> found)
            .toList();
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    Corpus used = corpus.first(spec.data().words().orElse(corpus.words().size()));
    Splits splits = Splits.of(used, spec.data().split());
    boolean isMlp = spec.model() instanceof ModelSpec.Mlp;
    String orderKey = isMlp ? "model.block-size" : "data.order";
    checkWords(corpus, spec.data().order(), orderKey);
    Ngrams ngrams = Ngrams.of(corpus, vocabulary, spec.data().order()).ofWords(splits.train());
    checkSize(corpus, ngrams, orderKey, isMlp ? BYTES_PER_COUNT : BYTES_PER_WEIGHT);
    RunInputs inputs =
        new RunInputs(
            file,
            spec,
            used,
            splits,
            examples(splits, ngrams.contexts()),
            ngrams,
            NgramCounts.of(ngrams.examples()));
    inputs.checkSplits();
    inputs.checkModel();
    return inputs;
  }

  /// Where the words of an experiment are.
  ///
  /// @param file where the experiment is from
  /// @throws InvalidInputException if they are not there, or not fetched yet
  static Path words(Path file, DataSpec data) throws InvalidInputException {
    if (data.isRemote()) {
      return RemoteData.of(data).fetched();
    }
    Path words = FileSearch.find(Path.of(data.file()), file);
    if (!Files.exists(words)) {
      String places = FileSearch.places(Path.of(data.file()), file);
      throw new InvalidInputException(
          Mistake.in(file.toString(), "data.file: there is no file " + data.file() + places));
    }
    return words;
  }

  private static Map<String, SplitExamples> examples(Splits splits, Contexts contexts) {
    Map<String, SplitExamples> examples = new LinkedHashMap<>();
    splits.parts().forEach((part, words) -> examples.put(part, new SplitExamples(words, contexts)));
    return Collections.unmodifiableMap(examples);
  }

  /// Another experiment with the same words.
  RunInputs with(ExperimentSpec other) throws InvalidInputException {
    RunInputs inputs = new RunInputs(file, other, corpus, splits, parts, ngrams, counts);
    inputs.checkModel();
    return inputs;
  }

  private void checkModel() throws InvalidInputException {
    if (spec.model() instanceof ModelSpec.Mlp mlp) {
      checkSize(file, mlp, counts.symbols());
    }
  }

  /// What a run is made from.
  public Provenance provenance(Device device, Optional<Provenance.Commit> commit) {
    Score lowest = Score.of(counts, new CountsModel(counts, 0));
    Provenance.Data data =
        new Provenance.Data(
            spec.data().file(),
            corpus.sha256(),
            corpus.words().size(),
            corpus.emptyLines(),
            ngrams.examples().count(),
            counts.symbols(),
            counts.contexts(),
            Math.log(counts.symbols()),
            lowest.nll());
    return new Provenance(
        TwisterVersion.current(),
        Provenance.UsedDevice.of(device),
        Provenance.Platform.current(),
        data,
        commit);
  }

  /// What it wants to be trained on.
  public Devices.Request request() {
    return new Devices.Request(
        file, spec.device().located(file), work().stream().toList(), counts.symbols());
  }

  /// What there is to train; empty where the model is in closed form.
  Optional<Workload> work() {
    Examples examples = ngrams.examples();
    return Workload.of(spec, examples.count(), examples.contextCount(), examples.symbolCount());
  }

  /// The model to be trained.
  Trainable trainable() {
    return switch (spec.model()) {
      case ModelSpec.Counts _ -> throw new IllegalStateException("counts are not trained");
      case ModelSpec.Softmax softmax ->
          new Trainable.Softmax(softmax, spec.training().orElseThrow(), ngrams);
      case ModelSpec.Mlp mlp ->
          new Trainable.Mlp(
              mlp,
              spec.training().orElseThrow(),
              Objects.requireNonNull(parts.get("train")),
              ngrams.contexts().vocabulary());
    };
  }

  /// The size of the table of n-grams, C * V.
  long weights() {
    return weights(ngrams);
  }

  /// The memory that a run takes at its peak, roughly.
  public long bytes() {
    return BYTES_PER_WEIGHT
        * (spec.model() instanceof ModelSpec.Mlp mlp
            ? mlp.parameters(counts.symbols())
            : weights());
  }

  private static ExpectedTables tables(Vocabulary vocabulary, Path file) {
    return new ExpectedTables(vocabulary, named -> FileSearch.beside(named, file));
  }

  /// The tables that the experiment expects.
  ExpectedTables tables() {
    return tables(ngrams.contexts().vocabulary(), file);
  }

  private static Optional<Mistake> mistakeOfWords(ExperimentSpec spec, Corpus corpus) {
    int there = corpus.words().size();
    return spec.data()
        .words()
        .filter(wanted -> wanted > there)
        .map(
            wanted ->
                Mistake.in(
                    corpus.file(),
                    "holds %,d %s, but data.words wants %,d"
                        .formatted(there, there == 1 ? "word" : "words", wanted)));
  }

  private static Optional<Mistake> mistakeOfHash(ExperimentSpec spec, Corpus corpus) {
    return spec.data()
        .sha256()
        .filter(wanted -> !wanted.equalsIgnoreCase(corpus.sha256()))
        .map(
            wanted ->
                Mistake.in(
                    corpus.file(),
                    ("has the sha256 %s, but data.sha256 wants %s: the words are other ones; --set"
                            + " data.sha256=null takes them all the same")
                        .formatted(corpus.sha256(), wanted)));
  }

  private static Optional<Mistake> mistakeOfCharts(
      ExperimentSpec spec, Corpus corpus, Vocabulary vocabulary) {
    boolean heatmaps = spec.charts().kinds().stream().anyMatch(kind -> kind != ChartKind.LOSS);
    return Optional.of(vocabulary.size())
        .filter(size -> heatmaps && size > MOST_SYMBOLS_OF_A_HEATMAP)
        .map(
            size ->
                Mistake.in(
                    corpus.file(),
                    "holds %,d different symbols, too many for a heatmap (%,d); --set charts=[]"
                            .formatted(size, MOST_SYMBOLS_OF_A_HEATMAP)
                        + " leaves the charts out"));
  }

  private void checkSplits() throws InvalidInputException {
    Optional<SplitSpec> split = spec.data().split();
    boolean hasDev = split.isPresent() && split.get().dev() > 0;
    boolean hasTest = split.isPresent() && split.get().hasTest();
    int train = examples(splits.train());
    int dev = examples(splits.dev());
    int test = examples(splits.test());
    if (train == 0 || (hasDev && dev == 0) || (hasTest && test == 0)) {
      throw new InvalidInputException(
          Mistake.in(
              corpus.file(),
              corpus.isText()
                  ? ("is too short a text for data.split: %,d examples to learn from, %,d of dev,"
                          + " %,d of test")
                      .formatted(train, dev, test)
                  : "holds too few words for data.split: %,d to learn from, %,d of dev, %,d of test"
                      .formatted(
                          splits.train().size(), splits.dev().size(), splits.test().size())));
    }
  }

  private int examples(List<String> part) {
    return ngrams.contexts().vocabulary().examples(part, ngrams.contexts().length());
  }

  private static void checkSize(Path file, ModelSpec.Mlp mlp, int symbols)
      throws InvalidInputException {
    long available = Runtime.getRuntime().maxMemory();
    long parameters = mlp.parameters(symbols);
    long needed = parameters * BYTES_PER_WEIGHT;
    if (needed > available) {
      throw new InvalidInputException(
          Mistake.in(
              file.toString(),
              ("model: a perceptron of %,d parameters needs about %,d MB, Java has %,d; smaller"
                      + " embedding and hidden need less")
                  .formatted(parameters, needed >> 20, available >> 20)));
    }
  }

  /// Refuses words whose n-grams cannot be numbered within the memory, and a text without any.
  ///
  /// @param key what sets the order, for the message
  /// @throws InvalidInputException if they need more memory than Java has, or there are none
  static void checkWords(Corpus corpus, int order, String key) throws InvalidInputException {
    long symbols = corpus.symbols();
    if (corpus.isText() && symbols < order) {
      throw new InvalidInputException(
          Mistake.in(
              corpus.file(),
              "is a text of %,d %s, too few for %s: an example takes %,d"
                  .formatted(symbols, symbols == 1 ? "symbol" : "symbols", key, order)));
    }
    MemoryNeed memory =
        new MemoryNeed(
            corpus.words().size() * BYTES_PER_WORD
                + symbols * (order == 1 ? BYTES_PER_UNIGRAM : BYTES_PER_NGRAM));
    if (memory.isTooMuch()) {
      throw new InvalidInputException(
          Mistake.in(
              corpus.file(),
              "holds %,d words of %,d symbols, whose n-grams need %s"
                  .formatted(corpus.words().size(), symbols, memory.text())));
    }
  }

  /// Refuses n-grams whose model does not fit into the memory.
  ///
  /// @param key what set their order, for the message
  /// @param bytes of memory for each context and symbol
  /// @throws InvalidInputException if it needs more memory than Java has
  static void checkSize(Corpus corpus, Ngrams ngrams, String key, long bytes)
      throws InvalidInputException {
    long available = Runtime.getRuntime().maxMemory();
    long weights = weights(ngrams);
    long needed = weights * bytes;
    if (weights > Integer.MAX_VALUE || needed > available) {
      throw new InvalidInputException(
          Mistake.in(
              corpus.file(),
              ("holds %,d different contexts of %,d symbols for n-grams of order %d; a model of"
                      + " them needs about %,d MB, Java has %,d; a smaller %s needs less")
                  .formatted(
                      ngrams.contexts().size(),
                      ngrams.examples().symbolCount(),
                      ngrams.contexts().length() + 1,
                      needed >> 20,
                      available >> 20,
                      key)));
    }
  }

  private static long weights(Ngrams ngrams) {
    return (long) ngrams.examples().contextCount() * ngrams.examples().symbolCount();
  }
}
