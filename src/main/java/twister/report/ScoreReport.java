package twister.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import twister.spec.LossUnit;
import twister.text.Symbols;
import twister.training.Score;
import twister.training.ScoredWord;
import twister.training.ScoredWord.Ngram;

/// What a model makes of words: n-gram by n-gram, word by word, and all in all.
///
/// @param words one or more
/// @param areTexts whether they are texts, which are too long to be named
/// @param data the file of the model's words
/// @param zero what an n-gram without probability has
/// @param unit of losses; log likelihoods and their sums are in nats
public record ScoreReport(
    List<ScoredWord> words, boolean areTexts, String data, String zero, LossUnit unit) {
  private static final String LINE = System.lineSeparator();

  private static final int EXTREMES = 5;

  private static List<DataTable.Column> columns(LossUnit unit) {
    return List.of(
        column("level", DataTable.Kind.WORD),
        column("word", DataTable.Kind.WORD),
        column("context", DataTable.Kind.WORD),
        column("next", DataTable.Kind.WORD),
        column("probability", DataTable.Kind.FIGURE),
        column("examples", DataTable.Kind.COUNT),
        column("log_likelihood", DataTable.Kind.FIGURE),
        column("negative_log_likelihood", DataTable.Kind.FIGURE),
        column(unit.column("loss"), DataTable.Kind.FIGURE));
  }

  private static DataTable.Column column(String name, DataTable.Kind kind) {
    return new DataTable.Column(name, name, kind);
  }

  public ScoreReport {
    words = List.copyOf(words);
  }

  private List<Ngram> ngrams() {
    return words.stream().flatMap(word -> word.ngrams().stream()).toList();
  }

  /// Tables for a person.
  public String text() {
    String each = words.stream().map(this::text).collect(Collectors.joining(LINE + LINE));
    return words.size() == 1 ? each : each + LINE + LINE + all();
  }

  private String all() {
    String what =
        areTexts
            ? words.size() == 1 ? "the text" : "all %,d texts".formatted(words.size())
            : "all %,d words".formatted(words.size());
    return "%s, %,d characters%n".formatted(what, ngrams().size()) + sums(ngrams());
  }

  /// What they come to all in all, with the words of the highest and the lowest loss, for a person.
  /// Texts are not named.
  public String summary() {
    if (areTexts) {
      return all();
    }
    List<ScoredWord> known =
        words.stream()
            .filter(word -> !Double.isNaN(word.score().nll()))
            .sorted(Comparator.comparingDouble(word -> word.score().nll()))
            .toList();
    List<ScoredWord> lowest = known.subList(0, Math.min(EXTREMES, known.size()));
    List<ScoredWord> highest = known.reversed().subList(0, lowest.size());
    return all()
        + LINE
        + LINE
        + losses("lowest " + noun(), lowest)
        + LINE
        + LINE
        + losses("highest " + noun(), highest);
  }

  private String noun() {
    return switch (unit) {
      case NATS -> "loss";
      case BITS -> "loss (bits per character)";
      case PERPLEXITY -> "perplexity";
    };
  }

  private String losses(String title, List<ScoredWord> words) {
    List<List<String>> rows =
        words.stream()
            .map(
                word ->
                    List.of(
                        Symbols.visible(word.word()), number("%.4f", unit.of(word.score().nll()))))
            .toList();
    return title + LINE + new TextTable(rows, Set.of(1)).text("  ");
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
        "  log likelihood %1$s%3$s, NLL %2$s%3$s, %4$s"
            .formatted(
                number("%.6f", score.logLikelihood()),
                number("%.6f", score.sumOfLosses()),
                unit == LossUnit.NATS ? "" : " nats",
                (unit.isLinear() ? "loss " : "")
                    + unit.sentence(number("%.6f", unit.of(score.nll()))));
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

  /// A row for each n-gram, each word and all of them, for programs.
  public DataTable table() {
    List<List<Object>> rows = new ArrayList<>();
    for (ScoredWord word : words) {
      for (Ngram ngram : word.ngrams()) {
        rows.add(
            row(
                List.of("ngram", name(word), ngram.context(), ngram.next(), ngram.probability()),
                Score.of(List.of(ngram))));
      }
      rows.add(row(List.of("word", name(word), "", "", ""), word.score()));
    }
    rows.add(row(List.of("all", "", "", "", ""), Score.of(ngrams())));
    return new DataTable(columns(unit), rows);
  }

  private String name(ScoredWord word) {
    return areTexts ? "" : word.word();
  }

  private List<Object> row(List<Object> what, Score score) {
    List<Object> row = new ArrayList<>(what);
    row.add(score.examples());
    row.add(score.logLikelihood());
    row.add(score.sumOfLosses());
    row.add(unit.of(score.nll()));
    return row;
  }
}
