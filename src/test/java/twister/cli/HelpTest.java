package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;

/// The help of each command in a terminal of 80 columns: no line that was broken by hand is broken
/// once more, in the middle of a phrase.
@Tag("processor")
class HelpTest {
  private static final int COLUMNS = 80;

  private static Stream<CommandLine> commands() {
    CommandLine main = Main.commandLine();
    return Stream.concat(Stream.of(main), main.getSubcommands().values().stream());
  }

  @Test
  void linesFitIntoEightyColumns() {
    List<String> tooLong = new ArrayList<>();
    commands()
        .forEach(
            command -> {
              String usage = command.setUsageHelpWidth(COLUMNS).getUsageMessage(Ansi.OFF);
              for (ArgSpec argument : command.getCommandSpec().args()) {
                addBroken(argument.description(), usage, tooLong);
              }
              addBroken(command.getCommandSpec().usageMessage().footer(), usage, tooLong);
              addBroken(command.getCommandSpec().usageMessage().description(), usage, tooLong);
            });
    assertEquals(List.of(), tooLong);
  }

  /// One line may be broken anywhere, which several were by hand.
  private static void addBroken(String[] lines, String usage, List<String> broken) {
    for (String line : lines) {
      String shown = line.replace("${ROOT-COMMAND-NAME}", "twister");
      if (lines.length > 1 && !usage.contains(shown)) {
        broken.add(line);
      }
    }
  }
}
