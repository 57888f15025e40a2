package twister.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVPrinter;
import twister.text.Symbols;
import twister.tracking.Csv;
import twister.training.Score;
import twister.training.ScoredWord;
import twister.training.ScoredWord.Ngram;

/// What a model makes of words: n-gram by n-gram, word by word, and all in all.
///
/// @param words one or more
/// @param data the file of the model's words
/// @param zero what an n-gram without probability has
public record ScoreReport(List<ScoredWord> words, String data, String zero) {
  private static final String LINE = System.lineSeparator();

  public ScoreReport {
    words = List.copyOf(words);
  }

  private List<Ngram> ngrams() {
    return words.stream().flatMap(word -> word.ngrams().stream()).toList();
  }

  /// Tables for a person.
  public String text() {
    String each = words.stream().map(this::text).collect(Collectors.joining(LINE + LINE));
    return words.size() == 1
        ? each
        : each
            + "%n%nall %,d words, %,d characters%n".formatted(words.size(), ngrams().size())
            + sums(ngrams());
  }

  private String text(ScoredWord word) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("context", "next", "probability", "log probability"));
    for (Ngram ngram : word.ngrams()) {
      rows.add(
          List.of(
              Symbols.visible(ngram.context()),
              Symbols.visible(ngram.next()),
              ngram.isKnown() ? number("%.4f", ngram.probability()) : "-",
              ngram.isKnown() ? number("%.4f", ngram.logProbability()) : "-"));
    }
    String table = new TextTable(rows, Set.of(2, 3)).text("  ");
    return Symbols.visible(word.word()) + LINE + table + LINE + sums(word.ngrams());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private String sums(List<Ngram> ngrams) {
    Score score = Score.of(ngrams);
    if (Double.isNaN(score.logLikelihood())) {
      return "  no log likelihood, no loss: the model knows no probabilities after a context%n"
              .formatted()
          + "  that does not occur in %s: %s"
              .formatted(data, texts(ngrams, ngram -> !ngram.isKnown(), Ngram::context));
    }
    String sums =
        "  log likelihood %s, NLL %s, loss %s nats per character"
            .formatted(
                number("%.6f", score.logLikelihood()),
                number("%.6f", score.sumOfLosses()),
                number("%.6f", score.nll()));
    return Double.isInfinite(score.logLikelihood())
        ? sums + LINE + "  " + zero + ": " + texts(ngrams, ScoreReport::isRuledOut, Ngram::text)
        : sums;
  }

  private static boolean isRuledOut(Ngram ngram) {
    return ngram.logProbability() == Double.NEGATIVE_INFINITY;
  }

  private static String texts(
      List<Ngram> ngrams, Predicate<Ngram> which, Function<Ngram, String> text) {
    return ngrams.stream()
        .filter(which)
        .map(text)
        .distinct()
        .map(Symbols::visible)
        .collect(Collectors.joining(", "));
  }

  /// Writes a row for each n-gram, each word and all of them, in full precision.
  ///
  /// @throws IOException if it cannot be written
  public void writeCsv(Appendable out) throws IOException {
    CSVPrinter rows =
        new CSVPrinter(
            out,
            Csv.format(
                List.of(
                    "level",
                    "word",
                    "context",
                    "next",
                    "probability",
                    "examples",
                    "log_likelihood",
                    "negative_log_likelihood",
                    "loss")));
    for (ScoredWord word : words) {
      for (Ngram ngram : word.ngrams()) {
        print(
            rows,
            List.of("ngram", word.word(), ngram.context(), ngram.next(), ngram.probability()),
            Score.of(List.of(ngram)));
      }
      print(rows, List.of("word", word.word(), "", "", ""), word.score());
    }
    print(rows, List.of("all", "", "", "", ""), Score.of(ngrams()));
  }

  private static void print(CSVPrinter rows, List<Object> what, Score score) throws IOException {
    List<Object> row = new ArrayList<>(what);
    row.add(score.examples());
    row.add(score.logLikelihood());
    row.add(score.sumOfLosses());
    row.add(score.nll());
    rows.printRecord(row);
  }
}
