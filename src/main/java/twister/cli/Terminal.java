package twister.cli;

import java.io.Console;
import java.util.Optional;

/// What the output is written to.
final class Terminal {
  private Terminal() {}

  /// Prints what the user may want to mend, or to know.
  static void warn(String sentence) {
    System.err.println("twister: " + sentence);
  }

  /// How many columns a line has, without limit where the output is no terminal.
  static int columns() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? Integer.getInteger("twister.terminal", Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }
}
