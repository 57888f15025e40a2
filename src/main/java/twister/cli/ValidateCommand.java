package twister.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.spec.InvalidInputException;

/// `twister validate`: finds every mistake and runs nothing.
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Checks experiment files and their data; trains and writes nothing.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "experiment files")
  private List<Path> files;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "replaces a key of the files, as in --set training.learning-rate=10")
  private List<String> overrides = List.of();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    int code = ExitCode.DONE;
    for (Path file : files) {
      try {
        Inputs inputs = Inputs.read(file, overrides);
        out.println(file + ": good, %,d words".formatted(inputs.corpus().words().size()));
      } catch (InvalidInputException e) {
        command.commandLine().getErr().println(e.getMessage());
        code = ExitCode.WRONG_INPUT;
      }
    }
    return code;
  }
}
