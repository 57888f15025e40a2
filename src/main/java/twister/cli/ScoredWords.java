package twister.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.data.Vocabulary;
import twister.experiment.ScoredModel;
import twister.text.Symbols;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Words that a person hands to a model.
final class ScoredWords {
  private static final int LETTERS_LISTED = 64;

  /// More mistakes than these are counted, not listed.
  private static final int MISTAKES_LISTED = 10;

  private ScoredWords() {}

  /// Refuses words that are empty or hold a letter that the model does not know.
  ///
  /// @param option that the words were given by
  static void check(String option, List<String> words, ScoredModel model)
      throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    Vocabulary vocabulary = model.contexts().vocabulary();
    for (String word : words) {
      if (word.isEmpty()) {
        mistakes.add(Mistake.in(option, "found nothing, allowed: a word of one letter or more"));
      }
      word.codePoints()
          .filter(letter -> letter == Vocabulary.BOUNDARY || vocabulary.index(letter) < 0)
          .distinct()
          .mapToObj(letter -> unknown(option, word, letter, model))
          .forEach(mistakes::add);
    }
    int more = mistakes.size() - MISTAKES_LISTED;
    if (more > 0) {
      mistakes.subList(MISTAKES_LISTED, mistakes.size()).clear();
      mistakes.add(Mistake.in(option, "and %,d more".formatted(more)));
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  private static Mistake unknown(String option, String word, int letter, ScoredModel model) {
    String problem =
        letter == Vocabulary.BOUNDARY
            ? "marks where words begin and end; take it out"
            : "does not occur in %s, allowed: %s"
                .formatted(model.data(), letters(model.contexts().vocabulary()));
    int number = word.codePointCount(0, word.indexOf(letter)) + 1;
    return Mistake.in(
        option + " " + word,
        "letter %d, \"%s\"%s, %s"
            .formatted(
                number,
                Character.toString(letter),
                letter > ' ' && letter < 0x7f ? "" : " (U+%04X)".formatted(letter),
                problem));
  }

  private static String letters(Vocabulary vocabulary) {
    int letters = vocabulary.size() - 1;
    return letters > LETTERS_LISTED
        ? "its %,d letters".formatted(letters)
        : IntStream.rangeClosed(1, letters)
            .mapToObj(index -> Symbols.visible(vocabulary.symbol(index)))
            .collect(Collectors.joining(" "));
  }
}
