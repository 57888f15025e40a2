package twister.backend.tornado;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Proof that every kernel ran: a launch that fails on a device is reported nowhere, and what the
/// kernel should have written keeps its old values. So each kernel counts its launches, and a
/// session compares the counts with its own before it believes a loss.
final class Receipts {
  private Receipts() {}

  /// Counts a launch, in the first thread of it.
  ///
  /// @param receipts (tasks), resident on the device
  /// @param thread the thread's global index
  static void sign(IntArray receipts, int task, int thread) {
    if (thread == 0) {
      receipts.set(task, receipts.get(task) + 1);
    }
  }
}
