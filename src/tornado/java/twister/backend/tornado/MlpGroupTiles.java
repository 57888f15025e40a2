package twister.backend.tornado;

import java.util.Optional;
import java.util.stream.IntStream;
import twister.model.MlpShape;

/// How [MlpGroupKernels#trainBatches] lays a run into the local memory of its group.
///
/// @param parts how many threads have a hidden unit, 1 or 2
/// @param pieces in which weights are put onto the shelf, as many as it takes
/// @param shelf words of it
record MlpGroupTiles(int parts, int pieces, int shelf) {
  /// The layout with the most threads and the fewest pieces that has room.
  static Optional<MlpGroupTiles> of(MlpShape shape, int batch) {
    int most = MlpGroupKernels.THREADS >= 2 * shape.hidden() ? 2 : 1;
    return IntStream.iterate(most, parts -> parts > 0, parts -> parts - 1)
        .boxed()
        .flatMap(
            parts ->
                IntStream.rangeClosed(1, shape.hidden())
                    .mapToObj(pieces -> of(shape, batch, parts, pieces)))
        .filter(tiles -> tiles.words(shape, batch) <= MlpGroupKernels.LOCAL_WORDS)
        .findFirst();
  }

  private static MlpGroupTiles of(MlpShape shape, int batch, int parts, int pieces) {
    int rows = rows(batch);
    int symbols = fours(shape.symbols());
    int inputs = fours(shape.inputs());
    int partsOfSums =
        Math.max(
            (MlpGroupKernels.splits(batch, symbols) - 1) * rows * 4 * symbols,
            (MlpGroupKernels.splits(batch, inputs) - 1) * rows * 4 * inputs);
    int stride = Math.max(MlpGroupKernels.stride(symbols), MlpGroupKernels.stride(inputs));
    int weights = Math.ceilDiv(shape.hidden(), pieces) * stride;
    int others = Math.max(shape.symbols() * shape.inputs(), MlpGroupKernels.THREADS);
    int shelf = Math.max(weights, Math.max(partsOfSums, others));
    return new MlpGroupTiles(parts, pieces, 4 * fours(shelf));
  }

  /// All words of local memory that a group needs.
  int words(MlpShape shape, int batch) {
    int perExample =
        4 * fours(shape.inputs())
            + shape.hidden()
            + 4 * fours(shape.symbols())
            + 2 * shape.blockSize()
            + 3;
    int second = parts == 2 ? shape.hidden() * (shape.symbols() + shape.inputs() + 1) : 1;
    return rows(batch) * perExample
        + shelf
        + 4 * fours(second)
        + 4 * fours(shape.symbols() * shape.embedding())
        + 4 * fours(shape.symbols())
        + MlpGroupKernels.THREADS
        + MlpGroupKernels.STRANDS;
  }

  private static int rows(int batch) {
    return 4 * MlpGroupKernels.quads(batch);
  }

  private static int fours(int length) {
    return Math.ceilDiv(length, 4);
  }
}
