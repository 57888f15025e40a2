package twister;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class GoldenFileTest {
  @Test
  void rowsAreReadByColumnNameWithoutTheOrigin() {
    var rows = GoldenFile.rows("micrograduate-loss.csv");
    assertEquals(100, rows.size());
    assertEquals("3.758953809738159", rows.getFirst().get("loss"));
  }

  @Test
  void theBigramCountsSumToTheirPublishedTotal() {
    int total = 0;
    for (var row : GoldenFile.published("bigram-counts.csv")) {
      total += row.stream().skip(1).mapToInt(Integer::parseInt).sum();
    }
    assertEquals(228_146, total);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var missing = assertThrows(NullPointerException.class, () -> GoldenFile.rows("none.csv"));
    assertEquals("/golden/none.csv", missing.getMessage());
  }
}
