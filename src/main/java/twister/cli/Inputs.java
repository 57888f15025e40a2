package twister.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import twister.data.Corpus;
import twister.data.CorpusReader;
import twister.data.Examples;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.spec.ChartKind;
import twister.spec.DeviceSpec;
import twister.spec.ExperimentSpec;
import twister.spec.InvalidInputException;
import twister.spec.Mistake;
import twister.spec.SpecReader;

/// An experiment with its data, both read and checked: all that can be wrong with them is known.
///
/// @param file the experiment file
record Inputs(Path file, ExperimentSpec spec, Corpus corpus, Ngrams ngrams) {
  /// Arrays of C * V numbers that a run holds at its peak, in bytes per number.
  private static final long BYTES_PER_WEIGHT = 80;

  private static final int MOST_SYMBOLS_OF_A_HEATMAP = 1000;

  /// Reads an experiment file and the words it names.
  ///
  /// @param overrides `KEY=VALUE` each, which replace keys of the file
  /// @throws InvalidInputException if either cannot be used
  static Inputs read(Path file, List<String> overrides) throws InvalidInputException {
    ExperimentSpec spec = SpecReader.read(file, overrides);
    checkFiles(spec.device(), file);
    String data = spec.data().file();
    Corpus corpus = CorpusReader.corpus(find(Path.of(data), file), data);
    checkHash(spec, corpus);
    Vocabulary vocabulary = Vocabulary.of(corpus.words());
    checkCharts(spec, corpus, vocabulary);
    Inputs inputs =
        new Inputs(file, spec, corpus, Ngrams.of(corpus, vocabulary, spec.data().order()));
    checkSize(corpus, inputs.ngrams(), "data.order");
    return inputs;
  }

  /// Found missing later, such a file would end the process.
  private static void checkFiles(DeviceSpec device, Path file) throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    Map<String, Optional<String>> named = new LinkedHashMap<>();
    named.put("device.bitstream", device.bitstream());
    named.put("device.config", device.config());
    named.forEach(
        (key, name) -> {
          if (name.isPresent() && !Files.isRegularFile(Path.of(name.get()))) {
            mistakes.add(
                Mistake.in(file.toString(), "%s: there is no file %s".formatted(key, name.get())));
          }
        });
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  /// What there is to train, roughly.
  Work work() {
    Examples examples = ngrams.examples();
    return spec.training()
        .map(
            training ->
                Work.of(
                    training, examples.count(), examples.contextCount(), examples.symbolCount()))
        .orElse(Work.none());
  }

  /// The size of the model, C * V.
  long weights() {
    return weights(ngrams);
  }

  /// Where a data file is: looked up from the current folder, then from the experiment file's folder
  /// and those above it, so that an experiment works from anywhere.
  static Path find(Path data, Path experiment) {
    Path start = experiment.toAbsolutePath().normalize();
    Stream<Path> above =
        Stream.iterate(Optional.ofNullable(start.getParent()), Optional::isPresent, folder -> folder.map(Path::getParent))
            .flatMap(Optional::stream)
            .map(folder -> folder.resolve(data));
    return Stream.concat(Stream.of(data), above).filter(Files::exists).findFirst().orElse(data);
  }

  private static void checkHash(ExperimentSpec spec, Corpus corpus) throws InvalidInputException {
    Optional<String> wanted = spec.data().sha256();
    if (wanted.isPresent() && !wanted.get().equalsIgnoreCase(corpus.sha256())) {
      throw new InvalidInputException(
          Mistake.in(
              corpus.file(),
              "has the sha256 %s, but data.sha256 wants %s; the file is another one"
                  .formatted(corpus.sha256(), wanted.get())));
    }
  }

  private static void checkCharts(ExperimentSpec spec, Corpus corpus, Vocabulary vocabulary)
      throws InvalidInputException {
    boolean heatmaps = spec.charts().stream().anyMatch(kind -> kind != ChartKind.LOSS);
    if (heatmaps && vocabulary.size() > MOST_SYMBOLS_OF_A_HEATMAP) {
      throw new InvalidInputException(
          Mistake.in(
              corpus.file(),
              "holds %,d different symbols, too many for a heatmap of them (%,d); --set charts=[]"
                      .formatted(vocabulary.size(), MOST_SYMBOLS_OF_A_HEATMAP)
                  + " leaves the charts out"));
    }
  }

  /// Refuses n-grams whose model does not fit into the memory.
  ///
  /// @param key what set their order, for the message
  static void checkSize(Corpus corpus, Ngrams ngrams, String key) throws InvalidInputException {
    long available = Runtime.getRuntime().maxMemory();
    long weights = weights(ngrams);
    long needed = weights * BYTES_PER_WEIGHT;
    if (weights > Integer.MAX_VALUE || needed > available) {
      throw new InvalidInputException(
          Mistake.in(
              corpus.file(),
              ("holds %,d different contexts of %,d symbols for n-grams of order %d; a model of them"
                      + " needs about %,d MB, Java has %,d; a smaller %s needs less")
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
