package twister.tracking;

import java.util.Optional;
import twister.backend.Device;

/// Where a run's numbers come from: everything besides the settings that could matter.
///
/// @param twister version of the program
/// @param device what the run was trained on
/// @param data facts about the words
/// @param commit the version-controlled state of the experiment file; empty outside of git
public record Provenance(String twister, Device device, Data data, Optional<Commit> commit) {
  /// The same on another device.
  public Provenance on(Device other) {
    return new Provenance(twister, other, data, commit);
  }

  /// Facts about the words of a run.
  ///
  /// @param file as the experiment file names it
  /// @param uniformLoss of a model that knows nothing, ln V, in nats per character
  /// @param symbols V
  /// @param contexts C
  /// @param lowestLoss of the best n-gram model of these words, that of their counts
  public record Data(
      String file,
      String sha256,
      int words,
      int emptyLines,
      long examples,
      int symbols,
      int contexts,
      double uniformLoss,
      double lowestLoss) {}

  /// A commit of a git repository.
  ///
  /// @param hash in hexadecimal
  /// @param dirty whether tracked files differed from it
  public record Commit(String hash, boolean dirty) {}
}
