package twister.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option `--results` of every command that reads or writes results.
final class ResultsOption {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where the results are kept (default: ${DEFAULT-VALUE})",
      defaultValue = "results")
  private Path folder = Path.of("results");

  /// The folder of all results, which need not be there.
  Path folder() {
    return folder;
  }
}
