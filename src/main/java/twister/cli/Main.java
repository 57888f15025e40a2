package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import twister.backend.DeviceException;
import twister.data.MemoryNeed;
import twister.experiment.FailureReason;
import twister.text.CommandName;
import twister.text.VisibleText;
import twister.tracking.Provenance;
import twister.tracking.TwisterVersion;
import twister.yaml.InvalidInputException;

/// The command line of Twister.
@Command(
    name = "twister",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Trains small language models from experiment files and keeps every run.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      PlanCommand.class,
      ReproduceCommand.class,
      ValidateCommand.class,
      DataCommand.class,
      ListCommand.class,
      RunsCommand.class,
      TagCommand.class,
      NoteCommand.class,
      CompareCommand.class,
      PlotCommand.class,
      ReportCommand.class,
      WatchCommand.class,
      ExportCommand.class,
      DoctorCommand.class,
      ScoreCommand.class,
      SampleCommand.class,
      DevicesCommand.class,
      SchemaCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  failed, a run is damaged, or an expected number was not met",
      "  2  wrong use: a name, an option, an experiment file; nothing was written",
      "  3  a run diverged, now or when it was trained",
      "  130, 143, 129  ended by Ctrl-C, SIGTERM or a closed terminal; what was",
      "     complete is kept",
      "",
      "Begin with:  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml"
    })
public final class Main {

  /// Says which Twister this is, on what Java.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      TwisterVersion version = TwisterVersion.current();
      return new String[] {
        "twister " + version.number() + version.commit().map(Version::words).orElse(""),
        "Java " + Runtime.version() + ", " + System.getProperty("java.vm.vendor")
      };
    }

    private static String words(Provenance.Commit commit) {
      return ", commit " + commit.hash().substring(0, 12) + (commit.dirty() ? ", changed" : "");
    }
  }

  private Main() {}

  /// Runs one command and ends the process with its exit code.
  public static void main(String[] arguments) {
    StandardOutput.open();
    Relaunch.begin();
    int code = exitCode(arguments);
    if (StandardOutput.isBroken() && code == ExitCode.DONE) {
      Terminal.warn("the output cannot be written");
      code = ExitCode.FAILED;
    }
    Relaunch.end();
    System.exit(code);
  }

  /// Runs one command.
  ///
  /// @return the exit code, as `twister --help` lists them
  static int exitCode(String... arguments) {
    // Numbers look the same everywhere: in files, in messages, on every machine.
    Locale.setDefault(Locale.ROOT);
    try {
      return commandLine().execute(arguments);
    } catch (OutOfMemoryError e) {
      return tooLarge();
    }
  }

  /// All commands.
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setParameterExceptionHandler(Main::refuse);
    line.setExecutionExceptionHandler((problem, _, _) -> tell(problem));
    line.setExecutionStrategy(new CommandLine.RunLast());
    line.setCommandName(CommandName.name());
    line.setUsageHelpAutoWidth(true);
    line.registerConverter(Double.class, Main::number);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /// The one place where what a command cannot do becomes a sentence and an exit code.
  ///
  /// @throws Exception what is a fault of the program itself
  private static int tell(Exception problem) throws Exception {
    switch (problem) {
      case InvalidInputException wrong -> {
        Terminal.complain(String.valueOf(wrong.getMessage()));
        return ExitCode.WRONG_INPUT;
      }
      case IOException failure -> Terminal.warn(FailureReason.of(failure));
      case DeviceException failure -> Terminal.warn(String.valueOf(failure.getMessage()));
      default -> throw problem;
    }
    return ExitCode.FAILED;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("found \"" + text + "\", allowed: a number");
    }
  }

  /// The one place where an error of the JVM is caught. What needs much memory by its size alone,
  /// such as a file or a table of weights, is refused before it is begun; but no estimate of all
  /// that a command holds at once would be right on every JVM, and to a user too large an input is
  /// wrong input, not a crash. What the command held is free again here, and files appear whole or
  /// not at all, as in a process that was killed.
  private static int tooLarge() {
    long megabytes = MemoryNeed.available() >> 20;
    Terminal.warn(
        "Java has %,d MB, which is not enough; TWISTER_JAVA_OPTIONS=-Xmx%dm gives it more"
            .formatted(megabytes, 2 * megabytes));
    return ExitCode.FAILED;
  }

  private static int refuse(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("twister: " + VisibleText.visible(WrongArguments.message(problem)));
    if (command.getParent() != null) {
      err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return ExitCode.WRONG_INPUT;
  }
}
