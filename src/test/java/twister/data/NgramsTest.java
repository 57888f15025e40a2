package twister.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// N-grams beside a slow count of pieces of text.
class NgramsTest {
  private static final List<String> LETTERS = List.of("-", "a", "b", "z", "é", "日", "𐐷", "😀");

  /// How often each symbol follows each context, as text; contexts in the order of their symbols.
  private static Map<String, Map<String, Integer>> reference(List<String> words, int order) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (String word : words) {
      List<String> symbols = new ArrayList<>();
      for (int i = 1; i < order; i++) {
        symbols.add(".");
      }
      word.codePoints().forEach(symbol -> symbols.add(Character.toString(symbol)));
      symbols.add(".");
      for (int i = order - 1; i < symbols.size(); i++) {
        String context = String.join("", symbols.subList(i - order + 1, i));
        counts
            .computeIfAbsent(context, c -> new HashMap<>())
            .merge(symbols.get(i), 1, Integer::sum);
      }
    }
    return counts;
  }

  /// The boundary before everything else, then by code point.
  private static final Comparator<String> BY_SYMBOLS =
      Comparator.comparing(
          context ->
              context
                  .codePoints()
                  .mapToObj(symbol -> "%07d".formatted(symbol == '.' ? 0 : symbol))
                  .collect(Collectors.joining()));

  private static Corpus corpus(Random random) {
    int letters = 1 + random.nextInt(LETTERS.size());
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      StringBuilder word = new StringBuilder();
      for (int n = random.nextInt(7); n >= 0; n--) {
        word.append(LETTERS.get(LETTERS.size() - 1 - random.nextInt(letters)));
      }
      words.add(word.toString());
    }
    return new Corpus("random", words, 0, "");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16})
  void countsAreThoseOfTheText(int order) {
    Random random = new Random(order);
    for (int repetition = 0; repetition < 100; repetition++) {
      Corpus corpus = corpus(random);
      Vocabulary vocabulary = Vocabulary.of(corpus);
      Ngrams ngrams = Ngrams.of(corpus, vocabulary, order);
      NgramCounts counts = NgramCounts.of(ngrams.examples());
      Map<String, Map<String, Integer>> reference = reference(corpus.words(), order);
      List<String> contexts = reference.keySet().stream().sorted(BY_SYMBOLS).toList();
      assertEquals(contexts.size(), ngrams.contexts().size());
      assertEquals(contexts.size(), counts.contexts());
      for (int c = 0; c < contexts.size(); c++) {
        assertEquals(contexts.get(c), ngrams.contexts().text(c));
        Map<String, Integer> row = reference.getOrDefault(contexts.get(c), Map.of());
        for (int v = 0; v < vocabulary.size(); v++) {
          int expected = row.getOrDefault(vocabulary.symbol(v), 0);
          assertEquals(expected, counts.count(c, v));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16})
  void nextContextIsTheTextWithoutItsFirstSymbolAndWithTheNewOne(int order) {
    Random random = new Random(order);
    for (int repetition = 0; repetition < 100; repetition++) {
      Corpus corpus = corpus(random);
      Vocabulary vocabulary = Vocabulary.of(corpus);
      Contexts contexts = Ngrams.of(corpus, vocabulary, order).contexts();
      Set<String> known = new HashSet<>(reference(corpus.words(), order).keySet());
      for (int c = 0; c < contexts.size(); c++) {
        for (int v = 0; v < vocabulary.size(); v++) {
          String longer = contexts.text(c) + vocabulary.symbol(v);
          String text = longer.substring(longer.offsetByCodePoints(0, 1));
          int next = contexts.next(c, v);
          assertEquals(
              known.contains(text) ? text : "none", next < 0 ? "none" : contexts.text(next));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void contextsAreFoundByTheirSymbols(int order) {
    Random random = new Random(order);
    for (int repetition = 0; repetition < 100; repetition++) {
      Corpus corpus = corpus(random);
      Vocabulary vocabulary = Vocabulary.of(corpus);
      Contexts contexts = Ngrams.of(corpus, vocabulary, order).contexts();
      for (int c = 0; c < contexts.size(); c++) {
        assertEquals(c, contexts.number(vocabulary.indices(contexts.text(c))));
      }
      Set<String> known = reference(corpus.words(), order).keySet();
      int[] drawn = random.ints(order - 1, 0, vocabulary.size()).toArray();
      String text = Arrays.stream(drawn).mapToObj(vocabulary::symbol).collect(Collectors.joining());
      assertEquals(known.contains(text), contexts.number(drawn) >= 0, text);
    }
  }

  @Test
  void contextsOfBigramsAreTheSymbols() {
    List<String> words = List.of("ab", "b𐐷", "-b");
    Vocabulary vocabulary = Vocabulary.of(words);
    Contexts contexts = Ngrams.of(new Corpus("test", words, 0, ""), vocabulary, 2).contexts();
    assertEquals(vocabulary.size(), contexts.size());
    for (int v = 0; v < vocabulary.size(); v++) {
      assertEquals(vocabulary.symbol(v), contexts.text(v));
      assertEquals(v, contexts.next(0, v));
    }
  }

  @Test
  void wordsBeginAfterBoundariesOnly() {
    Corpus corpus = new Corpus("test", List.of("ab"), 0, "");
    Contexts contexts = Ngrams.of(corpus, Vocabulary.of(corpus), 4).contexts();
    assertEquals("...", contexts.text(contexts.number(contexts.beginning())));
    assertEquals(
        List.of("...", "..a", ".ab"),
        List.of(contexts.text(0), contexts.text(1), contexts.text(2)));
  }

  @Test
  void orderBelowOneIsRefused() {
    Corpus corpus = new Corpus("test", List.of("ab"), 0, "");
    assertThrows(IllegalArgumentException.class, () -> Ngrams.of(corpus, Vocabulary.of(corpus), 0));
  }
}
