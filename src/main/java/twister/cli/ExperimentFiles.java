package twister.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import twister.chart.ChartFont;
import twister.experiment.Experiment;
import twister.experiment.RemoteData;
import twister.spec.ExperimentSpec;
import twister.spec.SpecReader;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;
import twister.yaml.Mistakes;

/// The arguments of every command that reads experiment files.
final class ExperimentFiles {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "experiment files")
  private List<Path> files;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "replaces a value of the files: --set training.l2=0.1")
  private List<String> overrides = List.of();

  @Option(
      names = "--sweep",
      paramLabel = "KEY=VALUES",
      description = {
        "varies a key: --sweep training.l2=0,0.01,0.1",
        "--sweep 'training.l2=log(0.001,1,8)' --sweep seeds=5"
      })
  private List<String> sweeps = List.of();

  /// The files, in the order given.
  List<Path> files() {
    return files;
  }

  /// `KEY=VALUES` each.
  List<String> sweeps() {
    return sweeps;
  }

  /// Reads all files and the words they name, which are fetched where they are elsewhere.
  ///
  /// @param more values that replace keys of the files, besides those of the options
  /// @throws InvalidInputException with the mistakes of all files
  /// @throws IOException if words cannot be fetched
  List<Experiment> read(List<String> more) throws InvalidInputException, IOException {
    List<String> values = Stream.concat(overrides.stream(), more.stream()).toList();
    List<Experiment> experiments = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (Path file : files) {
      try {
        experiments.add(checked(Experiment.read(file, values, sweeps, FetchedOnTerminal.source())));
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return experiments;
  }

  /// Reads a file and the words it names, of which none are fetched.
  ///
  /// @throws InvalidInputException with its mistakes
  Experiment read(Path file) throws InvalidInputException {
    return checked(Experiment.read(file, overrides, sweeps));
  }

  /// The words that a file names and that have to be fetched before they can be read.
  ///
  /// @throws InvalidInputException with its mistakes
  Optional<RemoteData> unfetched(Path file) throws InvalidInputException {
    for (ExperimentSpec spec : SpecReader.sweep(file, overrides, sweeps).runs()) {
      if (spec.data().isRemote() && !RemoteData.of(spec.data()).isThere()) {
        return Optional.of(RemoteData.of(spec.data()));
      }
    }
    return Optional.empty();
  }

  private static Experiment checked(Experiment experiment) throws InvalidInputException {
    Optional<String> font = experiment.sweep().first().charts().style().font();
    if (font.isPresent() && ChartFont.of(font.get()).isEmpty()) {
      String key = "charts.style.font";
      throw new Mistakes()
          .last(
              experiment.sweep().place(key),
              "%s: found \"%s\", but %s".formatted(key, font.get(), ChartFont.unknown(font.get())));
    }
    return experiment;
  }

  /// `KEY=VALUE` each.
  List<String> overrides() {
    return overrides;
  }
}
