package twister.cli;

import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import twister.experiment.DataDownload;
import twister.experiment.DataSource;

/// Tells on the terminal how far words are that are fetched: in a line that renews itself, and in
/// one that stays when they are there.
final class FetchedOnTerminal implements DataDownload.Progress {
  private final boolean isTerminal =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();

  private String address = "";
  private int widest;

  private FetchedOnTerminal() {}

  /// Fetches words and tells of it.
  static DataSource source() {
    return new DataDownload(new FetchedOnTerminal());
  }

  @Override
  public void begins(URI from) {
    address = from.toString();
    received(0, -1);
  }

  @Override
  public void received(long bytes, long total) {
    if (isTerminal) {
      String name = address.substring(address.lastIndexOf('/') + 1);
      String of = total < 0 ? "" : " of %,d".formatted(total);
      show("fetching %s: %,d%s bytes".formatted(name, bytes, of));
    }
  }

  private void show(String line) {
    widest = Math.max(widest, line.length());
    System.err.print("\r" + line + " ".repeat(widest - line.length()));
    System.err.flush();
  }

  @Override
  public void ended(Path file) {
    if (isTerminal) {
      show("");
      System.err.print("\r");
    }
    Terminal.complain("fetched %s into %s".formatted(address, file));
  }
}
