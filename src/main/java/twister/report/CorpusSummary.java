package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.data.Corpus;
import twister.data.Vocabulary;
import twister.text.Symbols;
import twister.text.TextWidth;
import twister.text.VisibleText;
import twister.training.CorpusStatistics;
import twister.training.Score;

/// What a person is told about a corpus.
public final class CorpusSummary {
  /// How many symbols are listed: two lines of them.
  private static final int SYMBOLS_SHOWN = 66;

  /// In columns of a terminal.
  private static final int WIDTH_OF_SYMBOLS = 66;

  /// In columns of a terminal; corpus.csv has the whole word.
  private static final int LONGEST_WORD = 48;

  private CorpusSummary() {}

  /// The figures of a corpus, and its most frequent n-grams.
  ///
  /// @param top how many n-grams
  public static String text(CorpusStatistics statistics, int top) {
    Score lowest = statistics.lowest();
    String figures =
        String.format(
            Locale.ROOT,
            """
            %s
            %s  symbols   %,d: %s
              %-8s  %,d, %,d different %s, after %s
              counts    loss %.6f nats per character, the lowest for %s
                        log likelihood %.4f, NLL %.4f
              uniform   loss %.6f (ln %,d)
            """,
            statistics.corpus().file(),
            statistics.corpus().isText() ? text(statistics.corpus()) : words(statistics),
            statistics.vocabulary().size(),
            symbols(statistics.vocabulary()),
            name(statistics.order()),
            statistics.examples(),
            statistics.ngrams().size(),
            statistics.ngrams().size() == 1 ? "one" : "ones",
            counted(statistics.contexts(), "context"),
            lowest.nll(),
            name(statistics.order()),
            lowest.logLikelihood(),
            lowest.sumOfLosses(),
            statistics.uniformLoss(),
            statistics.vocabulary().size());
    return top == 0 ? figures : figures + System.lineSeparator() + ngrams(statistics, top);
  }

  private static String words(CorpusStatistics statistics) {
    return String.format(
        Locale.ROOT,
        """
          words     %,d, %s
          shortest  %s
          longest   %s
          mean      %.4f symbols
        """,
        statistics.corpus().words().size(),
        distinct(statistics),
        example(statistics.lengths().firstKey(), statistics.shortest()),
        example(statistics.lengths().lastKey(), statistics.longest()),
        statistics.meanLength());
  }

  private static String text(Corpus corpus) {
    long lines = corpus.words().getFirst().lines().count();
    return String.format(
        Locale.ROOT,
        "  text      %s, %,d %s%n",
        counted(corpus.symbols(), "character"),
        lines,
        lines == 1 ? "line" : "lines");
  }

  private static String distinct(CorpusStatistics statistics) {
    int empty = statistics.corpus().emptyLines();
    String lines = empty == 0 ? "no empty lines" : counted(empty, "empty line");
    return statistics.distinctWords() == statistics.corpus().words().size()
        ? "none of them twice, " + lines
        : "%,d different %s, %s"
            .formatted(
                statistics.distinctWords(),
                statistics.distinctWords() == 1 ? "one" : "ones",
                lines);
  }

  private static String example(int length, String word) {
    return "%s: %s".formatted(counted(length, "symbol"), VisibleText.cut(word, LONGEST_WORD));
  }

  private static String counted(int count, String noun) {
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
  }

  private static String symbols(Vocabulary vocabulary) {
    List<String> shown =
        IntStream.range(0, Math.min(SYMBOLS_SHOWN, vocabulary.size()))
            .mapToObj(index -> Symbols.visible(vocabulary.symbol(index)))
            .collect(Collectors.toCollection(ArrayList::new));
    if (shown.size() < vocabulary.size()) {
      shown.add("… (all in corpus.csv)");
    }
    StringBuilder lines = new StringBuilder(shown.getFirst());
    int used = TextWidth.of(shown.getFirst());
    for (String symbol : shown.subList(1, shown.size())) {
      int width = TextWidth.of(symbol);
      boolean isNext = used + 1 + width > WIDTH_OF_SYMBOLS;
      lines.append(isNext ? "\n            " : " ").append(symbol);
      used = isNext ? width : used + 1 + width;
    }
    return lines.toString();
  }

  private static String name(int order) {
    return switch (order) {
      case 1 -> "unigrams";
      case 2 -> "bigrams";
      case 3 -> "trigrams";
      default -> order + "-grams";
    };
  }

  private static String ngrams(CorpusStatistics statistics, int top) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("context", "next", "count", "probability"));
    for (CorpusStatistics.Ngram ngram : statistics.ngrams().stream().limit(top).toList()) {
      rows.add(
          List.of(
              Symbols.visible(ngram.context()),
              Symbols.visible(ngram.next()),
              String.format(Locale.ROOT, "%,d", ngram.count()),
              String.format(Locale.ROOT, "%.4f", ngram.probability())));
    }
    return new TextTable(rows, Set.of(2, 3)).text("  ") + System.lineSeparator();
  }
}
