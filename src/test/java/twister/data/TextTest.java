package twister.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.SplitSpec;

/// A text as one stream: its n-grams and blocks beside a slow count of pieces of it.
class TextTest {
  private static final List<String> SYMBOLS = List.of("\n", " ", ".", "a", "b", "é", "日", "😀");

  private static Corpus corpus(String text) {
    return new Corpus("text", List.of(text), 0, "", OptionalInt.empty());
  }

  private static Corpus corpus(Random random, int least) {
    int symbols = 1 + random.nextInt(SYMBOLS.size());
    return corpus(
        random
            .ints(least + random.nextInt(60), 0, symbols)
            .mapToObj(SYMBOLS::get)
            .collect(Collectors.joining()));
  }

  private static List<String> symbols(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  private static String join(List<String> symbols, int from, int to) {
    return String.join("", symbols.subList(from, to));
  }

  @Test
  void vocabularyHasNoBoundaryAndTheOrderOfCodePoints() {
    Vocabulary vocabulary = Vocabulary.of(corpus("b.a\nb"));
    assertEquals("\n.ab", vocabulary.text(0, 1, 2, 3));
    assertEquals(4, vocabulary.size());
    assertFalse(vocabulary.hasBoundary());
    assertFalse(vocabulary.isBoundary(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16})
  void countsAreThoseOfEveryPieceOfTheText(int order) {
    Random random = new Random(order);
    for (int repetition = 0; repetition < 100; repetition++) {
      Corpus corpus = corpus(random, order);
      List<String> text = symbols(corpus.words().getFirst());
      Map<String, Integer> reference = new HashMap<>();
      Set<String> known = new HashSet<>();
      for (int i = order - 1; i <= text.size(); i++) {
        known.add(join(text, i - order + 1, i));
        if (i < text.size()) {
          reference.merge(join(text, i - order + 1, i + 1), 1, Integer::sum);
        }
      }
      Vocabulary vocabulary = Vocabulary.of(corpus);
      Ngrams ngrams = Ngrams.of(corpus, vocabulary, order);
      NgramCounts counts = NgramCounts.of(ngrams.examples());
      assertEquals(text.size() - order + 1, counts.total());
      assertEquals(known.size(), counts.contexts());
      for (int c = 0; c < counts.contexts(); c++) {
        String context = ngrams.contexts().text(c);
        assertTrue(known.contains(context), context);
        assertEquals(c, ngrams.contexts().number(vocabulary.indices(context)));
        for (int v = 0; v < vocabulary.size(); v++) {
          String ngram = context + vocabulary.symbol(v);
          assertEquals(reference.getOrDefault(ngram, 0), counts.count(c, v), ngram);
          int next = ngrams.contexts().next(c, v);
          String after = ngram.substring(ngram.offsetByCodePoints(0, 1));
          assertEquals(
              known.contains(after) ? after : "none",
              next < 0 ? "none" : ngrams.contexts().text(next));
        }
      }
      assertEquals(join(text, 0, order - 1), vocabulary.text(ngrams.contexts().beginning()));
      assertEquals(ngrams.examples(), ngrams.ofWords(corpus.words()).examples());
    }
  }

  @Test
  void contextsOfBigramsAreAllSymbolsAlsoTheLastOne() {
    Corpus corpus = corpus("abac");
    Vocabulary vocabulary = Vocabulary.of(corpus);
    Ngrams ngrams = Ngrams.of(corpus, vocabulary, 2);
    assertEquals(3, ngrams.contexts().size());
    assertArrayEquals(new int[] {0, 1, 0}, ngrams.examples().contexts());
    assertArrayEquals(new int[] {1, 0, 2}, ngrams.examples().targets());
    assertEquals(0, NgramCounts.of(ngrams.examples()).rowTotal(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void blocksAreTheContextsOfNgramsOneSymbolLonger(int size) {
    Random random = new Random(size);
    for (int repetition = 0; repetition < 50; repetition++) {
      Corpus corpus = corpus(random, size + 1);
      Vocabulary vocabulary = Vocabulary.of(corpus);
      Blocks blocks = Blocks.of(corpus.words(), vocabulary, size);
      Ngrams ngrams = Ngrams.of(corpus, vocabulary, size + 1);
      assertArrayEquals(ngrams.examples().targets(), blocks.targets());
      assertArrayEquals(
          Arrays.stream(ngrams.examples().contexts())
              .flatMap(c -> Arrays.stream(vocabulary.indices(ngrams.contexts().text(c))))
              .toArray(),
          blocks.contexts());
    }
  }

  @Test
  void textShorterThanAnNgramIsRefused() {
    Corpus corpus = corpus("ab");
    Vocabulary vocabulary = Vocabulary.of(corpus);
    assertEquals(1, Ngrams.of(corpus, vocabulary, 2).examples().count());
    assertThrows(IllegalArgumentException.class, () -> Ngrams.of(corpus, vocabulary, 3));
  }

  /// Where Python cuts: `int(0.9 * 1115394)` is 1003854, and `round` gives 1003855.
  @ParameterizedTest
  @CsvSource({
    "1115394, 0.9, 0.1, 1003854, 111540, 0",
    "43, 0.8, 0.1, 34, 4, 5",
    "43, 0.8, 0, 34, 0, 9",
    "10, 1, 0, 10, 0, 0",
    "3, 0.7, 0.3, 2, 1, 0"
  })
  void textIsCutInItsOrderWherePythonCutsIt(
      int length, double train, double dev, int first, int second, int third) {
    String text =
        IntStream.range(0, length)
            .mapToObj(i -> i % 7 == 0 ? "😀" : Character.toString('a' + i % 23))
            .collect(Collectors.joining());
    SplitSpec spec = new SplitSpec(train, dev, 1, true);
    Splits splits = Splits.of(corpus(text), Optional.of(spec));
    List<String> parts =
        new ArrayList<>(splits.parts().values().stream().map(List::getFirst).toList());
    assertEquals(text, String.join("", parts));
    assertEquals(
        IntStream.of(first, second, third).filter(part -> part > 0).boxed().toList(),
        parts.stream().map(part -> part.codePointCount(0, part.length())).toList());
    assertEquals(first, symbols(splits.train().getFirst()).size());
  }

  @Test
  void ngramsOfAPartAreThoseInsideOfIt() {
    Random random = new Random(5);
    Corpus corpus = corpus(random, 50);
    String text = corpus.words().getFirst();
    Vocabulary vocabulary = Vocabulary.of(corpus);
    Ngrams all = Ngrams.of(corpus, vocabulary, 3);
    int cut = text.offsetByCodePoints(0, 20);
    Examples first = all.ofWords(List.of(text.substring(0, cut))).examples();
    Examples second = all.ofWords(List.of(text.substring(cut))).examples();
    int[] contexts = all.examples().contexts();
    assertArrayEquals(Arrays.copyOf(contexts, 18), first.contexts());
    assertArrayEquals(Arrays.copyOfRange(contexts, 20, contexts.length), second.contexts());
    assertEquals(
        0,
        all.ofWords(List.of(text.substring(0, text.offsetByCodePoints(0, 2)))).examples().count());
  }
}
