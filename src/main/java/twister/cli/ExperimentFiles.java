package twister.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The arguments of every command that reads experiment files.
final class ExperimentFiles {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "experiment files")
  private List<Path> files;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "replaces a key of the files, as in --set training.learning-rate=10")
  private List<String> overrides = List.of();

  /// The files, in the order given.
  List<Path> files() {
    return files;
  }

  /// `KEY=VALUE` each.
  List<String> overrides() {
    return overrides;
  }
}
