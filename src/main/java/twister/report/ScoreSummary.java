package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import twister.spec.LossUnit;
import twister.text.Symbols;
import twister.training.ScoredWord;

/// What many words, or long texts, come to all in all, with the words of the highest and the lowest
/// loss. Texts are not named. No n-gram is kept, so that the memory is that of the words.
///
/// @param words one or more
/// @param scoring of each of them
/// @param areTexts whether they are texts, which are too long to be named
/// @param data the file of the model's words
/// @param zero what an n-gram without probability has
/// @param unit of losses; log likelihoods and their sums are in nats
public record ScoreSummary(
    List<String> words,
    ScoredWord.Scoring scoring,
    boolean areTexts,
    String data,
    String zero,
    LossUnit unit) {
  private static final String LINE = System.lineSeparator();

  private static final int EXTREMES = 5;

  /// A word and its loss, in nats per character.
  private record WordLoss(String word, double nll) {}

  /// For a person.
  public String text() {
    ScoreSums all = new ScoreSums();
    List<WordLoss> lowest = new ArrayList<>();
    List<WordLoss> highest = new ArrayList<>();
    for (String word : words) {
      ScoreSums sums = new ScoreSums();
      scoring.each(
          word,
          ngram -> {
            all.add(ngram);
            sums.add(ngram);
          });
      if (!Double.isNaN(sums.score().nll())) {
        WordLoss loss = new WordLoss(word, sums.score().nll());
        put(loss, lowest, there -> there.nll() > loss.nll());
        put(loss, highest, there -> there.nll() <= loss.nll());
      }
    }
    String whole =
        ScoreSums.title(words.size(), all.score().examples(), areTexts)
            + LINE
            + all.text(data, zero, unit);
    return areTexts ? whole : whole + extremes(lowest, highest);
  }

  /// Puts a word where it belongs among the first few; to sort all of them takes longer than their
  /// scores.
  ///
  /// @param isAfter whether one that is there comes after it
  private static void put(WordLoss loss, List<WordLoss> first, Predicate<WordLoss> isAfter) {
    int place = first.size();
    while (place > 0 && isAfter.test(first.get(place - 1))) {
      place--;
    }
    if (place < EXTREMES) {
      first.add(place, loss);
    }
    if (first.size() > EXTREMES) {
      first.removeLast();
    }
  }

  private String extremes(List<WordLoss> lowest, List<WordLoss> highest) {
    return LINE
        + LINE
        + table("lowest " + noun(), lowest)
        + LINE
        + LINE
        + table("highest " + noun(), highest);
  }

  private String noun() {
    return switch (unit) {
      case NATS -> "loss";
      case BITS -> "loss (bits per character)";
      case PERPLEXITY -> "perplexity";
    };
  }

  private String table(String title, List<WordLoss> losses) {
    List<List<String>> rows =
        losses.stream()
            .map(
                loss ->
                    List.of(
                        Symbols.visible(loss.word()),
                        String.format(Locale.ROOT, "%.4f", unit.of(loss.nll()))))
            .toList();
    return title + LINE + new TextTable(rows, Set.of(1)).text("  ");
  }
}
