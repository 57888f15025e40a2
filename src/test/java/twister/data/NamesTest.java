package twister.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final Path NAMES = Path.of("names.txt");

  @Test
  void theGeneratorMakesTheListByteForByte() throws IOException {
    String made = String.join("\n", NamesGenerator.names()) + "\n";
    assertEquals(-1, Arrays.mismatch(Files.readAllBytes(NAMES), made.getBytes(UTF_8)));
  }

  @Test
  void theListHasThePublishedBigramCounts() throws IOException {
    assertArrayEquals(NamesGenerator.publishedCounts(), NamesGenerator.counts(names()));
  }

  @Test
  void theListHasAsManyWordsAsThePublishedOneAndNoneTwice() throws IOException {
    assertEquals(32_033, names().size());
    assertEquals(32_033, new HashSet<>(names()).size());
  }

  @Test
  void wordsHaveTwoToFifteenLettersAsThePublishedOnes() throws IOException {
    assertEquals(15, names().stream().mapToInt(String::length).max().orElseThrow());
    assertEquals(2, names().stream().mapToInt(String::length).min().orElseThrow());
    assertEquals(List.of(), names().stream().filter(word -> !word.matches("[a-z]{2,15}")).toList());
  }

  @Test
  void theKnownWordsComeFirst() throws IOException {
    assertEquals(NamesGenerator.KNOWN, names().subList(0, NamesGenerator.KNOWN.size()));
  }

  private static List<String> names() throws IOException {
    return Files.readAllLines(NAMES);
  }
}
