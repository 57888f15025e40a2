package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.export.LongTable;
import twister.export.Parquet;
import twister.tracking.ExperimentFolder;
import twister.tracking.PlainFile;
import twister.tracking.WholeFile;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister export table`: the losses of all runs in one long table.
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Writes the losses of all runs of an experiment into one long table: a row for each run,"
            + " part of the words and step, with the settings that differ.")
final class ExportTableCommand implements Callable<Integer> {
  /// What a table is written as.
  enum Format {
    /// Text.
    CSV,
    /// Columns, by DuckDB.
    PARQUET
  }

  @Parameters(
      paramLabel = "EXPERIMENT",
      description = "the name of an experiment, its folder, or its file")
  private String name = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv or parquet (default: csv)",
      defaultValue = "csv")
  private Format format = Format.CSV;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "where the table is written (default: table.csv or table.parquet in the folder of the"
              + " experiment)")
  private Optional<Path> to = Optional.empty();

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    ExperimentFolder experiment = ExperimentChoice.begun(results.folder(), name);
    Path file = to.orElseGet(() -> experiment.path().resolve(usual()));
    refuse(file);
    LongTable table = LongTable.of(experiment);
    switch (format) {
      case CSV -> WholeFile.write(file, table::writeCsv);
      case PARQUET -> Parquet.write(table, file);
    }
    PrintWriter out = command.commandLine().getOut();
    out.printf("%s: %,d rows%n", file, table.rows());
    out.flush();
    table.problems().forEach(Terminal::warn);
    return table.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private String usual() {
    return format == Format.CSV ? "table.csv" : "table.parquet";
  }

  private void refuse(Path file) throws InvalidInputException, IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(Mistake.in("--to " + file, "there is no folder " + folder));
    }
    if (Files.exists(folder.resolve("run.yaml"))) {
      throw new InvalidInputException(
          Mistake.in("--to " + file, "is in the folder of a run; choose another one"));
    }
    if (PlainFile.isOne(file) && !LongTable.isOne(file)) {
      throw new InvalidInputException(
          Mistake.in(
              "--to " + file,
              "is there and is no such table; move it away, or choose another one"));
    }
    if (format == Format.PARQUET && !Parquet.isThere()) {
      throw new InvalidInputException(
          Mistake.in(
              "--format parquet",
              "this build has no DuckDB, which writes Parquet; mvn package -Pparquet -DskipTests"
                  + " makes one that has"));
    }
  }
}
