package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.export.TensorBoardExport;
import twister.tracking.ExperimentFolder;
import twister.yaml.InvalidInputException;

/// `twister export tensorboard`: the runs of an experiment as event files.
@Command(
    name = "tensorboard",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Writes the losses, hyperparameters, samples and charts of an experiment as TensorBoard"
            + " reads them. While runs are trained, running it again appends what is new.")
final class ExportTensorBoardCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXPERIMENT",
      description = "the name of an experiment, its folder, or its file")
  private String name = "";

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "where the event files are kept (default: tensorboard in the folder of the experiment)")
  private Optional<Path> to = Optional.empty();

  @Mixin private ResultsOption results;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    ExperimentFolder experiment = ExperimentChoice.begun(results.folder(), name);
    Path folder = to.orElseGet(experiment::tensorBoard);
    TensorBoardExport.Written written = TensorBoardExport.write(experiment, folder);
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "%s: %s%s; tensorboard --logdir %s shows them%n",
        folder,
        written.runs() == 1 ? "1 run" : "%,d runs".formatted(written.runs()),
        written.inTraining() > 0 ? ", %,d in training".formatted(written.inTraining()) : "",
        folder);
    out.flush();
    written.problems().forEach(Terminal::warn);
    return written.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
