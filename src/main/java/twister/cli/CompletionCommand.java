package twister.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twister completion`: has a shell complete the commands and options of Twister.
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Prints a script by which bash and zsh complete commands and options.",
      "They do so for twister when it is called by this name."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(twister completion)              now, in this shell",
      "  ${ROOT-COMMAND-NAME} completion > ~/.twister-completion",
      "  echo 'source ~/.twister-completion' >> ~/.bashrc       or ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(AutoComplete.bash("twister", command.root().commandLine()));
    out.flush();
    return ExitCode.DONE;
  }
}
