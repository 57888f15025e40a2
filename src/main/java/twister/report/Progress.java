package twister.report;

import java.io.PrintStream;
import java.util.Locale;

/// Tells how a training goes: a line that renews itself on a terminal, a line now and then where
/// lines are kept, nothing where nobody reads.
public final class Progress {
  private static final long SECOND = 1_000_000_000;

  /// Where the progress goes.
  public enum Style {
    /// One line, written over.
    TERMINAL(SECOND / 10, SECOND / 10),
    /// A new line every ten seconds.
    LOG(10 * SECOND, 10 * SECOND),
    /// Nothing.
    NONE(Long.MAX_VALUE, Long.MAX_VALUE);

    private final long firstAfter;
    private final long interval;

    Style(long firstAfter, long interval) {
      this.firstAfter = firstAfter;
      this.interval = interval;
    }
  }

  private final PrintStream out;
  private final Style style;
  private final int steps;
  private final long start = System.nanoTime();
  private long nextAt;
  private int widest;

  /// @param steps how many there are to train
  public Progress(PrintStream out, Style style, int steps) {
    this.out = out;
    this.style = style;
    this.steps = steps;
    nextAt = style.firstAfter;
  }

  /// Takes note of where the training is.
  ///
  /// @param done how many steps are trained
  /// @param loss the latest, in nats per character
  public void at(int done, double loss) {
    long elapsed = System.nanoTime() - start;
    if (elapsed >= nextAt) {
      nextAt = elapsed + style.interval;
      String line = line(done, loss, elapsed / 1e9);
      if (style == Style.TERMINAL) {
        out.print("\r" + line + " ".repeat(Math.max(0, widest - line.length())));
        widest = line.length();
      } else {
        out.println(line);
      }
      out.flush();
    }
  }

  private String line(int done, double loss, double seconds) {
    double rate = done / seconds;
    return String.format(
        Locale.ROOT,
        "step %,d of %,d, loss %.4f, %,.0f steps/s, %s left",
        done,
        steps,
        loss,
        rate,
        duration((steps - done) / rate));
  }

  private static String duration(double seconds) {
    if (!(seconds < 1e9)) {
      return "long";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d:%02d".formatted(whole / 60, whole % 60)
        : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }

  /// Wipes a line that was written over, so that what follows begins on a clean one.
  public void end() {
    if (widest > 0) {
      out.print("\r" + " ".repeat(widest) + "\r");
      out.flush();
    }
  }
}
