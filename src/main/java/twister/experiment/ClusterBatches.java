package twister.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import twister.tracking.ExperimentFolder;
import twister.tracking.GitCommit;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// Has batches trained by a cluster, and keeps the files that come back as those of local runs are
/// kept: whole in a draft, which takes the run's place in one step.
///
/// A batch that a machine could not train is tried on others. Checkpoints stay where they are made,
/// so that a batch whose machine is lost begins anew.
final class ClusterBatches implements BatchTraining {
  private static final int TRIES = 3;

  private final Cluster cluster;
  private final ExperimentFolder experiment;
  private final GitCommit commit;
  private final ExperimentListener listener;

  ClusterBatches(
      Cluster cluster, ExperimentFolder experiment, GitCommit commit, ExperimentListener listener) {
    this.cluster = cluster;
    this.experiment = experiment;
    this.commit = commit;
    this.listener = listener;
  }

  @Override
  public List<RunRecord> train(Batch batch, Told told) throws BatchFailedException, IOException {
    BatchOrder order = BatchOrder.of(batch, commit.commit());
    String problem = "";
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<BatchResult> result = cluster.train(order, listener::isStopWanted);
      if (result.isEmpty()) {
        return List.of();
      }
      problem = result.get().problem();
      if (problem.isEmpty()) {
        return kept(batch.runs(), result.get().runs());
      }
    }
    throw new BatchFailedException(problem);
  }

  private List<RunRecord> kept(List<PlannedRun> runs, List<Map<String, byte[]>> files)
      throws IOException {
    if (files.size() != runs.size()) {
      throw new IOException(
          "of a batch of %,d runs, %,d came back".formatted(runs.size(), files.size()));
    }
    RunRecord[] kept = new RunRecord[runs.size()];
    Parallel.forEach(kept.length, i -> kept[i] = kept(runs.get(i), files.get(i)));
    return List.of(kept);
  }

  private RunRecord kept(PlannedRun run, Map<String, byte[]> files) throws IOException {
    RunFolder folder = experiment.run(run.id());
    RunFolder draft = folder.draft();
    RunRecord record = draft.receive(run.id(), files);
    folder.keep(draft);
    return record;
  }

  @Override
  public int steps(PlannedRun run) {
    return 0;
  }

  @Override
  public long bytes() {
    return cluster.machine().javaBytes() / 4 * cluster.places();
  }
}
