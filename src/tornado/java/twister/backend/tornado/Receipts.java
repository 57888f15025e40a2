package twister.backend.tornado;

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

  /// A receipt after one launch more.
  static int next(int receipt, int ticket) {
    return receipt * 31 + ticket;
  }
}
