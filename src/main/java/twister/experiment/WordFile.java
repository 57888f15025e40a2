package twister.experiment;

import java.nio.file.Path;
import twister.data.Corpus;
import twister.data.CorpusReader;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.spec.CorpusFormat;
import twister.spec.DataSpec;
import twister.spec.FileSearch;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// A file of words, or of a text, that belongs to no experiment, read and checked.
public record WordFile(Corpus corpus, Ngrams ngrams) {

  /// Reads a file, looked up from the current folder and then from those above it, as the data of
  /// experiments are.
  ///
  /// @param format what it holds
  /// @param order of the n-grams
  /// @throws InvalidInputException if it cannot be read, or its n-grams do not fit into the memory
  public static WordFile read(String file, CorpusFormat format, int order)
      throws InvalidInputException {
    if (order < 1 || order > DataSpec.MOST_ORDER) {
      throw new InvalidInputException(
          Mistake.in(
              "--order",
              "found %,d, allowed: a whole number from 1 to %d"
                  .formatted(order, DataSpec.MOST_ORDER)));
    }
    if (file.isBlank()) {
      throw new InvalidInputException(
          Mistake.in("FILE", "found nothing, allowed: a file of words or text"));
    }
    if (DataSpec.isAddress(file)) {
      throw new InvalidInputException(
          Mistake.in(
              file,
              "is an address; fetch the file first, or name it as data.url of an experiment file"));
    }
    Corpus corpus =
        CorpusReader.corpus(FileSearch.find(Path.of(file), Path.of("here")), file, format);
    RunInputs.checkWords(corpus, order, "--order");
    Ngrams ngrams = Ngrams.of(corpus, Vocabulary.of(corpus), order);
    RunInputs.checkSize(corpus, ngrams, "--order", RunInputs.BYTES_PER_WEIGHT);
    return new WordFile(corpus, ngrams);
  }
}
