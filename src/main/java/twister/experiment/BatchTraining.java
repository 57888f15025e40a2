package twister.experiment;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import twister.backend.Device;
import twister.tracking.RunRecord;

/// Where the batches of a sweep are trained, and how what they leave becomes runs of the sweep.
interface BatchTraining {
  /// Runs that are trained together.
  ///
  /// @param runs one or more, by their names on the device
  /// @param isInFull whether they leave their models and every loss, too
  record Batch(List<PlannedRun> runs, Device device, boolean isInFull) {
    public Batch {
      runs = List.copyOf(runs);
    }
  }

  /// Who is told where a training is.
  ///
  /// @param goesOn of the steps that a checkpoint has
  record Told(IntConsumer goesOn, ModelTraining.Watch watch) {
    static final Told NOBODY = new Told(_ -> {}, (_, _) -> {});
  }

  /// Trains the runs of a batch and keeps them.
  ///
  /// @return the runs as they ended; nothing if it was interrupted, whereupon none of them is kept
  /// @throws BatchFailedException if only this batch cannot be trained, whereupon none is kept
  /// @throws IOException if no batch can
  List<RunRecord> train(Batch batch, Told told) throws BatchFailedException, IOException;

  /// After how many steps the training of a run goes on; 0 where it begins.
  int steps(PlannedRun run);

  /// How many bytes of memory the batches in training may take together.
  long bytes();
}
