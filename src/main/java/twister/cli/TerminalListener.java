package twister.cli;

import java.util.Optional;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.experiment.ExperimentListener;
import twister.report.Progress;

/// Shows on the terminal how a training goes, and ends it when the user wants that.
final class TerminalListener implements ExperimentListener {
  private final Progress.Style style;
  private final boolean isSweep;
  private final Interruption interruption;
  private Optional<Progress> progress = Optional.empty();
  private Progress.Batch batch = Progress.Batch.NONE;

  /// @param isSweep whether runs are counted, not steps
  TerminalListener(Progress.Style style, boolean isSweep, Interruption interruption) {
    this.style = style;
    this.isSweep = isSweep;
    this.interruption = interruption;
  }

  @Override
  public synchronized void trainingBegins(int all) {
    progress =
        Optional.of(
            isSweep
                ? Progress.ofRuns(System.err, style, all)
                : Progress.ofSteps(System.err, style, all));
  }

  @Override
  public synchronized void progress(int done, double loss) {
    progress.ifPresent(shown -> shown.at(done, loss, batch));
  }

  @Override
  public synchronized void sweepProgress(int step, int steps, double secondsLeft) {
    batch = new Progress.Batch(step, steps, secondsLeft);
  }

  @Override
  public synchronized void trainingEnded() {
    progress.ifPresent(Progress::end);
    progress = Optional.empty();
  }

  @Override
  public void deviceFailed(Device device, DeviceException problem) {
    Terminal.warn(
        "%s; the other devices go on without %s".formatted(problem.getMessage(), device.index()));
  }

  @Override
  public void profileMissing(Device device) {
    Terminal.warn("--profile is for other devices than %s".formatted(device.index()));
  }

  @Override
  public boolean isStopWanted() {
    return interruption.isWished();
  }
}
