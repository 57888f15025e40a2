package twister.cli;

import java.io.Console;
import java.util.Optional;
import java.util.stream.Collectors;
import twister.text.VisibleText;

/// What the output is written to.
final class Terminal {
  private Terminal() {}

  /// Prints what the user may want to mend, or to know.
  static void warn(String sentence) {
    complain("twister: " + sentence);
  }

  /// Prints what is wrong, line by line. What files and systems say may hold anything, also what
  /// moves the cursor.
  static void complain(String lines) {
    System.err.println(
        lines
            .lines()
            .map(VisibleText::visible)
            .collect(Collectors.joining(System.lineSeparator())));
  }

  /// How many columns a line has, without limit where the output is no terminal.
  static int columns() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? Integer.getInteger("twister.terminal", Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }
}
