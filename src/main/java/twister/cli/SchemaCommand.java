package twister.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `twister schema`: what editors need to complete and check experiment files.
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Prints the JSON schema (draft 7) of experiment files.",
      "By it editors complete keys, explain them and mark mistakes."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} schema > experiment.schema.json",
      "",
      "Editors with the YAML language server read it where the first line of a file is",
      "  # yaml-language-server: $$schema=experiment.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  private static final String FILE = "experiment-file.schema.json";

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(SchemaCommand.class.getResourceAsStream(FILE), FILE)) {
      PrintWriter out = command.commandLine().getOut();
      out.print(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      out.flush();
    }
    return ExitCode.DONE;
  }
}
