package twister.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        "what to train on: auto, cpu, gpu, fpga, or an index that twister devices lists, such as"
            + " 0:1; a sweep takes several, such as 0:0,0:1 or gpu:all (default: what the files"
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
  List<Devices.Choice> choose(List<Devices.Request> all)
      throws InvalidInputException, Devices.NotLoaded {
    Devices devices = new Devices(Terminal::warn);
    List<Devices.Choice> choices = new ArrayList<>();
    Set<Mistake> mistakes = new LinkedHashSet<>();
    for (Devices.Request request : all) {
      String source = device.map(text -> "--device " + text).orElse(request.file().toString());
      try {
        choices.add(devices.choose(request, source));
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
  static int relaunch(
      List<String> arguments, Map<String, Devices.Request> experiments, Path results) {
    Relaunch.Ended ended = Relaunch.withDevices(arguments);
    Optional<String> message = ended.message().map(text -> text + doubt(experiments));
    message.ifPresent(text -> tell(text, experiments.keySet(), results));
    return ended.code();
  }

  private static void tell(String message, Set<String> experiments, Path results) {
    List<Path> left = new ArrayList<>();
    Optional<String> problem = Optional.empty();
    try {
      for (String experiment : experiments) {
        left.addAll(new ExperimentFolder(results.resolve(experiment)).failUnfinished(message));
      }
    } catch (IOException e) {
      problem = Optional.of(FailureReason.of(e));
    }
    String training = left.stream().map(Path::toString).sorted().collect(Collectors.joining(", "));
    Terminal.warn(message + (training.isEmpty() ? "" : "; it was training " + training));
    problem.ifPresent(Terminal::warn);
  }

  /// What else may have ended the process: drivers crash on kernels that they cannot use.
  private static String doubt(Map<String, Devices.Request> experiments) {
    return experiments.values().stream()
        .flatMap(request -> request.device().bitstream().stream())
        .map(
            bitstream ->
                "; the kernels in %s may be damaged, or made for another device or training"
                    .formatted(Path.of(bitstream).getFileName()))
        .findFirst()
        .orElse("");
  }
}
