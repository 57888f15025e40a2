package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.model.MlpShape;

class MlpGroupTilesTest {
  @ParameterizedTest(name = "E = {0}, H = {1}, batch {2}")
  @CsvSource({
    "2, 100, 32, 2, 8, 1, 2800",
    "10, 200, 32, 1, 8, 3, 3072",
    "10, 200, 8, 1, 8, 1, 7200",
    "10, 240, 32, 1, 2, 5, 1728"
  })
  void publishedShapesHaveAsFewPiecesAsHaveRoom(
      int embedding, int hidden, int batch, int parts, int splits, int pieces, int shelf) {
    MlpShape shape = new MlpShape(3, embedding, hidden, 27);
    assertEquals(
        Optional.of(new MlpGroupTiles(parts, splits, pieces, shelf)),
        MlpGroupTiles.of(shape, batch));
  }

  @Test
  void shelfHoldsAPieceOfEachMatrixAndAllHasRoom() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      MlpShape shape =
          new MlpShape(
              1 + random.nextInt(4),
              1 + random.nextInt(10),
              1 + random.nextInt(MlpGroupKernels.THREADS),
              2 + random.nextInt(RegisterRow.MOST_SYMBOLS - 1));
      int batch = 1 + random.nextInt(MlpGroupKernels.MOST_EXAMPLES);
      Optional<MlpGroupTiles> of = MlpGroupTiles.of(shape, batch);
      of.ifPresent(tiles -> assertHasRoom(tiles, shape, batch));
    }
  }

  private static void assertHasRoom(MlpGroupTiles tiles, MlpShape shape, int batch) {
    String all = tiles + " of " + shape + ", batch " + batch;
    int units = Math.ceilDiv(shape.hidden(), tiles.pieces());
    assertTrue(units * shape.symbols() <= tiles.shelf(), all);
    assertTrue(units * shape.inputs() <= tiles.shelf(), all);
    assertTrue(shape.symbols() * shape.inputs() <= tiles.shelf(), all);
    assertEquals(0, tiles.shelf() % 4, all);
    assertTrue(tiles.words(shape, batch) <= MlpGroupKernels.LOCAL_WORDS, all);
    assertTrue(tiles.parts() * shape.hidden() <= MlpGroupKernels.THREADS, all);
  }

  @Test
  void unitsThatHaveNoRoomAreLeftToOtherKernels() {
    assertEquals(Optional.empty(), MlpGroupTiles.of(new MlpShape(8, 8, 256, 64), 32));
  }
}
