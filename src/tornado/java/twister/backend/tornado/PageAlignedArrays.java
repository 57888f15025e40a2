package twister.backend.tornado;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import twister.backend.RunConfig;
import twister.backend.RunState;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Arrays for the device, each on memory pages of its own.
///
/// TornadoVM's CUDA driver pins the pages of each array, and takes an array for pinned whole when
/// its first page already is, as that of a neighbour. CUDA then refuses to copy it, of which nobody
/// tells but a line on the terminal: the kernels run on whatever lay there. So no two of our arrays
/// share a page.
final class PageAlignedArrays {
  /// A multiple of the size of a page on any of the systems that have TornadoVM.
  private static final long PAGE = 1 << 16;

  private PageAlignedArrays() {}

  /// Zeros.
  static FloatArray floats(int size) {
    return FloatArray.fromSegmentShallow(segment((long) size * Float.BYTES));
  }

  static FloatArray of(float... values) {
    FloatArray array = floats(values.length);
    MemorySegment.copy(values, 0, array.getSegment(), ValueLayout.JAVA_FLOAT, 0, values.length);
    return array;
  }

  /// Zeros.
  static IntArray ints(int size) {
    return IntArray.fromSegmentShallow(segment((long) size * Integer.BYTES));
  }

  static IntArray of(int... values) {
    IntArray array = ints(values.length);
    MemorySegment.copy(values, 0, array.getSegment(), ValueLayout.JAVA_INT, 0, values.length);
    return array;
  }

  /// The weights of runs at the start, one run after the other.
  static FloatArray initialWeights(List<RunConfig> runs) {
    FloatArray weights = floats(runs.size() * runs.getFirst().initialWeights().length);
    setRows(weights, runs.stream().map(RunConfig::initialWeights).toList());
    return weights;
  }

  /// Sets the weights of runs, one run after the other.
  static void setWeights(FloatArray array, List<RunState> states) {
    setRows(array, states.stream().map(RunState::floatWeights).toList());
  }

  /// Sets the accumulated gradients of runs, one run after the other; nothing where they do not
  /// accumulate.
  static void setGradients(FloatArray array, List<RunState> states) {
    setRows(array, states.stream().map(RunState::floatGradients).toList());
  }

  private static void setRows(FloatArray array, List<float[]> rows) {
    long size = rows.getFirst().length;
    for (int run = 0; run < rows.size(); run++) {
      MemorySegment.copy(
          rows.get(run),
          0,
          array.getSegment(),
          ValueLayout.JAVA_FLOAT,
          (long) Float.BYTES * run * size,
          (int) size);
    }
  }

  /// The numbers of a run among those of all.
  static double[] row(FloatArray rows, int run, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = rows.get(run * size + i);
    }
    return values;
  }

  /// @return zeros, with room for TornadoVM's header before them
  private static MemorySegment segment(long bytes) {
    long size = TornadoNativeArray.ARRAY_HEADER + bytes;
    return Arena.ofAuto().allocate(Math.ceilDiv(size, PAGE) * PAGE, PAGE).asSlice(0, size);
  }
}
