package twister.backend.tornado;

import java.util.Optional;
import twister.model.MlpShape;

/// How a step of multi-layer perceptrons is cut into launches that fit into a device's memory.
///
/// @param runs that a launch trains at most, G
/// @param examples that a launch takes of each run at most, M: all of a step, or a multiple of
///   [MlpKernels#CHUNK]
/// @param evaluated rows of examples that a launch can compute the losses of, at least one chunk or
///   all examples
record MlpPasses(int runs, int examples, int evaluated) {
  /// More rows keep no device busier, and make long launches longer.
  private static final int MOST_ROWS = 1 << 15;

  private static final int MOST_EVALUATED_ROWS = 1 << 13;

  /// The largest launches that fit.
  ///
  /// @param allRuns R
  /// @param batch examples of a step
  /// @param count of all examples, N
  /// @param memory in bytes
  static Optional<MlpPasses> of(MlpShape shape, int allRuns, int batch, int count, long memory) {
    long rowBytes = rowBytes(shape);
    int widest = Math.max(shape.inputs(), Math.max(shape.hidden(), shape.symbols())) + 1;
    long mostRows = Math.min(MOST_ROWS, Integer.MAX_VALUE / widest);
    long examples = batch;
    if (batch > mostRows || runBytes(shape, batch) > memory) {
      long chunkBytes = MlpKernels.CHUNK * rowBytes + 4L * shape.parameters();
      long chunks = (memory - 4L * shape.parameters()) / chunkBytes;
      examples = MlpKernels.CHUNK * Math.min(chunks, mostRows / MlpKernels.CHUNK);
    }
    if (examples <= 0) {
      return Optional.empty();
    }
    long most = Math.min(memory / runBytes(shape, examples), mostRows / examples);
    long addressable = Integer.MAX_VALUE / (chunks(examples) * shape.parameters());
    int runs = Math.clamp(Math.min(most, addressable), 1, allRuns);
    long sums = runs * (runBytes(shape, examples) - examples * rowBytes);
    long evaluated =
        Math.max(
            runs * examples,
            Math.min(
                Math.min((memory - sums) / rowBytes, mostRows),
                Math.min(MOST_EVALUATED_ROWS, (long) allRuns * count)));
    return evaluated < Math.min(count, MlpKernels.CHUNK)
        ? Optional.empty()
        : Optional.of(new MlpPasses(runs, (int) examples, (int) evaluated));
  }

  private static long chunks(long examples) {
    return Math.ceilDiv(examples, MlpKernels.CHUNK);
  }

  /// Inputs and units, each with a 1 more, their gradients, logits, and a loss.
  private static long rowBytes(MlpShape shape) {
    return 4L * (2L * shape.hidden() + shape.symbols() + 2L * shape.inputs() + 3);
  }

  /// The rows of a run, and its gradients, whole and of each chunk.
  private static long runBytes(MlpShape shape, long examples) {
    return examples * rowBytes(shape) + 4L * (chunks(examples) + 1) * shape.parameters();
  }

  /// How a loss over all examples is cut.
  ///
  /// @return G and M
  MlpPasses ofEvaluation(int allRuns, int count) {
    int each = count <= evaluated ? count : evaluated / MlpKernels.CHUNK * MlpKernels.CHUNK;
    return new MlpPasses(Math.clamp(evaluated / each, 1, allRuns), each, evaluated);
  }
}
