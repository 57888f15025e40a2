package twister.backend.tornado;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import twister.backend.tornado.DeviceProgram.Threads;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Proof that every kernel ran, and ran on what it was sent: a launch or a copy that fails on a
/// device is reported nowhere, and what the kernel should have written keeps its old values. So
/// each launch has a ticket, which goes to the device with the launch's `control`; each kernel adds
/// it to its receipt; and a session compares the receipts with its own before it believes a loss.
/// What is copied once, and stays as it is, is copied back and compared.
final class LaunchProof {
  /// The place of the ticket in every `control`.
  static final int TICKET = 0;

  /// What a buffer holds at most.
  private static final long MOST_BYTES = 1 << 30;

  private LaunchProof() {}

  /// Adds the ticket of a launch, in the first thread of it.
  ///
  /// @param control whose first place is the ticket
  /// @param receipts (kernels), resident on the device
  /// @param thread the thread's global index
  static void sign(IntArray control, IntArray receipts, int kernel, int thread) {
    if (thread == 0) {
      receipts.set(kernel, next(receipts.get(kernel), control.get(TICKET)));
    }
  }

  /// A kernel that signs for an array that is copied with every launch, by the ticket that came
  /// with the array. It is a kernel of its own: as a part of those that train, it costs them a
  /// third more registers on a GPU.
  ///
  /// @param array whose last place is the ticket
  /// @param place of the receipt
  static void signCopy(KernelContext context, FloatArray array, IntArray receipts, int place) {
    if (context.globalIdx == 0) {
      int ticket = (int) array.get(array.getSize() - 1);
      receipts.set(place, next(receipts.get(place), ticket));
    }
  }

  /// Adds a task for each array that is copied with every launch.
  ///
  /// @param first place in the receipts, of the first of them
  /// @return their threads
  static Map<String, Threads> addCopies(
      TaskGraph graph, List<FloatArray> carried, IntArray receipts, int first) {
    Map<String, Threads> threads = new LinkedHashMap<>();
    for (int i = 0; i < carried.size(); i++) {
      String task = "signCopy" + i;
      graph.task(
          task, LaunchProof::signCopy, new KernelContext(), carried.get(i), receipts, first + i);
      threads.put(task, Threads.of(1));
    }
    return threads;
  }

  /// Of all bits of an array.
  static long checksum(TornadoNativeArray array) {
    CRC32C sum = new CRC32C();
    MemorySegment segment = array.getSegment();
    for (long at = 0; at < segment.byteSize(); at += MOST_BYTES) {
      long size = Math.min(MOST_BYTES, segment.byteSize() - at);
      sum.update(segment.asSlice(at, size).asByteBuffer());
    }
    return sum.getValue();
  }

  /// A receipt after one launch more.
  static int next(int receipt, int ticket) {
    return receipt * 31 + ticket;
  }
}
