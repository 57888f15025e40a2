package twister.tracking;

import java.util.Optional;
import twister.backend.Device;

/// Where a run's numbers come from: everything besides the settings that could matter.
///
/// @param twister the program
/// @param device what the run was trained on
/// @param platform what the program ran on
/// @param data facts about the words
/// @param experiment the commit that the experiment file is at; empty outside of git
public record Provenance(
    TwisterVersion twister,
    UsedDevice device,
    Platform platform,
    Data data,
    Optional<Commit> experiment) {

  /// The same on another device.
  public Provenance on(Device other) {
    return new Provenance(twister, UsedDevice.of(other), platform, data, experiment);
  }

  /// What a run keeps of its device.
  ///
  /// @param index how the command line named it
  /// @param backend what drove it
  /// @param name the device as its maker calls it
  /// @param driver name and version of what lies between the backend and the device
  public record UsedDevice(String index, String backend, String name, String driver) {

    /// What a run on a device keeps of it.
    public static UsedDevice of(Device device) {
      return new UsedDevice(device.index(), device.backend(), device.name(), device.driver());
    }
  }

  /// What the program ran on.
  ///
  /// @param jdk version of the Java runtime
  /// @param os name, version and architecture of the operating system
  public record Platform(String jdk, String os) {
    private static final Platform CURRENT =
        new Platform(
            Runtime.version().toString(),
            "%s %s %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch")));

    /// That of this process.
    public static Platform current() {
      return CURRENT;
    }
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
  /// @param dirty whether files differed from it
  public record Commit(String hash, boolean dirty) {}
}
