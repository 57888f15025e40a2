package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BigramTableTest {
  private static BigramTable of(List<String> symbols, long... counts) {
    return new BigramTable(symbols, counts, new double[counts.length]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 27})
  void onUniformCountsTheLowestLossIsTheUniformLoss(int size) {
    long[] counts = new long[size * size];
    Arrays.fill(counts, 3);

    BigramTable table = of(RunFolder.LETTERS.subList(0, size), counts);

    assertEquals(Math.log(size), table.uniformLoss(), 1e-15);
    assertEquals(table.uniformLoss(), table.lowestLoss(), 1e-12);
  }

  @Test
  void whereEachSymbolHasOneSuccessorTheLowestLossIsZero() {
    assertEquals(0, of(List.of(".", "a"), 0, 4, 7, 0).lowestLoss());
  }

  @Test
  void theLowestLossWeighsRowsByTheirCounts() {
    double expected = (4 * Math.log(2) + 0) / 10;

    assertEquals(expected, of(List.of(".", "a"), 2, 2, 6, 0).lowestLoss(), 1e-15);
  }

  @Test
  void withoutCountsThereIsNoLowestLoss() {
    BigramTable table = of(List.of(".", "a"), 0, 0, 0, 0);

    assertTrue(Double.isNaN(table.lowestLoss()));
    assertEquals(
        List.of("uniform, ln 2"),
        LossCurve.references(table).stream().map(LossPicture.Reference::name).toList());
  }
}
