package twister.cli;

import java.io.Console;
import java.util.Optional;

/// What the output is written to.
final class Terminal {
  private Terminal() {}

  /// How many columns a line has, without limit where the output is no terminal.
  static int columns() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        ? Integer.getInteger("twister.terminal", Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }
}
