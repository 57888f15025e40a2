package twister.backend.tornado;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Proof that every kernel ran, and ran on what it was sent: a launch or a copy that fails on a device is
/// reported nowhere, and what the kernel should have written keeps its old values. So each launch has a
/// ticket, which goes to the device with the launch's `control`; each kernel adds it to its receipt; and a
/// session compares the receipts with its own before it believes a loss.
final class Receipts {
  /// The place of the ticket in every `control`.
  static final int TICKET = 0;

  private Receipts() {}

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

  /// The same in the first kernel of a launch, with the tickets of two arrays that may be copied with it.
  ///
  /// @param first whose last place is its ticket, or 0 if it stays on the device
  /// @param second as the first
  static void sign(
      IntArray control, IntArray receipts, int thread, FloatArray first, FloatArray second) {
    if (thread == 0) {
      int ticket =
          control.get(TICKET)
              + (int) first.get(first.getSize() - 1)
              + (int) second.get(second.getSize() - 1);
      receipts.set(0, next(receipts.get(0), ticket));
    }
  }

  /// A receipt after one launch more.
  static int next(int receipt, int ticket) {
    return receipt * 31 + ticket;
  }
}
