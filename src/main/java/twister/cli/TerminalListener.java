package twister.cli;

import java.util.Optional;
import java.util.function.Consumer;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.experiment.ExperimentListener;
import twister.report.Progress;

/// Shows on the terminal how a training goes, and ends it when the user wants that.
final class TerminalListener implements ExperimentListener {
  private final Progress.Style style;
  private final boolean isSweep;
  private final Interruption interruption;
  private final Consumer<String> say;
  private Optional<Progress> progress = Optional.empty();
  private Progress.Batch batch = Progress.Batch.NONE;

  /// @param isSweep whether runs are counted, not steps
  /// @param say takes what is printed between the lines of a run
  TerminalListener(
      Progress.Style style, boolean isSweep, Interruption interruption, Consumer<String> say) {
    this.style = style;
    this.say = say;
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
  public void batchFailed(int runs, String reason) {
    Terminal.warn(
        "%,d %s failed, the others go on: %s".formatted(runs, runs == 1 ? "run" : "runs", reason));
  }

  @Override
  public void goesOn(int steps) {
    if (!isSweep) {
      say.accept("  goes on   after %,d steps, from its checkpoint".formatted(steps));
    }
  }

  @Override
  public void checkpointFailed(String reason) {
    Terminal.warn("the training goes on without a checkpoint: " + reason);
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
