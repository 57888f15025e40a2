package twister.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import twister.spec.SplitSpec;

class SplitsTest {
  private static final List<String> WORDS =
      IntStream.range(0, 100)
          .mapToObj(i -> "w" + (char) ('a' + i % 26) + (char) ('a' + i / 26))
          .toList();

  private static SplitSpec spec(double train, double dev, long seed) {
    return new SplitSpec(train, dev, seed, true);
  }

  private static Splits split(List<String> words, SplitSpec spec) {
    return Splits.of(new Corpus("words", words, 0, ""), Optional.of(spec));
  }

  private static List<String> all(Splits splits) {
    return Stream.of(splits.train(), splits.dev(), splits.test()).flatMap(List::stream).toList();
  }

  @Test
  void partsHoldEveryWordOnceInTheSharesAskedFor() {
    Splits splits = split(WORDS, spec(0.8, 0.1, 42));
    assertEquals(80, splits.train().size());
    assertEquals(10, splits.dev().size());
    assertEquals(10, splits.test().size());
    assertEquals(new HashSet<>(WORDS), new HashSet<>(all(splits)));
    assertEquals(List.of("train", "dev", "test"), List.copyOf(splits.parts().keySet()));
  }

  @Test
  void theSeedDecidesWhichWordsGoWhere() {
    Splits splits = split(WORDS, spec(0.5, 0.5, 1));
    assertEquals(splits, split(WORDS, spec(0.5, 0.5, 1)));
    assertNotEquals(splits.train(), split(WORDS, spec(0.5, 0.5, 2)).train());
    assertEquals(List.of("train", "dev"), List.copyOf(splits.parts().keySet()));
  }

  @Test
  void wordsThatOccurTwiceStayTogetherUnlessAsked() {
    List<String> twice = new ArrayList<>(WORDS);
    twice.addAll(WORDS);
    Splits together = split(twice, spec(0.5, 0.5, 3));
    assertEquals(200, all(together).size());
    assertTrue(inBoth(together).isEmpty());
    Splits apart = split(twice, new SplitSpec(0.5, 0.5, 3, false));
    assertEquals(200, all(apart).size());
    assertTrue(inBoth(apart).size() > 10);
  }

  private static Set<String> inBoth(Splits splits) {
    Set<String> both = new HashSet<>(splits.train());
    both.retainAll(splits.dev());
    return both;
  }
}
