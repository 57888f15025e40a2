package twister.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("abcdefghijklmnopqrstuvwxyz"));

  @Test
  void blocksSlideFromTheBoundariesBeforeAWordToTheBoundaryAfterIt() {
    Blocks blocks = Blocks.of(List.of("ab", "c"), VOCABULARY, 3);
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1, 0, 1, 2, 0, 0, 0, 0, 0, 3}, blocks.contexts());
    assertArrayEquals(new int[] {1, 2, 0, 3, 0}, blocks.targets());
  }

  @Test
  void theFirstFiveNamesHave32Examples() {
    List<String> names = List.of("emma", "olivia", "ava", "isabella", "sophia");
    assertEquals(32, Blocks.of(names, VOCABULARY, 3).count());
  }

  @Test
  void blocksOfOneAreTheBigrams() {
    List<String> words = List.of("emma", "ava");
    Corpus corpus = new Corpus("words", words, 0, "");
    Vocabulary vocabulary = Vocabulary.of(words);
    Examples bigrams = Ngrams.of(corpus, vocabulary, 2).examples();
    Blocks blocks = Blocks.of(words, vocabulary, 1);
    assertArrayEquals(bigrams.contexts(), blocks.contexts());
    assertArrayEquals(bigrams.targets(), blocks.targets());
  }

  @Test
  void wordsMayBeShorterThanABlock() {
    Blocks blocks = Blocks.of(List.of("z"), VOCABULARY, 4);
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0, 0, 26}, blocks.contexts());
  }

  @Test
  void whatIsNoBlockIsRefused() {
    assertEquals(
        "contexts: expected (2, 3), got (5)", refusal(new int[5], new int[2], 3).getMessage());
    assertEquals(
        "contexts: expected symbols from 0 to 3, got 4",
        refusal(new int[] {4}, new int[1], 1).getMessage());
    assertEquals(
        "targets: expected symbols from 0 to 3, got -1",
        refusal(new int[1], new int[] {-1}, 1).getMessage());
    assertEquals(
        "block size: expected at least 1, got 0", refusal(new int[0], new int[1], 0).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Blocks.of(List.of("café"), VOCABULARY, 2));
  }

  private static IllegalArgumentException refusal(int[] contexts, int[] targets, int blockSize) {
    return assertThrows(
        IllegalArgumentException.class, () -> new Blocks(contexts, targets, blockSize, 4));
  }
}
