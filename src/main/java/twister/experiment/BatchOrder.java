package twister.experiment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.spec.SpecWriter;
import twister.tracking.Provenance;

/// A batch as it is sent to another machine, in plain values.
///
/// @param runs those that are trained together
/// @param isInFull whether they leave their models and every loss, too
/// @param commit the hash of the commit that the experiment file is at; empty outside of git
/// @param isDirty whether files differed from it
public record BatchOrder(List<Run> runs, boolean isInFull, String commit, boolean isDirty)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public BatchOrder {
    runs = new ArrayList<>(runs);
  }

  /// A run.
  ///
  /// @param id its name
  /// @param spec its experiment, bound to its words
  public record Run(String id, String spec) implements Serializable {
    private static final long serialVersionUID = 1;

    static Run of(PlannedRun run) {
      return new Run(
          run.id(), SpecWriter.yaml(run.inputs().spec(), run.inputs().corpus().sha256()));
    }
  }

  static BatchOrder of(BatchTraining.Batch batch, Optional<Provenance.Commit> commit) {
    return new BatchOrder(
        batch.runs().stream().map(Run::of).toList(),
        batch.isInFull(),
        commit.map(Provenance.Commit::hash).orElse(""),
        commit.map(Provenance.Commit::dirty).orElse(false));
  }

  Optional<Provenance.Commit> experiment() {
    return commit.isEmpty()
        ? Optional.empty()
        : Optional.of(new Provenance.Commit(commit, isDirty));
  }
}
