package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    return ScoreSums.title(words.size(), ngrams().size(), areTexts) + LINE + sums(ngrams());
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
    ScoreSums sums = new ScoreSums();
    ngrams.forEach(sums::add);
    return sums.text(data, zero, unit);
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
