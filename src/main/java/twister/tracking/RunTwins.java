package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Runs of one name in several folders of one experiment, such as those of the machines that
/// trained its parts. They must be equal, as a name says what a run was made from.
public final class RunTwins {
  /// What follows from the settings alone, times and charts aside.
  private static final List<String> EQUAL =
      List.of("metrics.csv", "evaluation.csv", "weights.csv", "samples.csv");

  private RunTwins() {}

  /// A run that is not what the one of its name is.
  ///
  /// @param one the folder of the run that was found first
  /// @param other the folder of the other one
  /// @param file in which they differ
  public record Difference(Path one, Path other, String file) {}

  /// The runs that differ from one of the same name. Those that are damaged or not complete are
  /// passed over.
  ///
  /// @param experiments folders, of which those with one name are of one experiment
  /// @throws IOException if a folder cannot be read
  public static List<Difference> differences(List<ExperimentFolder> experiments)
      throws IOException {
    List<Difference> differences = new ArrayList<>();
    for (List<ExperimentFolder> parts :
        experiments.stream().collect(Collectors.groupingBy(RunTwins::name)).values()) {
      if (parts.size() > 1) {
        addDifferences(parts, differences);
      }
    }
    return differences;
  }

  private static String name(ExperimentFolder experiment) {
    return String.valueOf(experiment.path().getFileName());
  }

  private static void addDifferences(List<ExperimentFolder> parts, List<Difference> differences)
      throws IOException {
    Map<String, RunFolder> first = new HashMap<>();
    for (ExperimentFolder part : parts) {
      for (Path folder : part.folders()) {
        String name = String.valueOf(folder.getFileName());
        RunFolder run = new RunFolder(folder);
        RunFolder twin = RunId.isOne(name) ? first.putIfAbsent(name, run) : null;
        if (twin != null) {
          difference(twin, run)
              .map(file -> new Difference(twin.path(), run.path(), file))
              .ifPresent(differences::add);
        }
      }
    }
  }

  private static Optional<String> difference(RunFolder one, RunFolder other) {
    Map<String, String> sums = sums(one);
    Map<String, String> others = sums(other);
    return EQUAL.stream()
        .filter(
            file -> {
              String sum = others.get(file);
              return sum != null && !sum.equals(sums.getOrDefault(file, sum));
            })
        .findFirst();
  }

  private static Map<String, String> sums(RunFolder run) {
    try {
      return Checksums.ofRun(run);
    } catch (IOException e) {
      return Map.of(); // The doctor has told of it.
    }
  }
}
