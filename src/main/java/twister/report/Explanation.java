package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.data.Contexts;
import twister.model.ProbabilityTable;
import twister.text.Symbols;
import twister.text.TextWidth;
import twister.training.LossGradient;
import twister.training.ScoredWord;
import twister.training.ScoredWord.Ngram;

/// How a model comes to its score: input, output and label of each example, and the gradient.
///
/// @param model (C, V)
/// @param isOfWeights whether the model is the softmax of weights, which have a gradient
public record Explanation(
    List<ScoredWord> words, Contexts contexts, ProbabilityTable model, boolean isOfWeights) {
  private static final String LINE = System.lineSeparator();

  /// So many symbols with a number each fill 80 columns.
  private static final int SYMBOLS_IN_A_LINE = 7;

  public Explanation {
    words = List.copyOf(words);
  }

  /// All examples, then the gradient of their mean loss.
  public String text() {
    List<Ngram> ngrams = words.stream().flatMap(word -> word.ngrams().stream()).toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ngrams.size(); i++) {
      text.append("example %,d of %,d%n".formatted(i + 1, ngrams.size()));
      text.append(example(ngrams.get(i))).append(LINE).append(LINE);
    }
    return text.append(gradient(ngrams)).toString();
  }

  private String example(Ngram ngram) {
    List<String> lines = new ArrayList<>();
    lines.add("  input   " + input(ngram));
    if (ngram.isKnown()) {
      lines.add("  output  probability of each symbol:");
      lines.add(numbers(v -> model.probability(ngram.row(), v)));
    }
    lines.add("  label   %s, index %d".formatted(Symbols.visible(ngram.next()), ngram.column()));
    if (ngram.isKnown()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "          probability %.4f, log probability %.4f",
              ngram.probability(),
              ngram.logProbability()));
    }
    return String.join(LINE, lines);
  }

  private String input(Ngram ngram) {
    String context = visible(ngram.context());
    return ngram.isKnown()
        ? "%s, index %d; one-hot (%d): 1 at position %d, else 0"
            .formatted(context, ngram.row(), model.contexts(), ngram.row())
        : context + ", a context that does not occur: it has no index, and no output";
  }

  /// Of unigrams, the context has no symbol.
  private static String visible(String context) {
    return context.isEmpty() ? "(empty)" : Symbols.visible(context);
  }

  private String numbers(IntToDoubleFunction number) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder();
    int widest = symbols().mapToInt(TextWidth::of).max().orElse(0);
    for (int v = 0; v < model.symbols(); v++) {
      String symbol = Symbols.visible(contexts.vocabulary().symbol(v));
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %7.4f",
              TextWidth.padded(symbol, widest),
              number.applyAsDouble(v)));
      if ((v + 1) % SYMBOLS_IN_A_LINE == 0 || v + 1 == model.symbols()) {
        text.append(text.isEmpty() ? "" : LINE).append(line);
        line.setLength(0);
      }
    }
    return text.toString();
  }

  private Stream<String> symbols() {
    return IntStream.range(0, model.symbols())
        .mapToObj(v -> Symbols.visible(contexts.vocabulary().symbol(v)));
  }

  private String gradient(List<Ngram> ngrams) {
    if (!isOfWeights) {
      return "no gradient: the counts have no weights";
    }
    if (!ngrams.stream().allMatch(Ngram::isKnown)) {
      return "no gradient: there is no loss";
    }
    SortedMap<Integer, double[]> rows = LossGradient.rows(ngrams, model);
    List<String> lines = new ArrayList<>();
    lines.add(
        "gradient of the mean loss of these %,d examples by the weights, (%,d, %,d);%n"
                .formatted(ngrams.size(), model.contexts(), model.symbols())
            + "all rows but these are 0 (an L2 term is left out)");
    rows.forEach(
        (context, row) -> {
          lines.add("  row %d, %s".formatted(context, visible(contexts.text(context))));
          lines.add(numbers(v -> row[v]));
        });
    return String.join(LINE, lines);
  }
}
