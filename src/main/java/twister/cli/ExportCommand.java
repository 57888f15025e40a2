package twister.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `twister export`: results as other tools read them.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Writes the runs of an experiment as other tools read them.",
    synopsisSubcommandLabel = "TARGET",
    subcommands = {ExportTensorBoardCommand.class, ExportTableCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} export tensorboard learning-rate-and-l2",
      "  ${ROOT-COMMAND-NAME} export table learning-rate-and-l2 --to losses.csv"
    })
final class ExportCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(),
        "what to export to is missing; there are: "
            + String.join(", ", command.subcommands().keySet()));
  }
}
