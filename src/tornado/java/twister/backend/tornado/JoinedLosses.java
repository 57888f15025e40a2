package twister.backend.tornado;

import org.jspecify.annotations.Nullable;
import twister.backend.FloatLosses;
import twister.backend.StepLosses;

/// Losses of all steps and runs that were asked for, which a device computes in one launch or in
/// several. Those of one launch stay where they are; those of several would overwrite each other.
final class JoinedLosses {
  private final int steps;
  private final int runs;
  private @Nullable StepLosses whole;
  private double[] nll = {};
  private double[] l2Term = {};

  JoinedLosses(int steps, int runs) {
    this.steps = steps;
    this.runs = runs;
  }

  /// Adds losses of some of the steps and runs.
  ///
  /// @param step the first of them
  /// @param run the first of them
  void add(int step, int run, FloatLosses part) {
    if (part.steps() == steps && part.runs() == runs) {
      whole = part;
      return;
    }
    if (nll.length == 0) {
      nll = new double[steps * runs];
      l2Term = new double[steps * runs];
    }
    for (int s = 0; s < part.steps(); s++) {
      for (int r = 0; r < part.runs(); r++) {
        int place = (step + s) * runs + run + r;
        nll[place] = part.nll(s, r);
        l2Term[place] = part.l2Term(s, r);
      }
    }
  }

  /// All of them.
  StepLosses all() {
    return whole == null ? StepLosses.of(steps, runs, nll, l2Term) : whole;
  }
}
