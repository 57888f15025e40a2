package twister.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// What to train on.
///
/// @param choice `auto`, `cpu`, `gpu`, `fpga`, `gpu:all`, `fpga:all`, or indices of devices as
///   `twister devices` lists them, with commas between them
/// @param bitstream for an FPGA, the file of the kernels compiled for it, instead of compiling them
/// @param config for an FPGA, the file of its compiler's options, instead of the SDK's own
public record DeviceSpec(String choice, Optional<String> bitstream, Optional<String> config) {
  /// The device that is expected to finish first.
  public static final String AUTO = "auto";

  /// The processor that runs the program.
  public static final String CPU = "cpu";

  /// The first GPU.
  public static final String GPU = "gpu";

  /// The first FPGA.
  public static final String FPGA = "fpga";

  /// The choices, in words.
  static final String ALLOWED =
      "auto, cpu, gpu, fpga, gpu:all, fpga:all or indices as twister devices lists them, such as"
          + " 0:1 or 0:0,0:1";

  private static final String EVERY = ":all";

  private static final String INDEX = "[0-9]{1,3}:[0-9]{1,3}";

  /// What a choice looks like.
  static final Pattern CHOICE =
      Pattern.compile("auto|cpu|(gpu|fpga)(" + EVERY + ")?|" + INDEX + "(," + INDEX + ")*");

  /// Refuses what could never be a device.
  ///
  /// @param option the option that names it
  /// @throws InvalidInputException if it could never be a device
  public static void check(String option, String choice) throws InvalidInputException {
    if (!CHOICE.matcher(choice).matches()) {
      throw new InvalidInputException(
          Mistake.in(option, "found \"" + Excerpt.of(choice) + "\", allowed: " + ALLOWED));
    }
  }

  /// The same with its files where they are: beside the experiment file, or wherever its other
  /// files are looked up.
  public DeviceSpec located(Path experiment) {
    return new DeviceSpec(
        choice,
        bitstream.map(name -> absolute(name, experiment)),
        config.map(name -> absolute(name, experiment)));
  }

  private static String absolute(String name, Path experiment) {
    return FileSearch.beside(Path.of(name), experiment).toAbsolutePath().toString();
  }

  /// The kind of device that is wanted, or the indices of those that are.
  public List<String> names() {
    return List.of(choice.replace(EVERY, "").split(",", -1));
  }

  /// Whether one of the names is an index, not a kind of device.
  public static boolean isIndex(String name) {
    return name.indexOf(':') >= 0;
  }

  /// Whether it means something on any machine: `auto`, `cpu` or `gpu`.
  public boolean isOfAnyMachine() {
    return List.of(AUTO, CPU, GPU).contains(choice);
  }

  /// Whether every device of its kind is wanted, not only the first.
  public boolean isOfEvery() {
    return choice.endsWith(EVERY);
  }

  /// The device that is expected to finish first.
  public static DeviceSpec auto() {
    return new DeviceSpec(AUTO, Optional.empty(), Optional.empty());
  }
}
