package twister.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.spec.FolderName;
import twister.training.CorpusStatistics;

/// The folder of a corpus's statistics; results/README.md describes its files.
///
/// @param path where it is, or will be
public record CorpusFolder(Path path) {

  /// The folder of a data file, named after it.
  ///
  /// @param results the folder of all results
  public static CorpusFolder of(Path results, Path data) {
    String folder = FolderName.of(data.getFileName().toString());
    return new CorpusFolder(results.resolve("data").resolve(folder));
  }

  /// Writes the statistics, in place of those that were there. Waits while another process writes
  /// there, so that all files are of one of the two.
  ///
  /// @return the files written
  /// @throws IOException if a file cannot be written
  public List<Path> write(CorpusStatistics statistics) throws IOException {
    WholeFile.folder(path);
    Path lock = path.resolve(".lock");
    PlainFile.refuseOther(lock);
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      return writeAlone(statistics);
    }
  }

  private List<Path> writeAlone(CorpusStatistics statistics) throws IOException {
    Path corpus = path.resolve("corpus.csv");
    Path ngrams = path.resolve("ngrams.csv");
    Path lengths = path.resolve("lengths.csv");
    RunTables.write(
        corpus,
        List.of("figure", "value"),
        rows -> {
          for (Map.Entry<String, Object> figure : figures(statistics).entrySet()) {
            rows.printRecord(figure.getKey(), figure.getValue());
          }
        });
    RunTables.write(
        ngrams,
        List.of("context", "next", "count", "probability"),
        rows -> {
          for (CorpusStatistics.Ngram ngram : statistics.ngrams()) {
            rows.printRecord(ngram.context(), ngram.next(), ngram.count(), ngram.probability());
          }
        });
    if (statistics.corpus().isText()) {
      Files.deleteIfExists(lengths);
      return List.of(corpus, ngrams);
    }
    RunTables.write(
        lengths,
        List.of("length", "words"),
        rows -> {
          for (Map.Entry<Integer, Integer> length : statistics.lengths().entrySet()) {
            rows.printRecord(length.getKey(), length.getValue());
          }
        });
    return List.of(corpus, ngrams, lengths);
  }

  private static Map<String, Object> figures(CorpusStatistics statistics) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("file", Path.of(statistics.corpus().file()).getFileName());
    figures.put("sha256", statistics.corpus().sha256());
    if (statistics.corpus().isText()) {
      figures.put("characters", statistics.corpus().symbols());
    } else {
      putWords(figures, statistics);
    }
    figures.put("symbols", statistics.vocabulary().size());
    figures.put("vocabulary", vocabulary(statistics));
    figures.put("order", statistics.order());
    figures.put("examples", statistics.examples());
    figures.put("contexts", statistics.contexts());
    figures.put("ngrams", statistics.ngrams().size());
    figures.put("log_likelihood", statistics.lowest().logLikelihood());
    figures.put("negative_log_likelihood", statistics.lowest().sumOfLosses());
    figures.put("loss", statistics.lowest().nll());
    figures.put("uniform_loss", statistics.uniformLoss());
    return figures;
  }

  private static void putWords(Map<String, Object> figures, CorpusStatistics statistics) {
    figures.put("words", statistics.corpus().words().size());
    figures.put("distinct_words", statistics.distinctWords());
    figures.put("empty_lines", statistics.corpus().emptyLines());
    figures.put("shortest_length", statistics.lengths().firstKey());
    figures.put("shortest_word", statistics.shortest());
    figures.put("longest_length", statistics.lengths().lastKey());
    figures.put("longest_word", statistics.longest());
    figures.put("mean_length", statistics.meanLength());
  }

  private static String vocabulary(CorpusStatistics statistics) {
    return IntStream.range(0, statistics.vocabulary().size())
        .mapToObj(statistics.vocabulary()::symbol)
        .collect(Collectors.joining());
  }
}
