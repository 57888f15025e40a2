package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataLossesTest {
  @TempDir private Path folder;

  private DataLosses of(List<String> symbols, long... counts) throws IOException {
    BigramTables.write(folder, new BigramTable(symbols, counts, new double[counts.length]));
    return DataLosses.read(folder.resolve("bigrams.csv"), "previous");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 27})
  void onUniformCountsTheLowestLossIsTheUniformLoss(int size) throws IOException {
    long[] counts = new long[size * size];
    Arrays.fill(counts, 3);

    DataLosses losses = of(BigramTables.LETTERS.subList(0, size), counts);

    assertEquals(size, losses.symbols());
    assertEquals(Math.log(size), losses.lowest(), 1e-12);
  }

  @Test
  void whereEachSymbolHasOneSuccessorTheLowestLossIsZero() throws IOException {
    assertEquals(0, of(List.of(".", "a"), 0, 4, 7, 0).lowest());
  }

  @Test
  void theLowestLossWeighsRowsByTheirCounts() throws IOException {
    double expected = (4 * Math.log(2) + 0) / 10;

    assertEquals(expected, of(List.of(".", "a"), 2, 2, 6, 0).lowest(), 1e-15);
  }

  @Test
  void contextsOfAnyLengthAreRowsOfTheirOwn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ngrams.csv"),
            "context,next,count,probability\n..,a,2,1\n.a,.,1,0.5\n.a,b,1,0.5\nab,.,1,1\n");

    DataLosses losses = DataLosses.read(file, "context");

    assertEquals(3, losses.symbols());
    assertEquals(2 * Math.log(2) / 5, losses.lowest(), 1e-15);
  }

  @Test
  void withoutCountsThereIsNoLowestLoss() throws IOException {
    DataLosses losses = of(List.of(".", "a"), 0, 0, 0, 0);

    assertTrue(Double.isNaN(losses.lowest()));
  }
}
