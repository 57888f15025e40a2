package twister.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import twister.experiment.Devices;
import twister.experiment.FailureReason;
import twister.spec.DeviceSpec;
import twister.tracking.ExperimentFolder;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The option `--device` of every command that trains.
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = {
        "what to train on: auto, cpu, gpu, fpga, or an index as twister devices lists it, such as"
            + " 0:1; for a sweep also several, such as 0:0,0:1 or gpu:all (default: what the files"
            + " say)"
      })
  private Optional<String> device = Optional.empty();

  /// Refuses what could never be a device.
  void check() throws InvalidInputException {
    if (device.isPresent()) {
      DeviceSpec.check("--device", device.get());
    }
  }

  /// What replaces the key of a file.
  List<String> overrides() {
    return device.map("device="::concat).stream().toList();
  }

  /// The device of each training.
  ///
  /// @throws InvalidInputException if one is not there; with the list of those that are
  List<Devices.Choice> choose(List<Devices.Wish> all)
      throws InvalidInputException, Devices.NotLoaded {
    Devices devices = new Devices(Terminal::warn);
    List<Devices.Choice> choices = new ArrayList<>();
    Set<Mistake> mistakes = new LinkedHashSet<>();
    for (Devices.Wish wish : all) {
      String source = device.map(text -> "--device " + text).orElse(wish.file().toString());
      try {
        choices.add(devices.choose(wish.device(), wish.work(), source));
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(List.copyOf(mistakes));
    }
    return choices;
  }

  /// Runs the same command in a Java with devices; what that leaves in training when it breaks off
  /// is marked as failed.
  ///
  /// @param experiments what they want, by their names
  /// @return the exit code
  static int relaunch(List<String> arguments, Map<String, Devices.Wish> experiments, Path results) {
    Relaunch.Ended ended = Relaunch.withDevices(arguments);
    Optional<String> message = ended.message().map(text -> text + doubt(experiments));
    message.ifPresent(text -> System.err.println("twister: " + text));
    if (message.isPresent()) {
      try {
        for (String experiment : experiments.keySet()) {
          new ExperimentFolder(results.resolve(experiment)).failUnfinished(message.get());
        }
      } catch (IOException e) {
        System.err.println("twister: " + FailureReason.of(e));
      }
    }
    return ended.code();
  }

  /// What else may have ended the process: drivers crash on kernels that they cannot use.
  private static String doubt(Map<String, Devices.Wish> experiments) {
    return experiments.values().stream()
        .flatMap(wish -> wish.device().bitstream().stream())
        .map(
            bitstream ->
                "; the kernels in %s may be damaged, be for another device, or not be those of this training"
                    .formatted(Path.of(bitstream).getFileName()))
        .findFirst()
        .orElse("");
  }
}
