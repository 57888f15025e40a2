package twister.backend.tornado;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.model.MlpShape;

/// How [MlpGroupKernels#trainBatches] lays a run into the local memory of its group.
///
/// @param parts how many threads have a hidden unit, 1 or 2
/// @param splits into how many parts the units are cut at most, for sums over them
/// @param pieces in which weights are put onto the shelf
/// @param shelf words of it
record MlpGroupTiles(int parts, int splits, int pieces, int shelf) {
  /// With more, threads would rather wait for each other than compute.
  private static final int MOST_PIECES = 8;

  /// The layout with the most threads and then the fewest pieces that has room.
  static Optional<MlpGroupTiles> of(MlpShape shape, int batch) {
    int most = MlpGroupKernels.THREADS >= 2 * shape.hidden() ? 2 : 1;
    return halves(most)
        .flatMap(
            parts ->
                halves(MlpGroupKernels.MOST_SPLITS)
                    .flatMap(
                        splits ->
                            IntStream.rangeClosed(1, MOST_PIECES)
                                .mapToObj(pieces -> of(shape, batch, parts, splits, pieces))))
        .filter(tiles -> tiles.words(shape, batch) <= MlpGroupKernels.LOCAL_WORDS)
        .findFirst();
  }

  private static Stream<Integer> halves(int most) {
    return Stream.iterate(most, number -> number > 0, number -> number / 2);
  }

  private static MlpGroupTiles of(MlpShape shape, int batch, int parts, int splits, int pieces) {
    int rows = rows(batch);
    int symbols = fours(shape.symbols());
    int inputs = fours(shape.inputs());
    int partsOfSums =
        Math.max(
            (MlpGroupKernels.splits(batch, symbols, splits) - 1) * rows * 4 * symbols,
            (MlpGroupKernels.splits(batch, inputs, splits) - 1) * rows * 4 * inputs);
    int stride = Math.max(MlpGroupKernels.stride(symbols), MlpGroupKernels.stride(inputs));
    int weights = Math.ceilDiv(shape.hidden(), pieces) * stride;
    int others = Math.max(shape.symbols() * shape.inputs(), MlpGroupKernels.THREADS);
    int shelf = Math.max(weights, Math.max(partsOfSums, others));
    return new MlpGroupTiles(parts, splits, pieces, 4 * fours(shelf));
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
