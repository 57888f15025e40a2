package twister.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import twister.GoldenFile;

class NamesTest {
  private static final Path NAMES = Path.of("names.txt");

  @Test
  void theGeneratorMakesTheListByteForByte() throws IOException {
    String made = String.join("\n", NamesGenerator.names()) + "\n";
    assertEquals(-1, Arrays.mismatch(Files.readAllBytes(NAMES), made.getBytes(UTF_8)));
  }

  @Test
  void theListHasThePublishedBigramCounts() throws IOException {
    Map<String, Integer> published = new HashMap<>();
    for (CSVRecord row : GoldenFile.published("bigram-counts.csv")) {
      row.toMap()
          .forEach(
              (next, count) -> {
                if (!next.equals("previous") && !count.equals("0")) {
                  published.put(row.get("previous") + next, Integer.valueOf(count));
                }
              });
    }
    assertEquals(published, NamesGenerator.ngrams(names(), 2));
  }

  @Test
  void theListHasTheTrigramCountsOfTheOriginal() throws IOException {
    assertEquals(NamesGenerator.trigramCounts(), NamesGenerator.ngrams(names(), 3));
  }

  @Test
  void theListHasTheWordLengthsOfTheOriginal() throws IOException {
    Map<Integer, Integer> lengths = new HashMap<>();
    names().forEach(word -> lengths.merge(word.length(), 1, Integer::sum));
    assertEquals(NamesGenerator.wordLengths(), lengths);
  }

  @Test
  void noWordIsThereTwiceButTheOneThatTheCountsForce() throws IOException {
    Set<String> distinct = new HashSet<>();
    assertEquals(
        List.of(NamesGenerator.TWICE),
        names().stream().filter(word -> !distinct.add(word)).toList());
    Map<String, Integer> counts = NamesGenerator.trigramCounts();
    assertEquals(2, counts.get(".kc"));
    assertEquals(
        List.of("kc."), counts.keySet().stream().filter(three -> three.startsWith("kc")).toList());
  }

  @Test
  void theKnownWordsComeFirst() throws IOException {
    assertEquals(NamesGenerator.KNOWN, names().subList(0, NamesGenerator.KNOWN.size()));
  }

  private static List<String> names() throws IOException {
    return Files.readAllLines(NAMES);
  }
}
