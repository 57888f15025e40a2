package twister.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /// The values of an option, of which those of enumerations are in capitals.
  private static final Pattern VALUES = Pattern.compile("_option_args=\\(.*\\)");

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    String script = AutoComplete.bash("twister", command.root().commandLine());
    out.print(
        VALUES
            .matcher(script)
            .replaceAll(
                values -> Matcher.quoteReplacement(values.group().toLowerCase(Locale.ROOT))));
    out.flush();
    return ExitCode.DONE;
  }
}
