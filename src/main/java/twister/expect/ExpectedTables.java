package twister.expect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import twister.data.Vocabulary;
import twister.spec.ExpectSpec;
import twister.spec.Expected;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The tables that an experiment expects, each in a file of its own.
///
/// @param vocabulary of the words, V symbols
/// @param find where a file that the experiment names is
public record ExpectedTables(Vocabulary vocabulary, UnaryOperator<Path> find) {

  /// Reads a table of one figure.
  @FunctionalInterface
  private interface Reading {
    double[] table() throws InvalidInputException;
  }

  /// All that is wrong with the tables, so that it is known before anything is trained.
  public List<Mistake> mistakes(ExpectSpec expect) {
    List<Mistake> mistakes = new ArrayList<>();
    for (Expected figure : expect.figures()) {
      switch (figure) {
        case Expected.CountTable counts -> addMistakes(mistakes, () -> counts(counts));
        case Expected.Untrained words -> {
          words
              .probabilities()
              .ifPresent(file -> addMistakes(mistakes, () -> probabilities(file, words)));
          words.gradient().ifPresent(file -> addMistakes(mistakes, () -> gradient(file)));
        }
        case Expected.Count _,
            Expected.MeanSquare _,
            Expected.WordScore _,
            Expected.Names _,
            Expected.Draws _ -> {}
      }
    }
    return mistakes;
  }

  private static void addMistakes(List<Mistake> mistakes, Reading reading) {
    try {
      reading.table();
    } catch (InvalidInputException e) {
      mistakes.addAll(e.mistakes());
    }
  }

  /// How often each symbol follows each other, (V, V).
  double[] counts(Expected.CountTable expected) throws InvalidInputException {
    return SymbolTable.ofSymbols(path(expected.file()), vocabulary, SymbolTable.Numbers.COUNTS);
  }

  /// The distributions after the words' bigrams, (bigrams, V).
  double[] probabilities(String file, Expected.Untrained expected) throws InvalidInputException {
    List<String> bigrams =
        expected.words().stream().flatMap(word -> bigrams(word).stream()).toList();
    return SymbolTable.ofBigrams(path(file), vocabulary, bigrams);
  }

  /// The gradient by the weights, (V, V).
  double[] gradient(String file) throws InvalidInputException {
    return SymbolTable.ofSymbols(path(file), vocabulary, SymbolTable.Numbers.FINITE);
  }

  private Path path(String file) {
    return find.apply(Path.of(file));
  }

  /// The bigrams of a word, from boundary to boundary.
  private List<String> bigrams(String word) {
    String boundary = vocabulary.hasBoundary() ? vocabulary.symbol(0) : "";
    int[] symbols = (boundary + word + boundary).codePoints().toArray();
    return IntStream.range(1, symbols.length).mapToObj(i -> new String(symbols, i - 1, 2)).toList();
  }
}
