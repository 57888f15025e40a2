package twister.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NgramCountsTest {
  private static final Corpus CORPUS = new Corpus("test", List.of("ab", "b𐐷", "-b"), 0, "");
  private static final Vocabulary VOCABULARY = Vocabulary.of(CORPUS);

  @Test
  void vocabularyIsSortedByCodePointAfterTheBoundary() {
    assertEquals(5, VOCABULARY.size());
    assertEquals(
        List.of(".", "-", "a", "b", "𐐷"),
        java.util.stream.IntStream.range(0, 5).mapToObj(VOCABULARY::symbol).toList());
    assertEquals(-1, VOCABULARY.index('z'));
    assertArrayEquals(new int[] {3, -1, 4}, VOCABULARY.indices("bz𐐷"));
  }

  @Test
  void examplesGoFromBoundaryToBoundaryInTheOrderOfTheWords() {
    Examples examples = Ngrams.of(CORPUS, VOCABULARY, 2).examples();
    assertArrayEquals(new int[] {0, 2, 3, 0, 3, 4, 0, 1, 3}, examples.contexts());
    assertArrayEquals(new int[] {2, 3, 0, 3, 4, 0, 1, 3, 0}, examples.targets());
  }

  @Test
  void countsAreThoseOfTheExamples() {
    NgramCounts counts = NgramCounts.of(Ngrams.of(CORPUS, VOCABULARY, 2).examples());
    assertEquals(9, counts.total());
    assertEquals(2, counts.count(3, 0));
    assertEquals(1, counts.count(3, 4));
    assertEquals(0, counts.count(2, 2));
    assertEquals(3, counts.rowTotal(0));
  }
}
