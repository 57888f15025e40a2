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

  /// Refuses words that are empty or hold a letter that the model does not know, and texts that are
  /// too short.
  ///
  /// @param option that the words were given by
  /// @param least how many letters a word has, or a text
  static void check(String option, List<String> words, int least, ScoredModel model)
      throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    Vocabulary vocabulary = model.contexts().vocabulary();
    for (String word : words) {
      if (word.codePointCount(0, word.length()) < least) {
        mistakes.add(Mistake.in(option, tooShort(word, least, model)));
      }
      word.codePoints()
          .filter(letter -> isRefused(letter, vocabulary))
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

  private static String tooShort(String word, int least, ScoredModel model) {
    return least == 1
        ? "found nothing, allowed: one letter or more"
        : "found \"%s\", allowed: %d symbols or more, as the model sees %d before the next one"
            .formatted(Symbols.visible(word), least, model.contexts().length());
  }

  private static boolean isRefused(int letter, Vocabulary vocabulary) {
    int index = vocabulary.index(letter);
    return index < 0 || vocabulary.isBoundary(index);
  }

  private static Mistake unknown(String option, String word, int letter, ScoredModel model) {
    String problem =
        model.contexts().vocabulary().index(letter) >= 0
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
    int first = vocabulary.hasBoundary() ? 1 : 0;
    int letters = vocabulary.size() - first;
    return letters > LETTERS_LISTED
        ? "its %,d letters".formatted(letters)
        : IntStream.range(first, vocabulary.size())
            .mapToObj(index -> Symbols.visible(vocabulary.symbol(index)))
            .collect(Collectors.joining(" "));
  }
}
