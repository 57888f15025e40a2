package twister.report;

import java.io.PrintStream;
import java.util.Locale;

/// Tells how a training, or many, goes: a line that renews itself on a terminal, a line now and
/// then where lines are kept, nothing where nobody reads.
public final class Progress {
  private static final long SECOND = 1_000_000_000;
  private static final long RATE_WINDOW = 5 * SECOND;

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
  private final boolean isOfRuns;
  private final int total;
  private final long start = System.nanoTime();
  private final int columns = Integer.getInteger("twister.terminal", 80);
  private long nextAt;
  private int widest;
  private String latest = "";

  /// Where the rate is measured from: the first steps, or those some seconds ago.
  private Point from = new Point(0, 0);

  private Point recent = from;

  private record Point(int done, long nanoseconds) {}

  /// The batch of a sweep that is in training.
  ///
  /// @param step how many of its steps are trained
  /// @param steps how many it has; 0 where there is nothing to tell of a single batch
  /// @param secondsLeft until the sweep ends; NaN where that is not known
  public record Batch(int step, int steps, double secondsLeft) {
    /// Nothing to tell, as of a single run.
    public static final Batch NONE = new Batch(0, 0, Double.NaN);
  }

  private Progress(PrintStream out, Style style, boolean isOfRuns, int total) {
    this.out = out;
    this.style = style;
    this.isOfRuns = isOfRuns;
    this.total = total;
    nextAt = style.firstAfter;
  }

  /// The progress of a training.
  ///
  /// @param steps how many there are to train
  public static Progress ofSteps(PrintStream out, Style style, int steps) {
    return new Progress(out, style, false, steps);
  }

  /// The progress of a sweep.
  ///
  /// @param runs how many there are to train
  public static Progress ofRuns(PrintStream out, Style style, int runs) {
    return new Progress(out, style, true, runs);
  }

  /// Takes note of where the training is.
  ///
  /// @param done how many steps or runs are trained
  /// @param loss the latest or the lowest, in nats per character; NaN where there is none
  public void at(int done, double loss, Batch batch) {
    long elapsed = System.nanoTime() - start;
    if (elapsed >= nextAt) {
      nextAt = elapsed + style.interval;
      String line = isOfRuns ? line(done, loss, batch) : line(done, loss, rate(done, elapsed));
      if (style == Style.TERMINAL) {
        line = line.substring(0, Math.clamp(columns - 1, 0, line.length()));
        out.print("\r" + line + " ".repeat(Math.max(0, widest - line.length())));
        widest = line.length();
      } else if (!line.equals(latest)) {
        out.println(line);
        latest = line;
      }
      out.flush();
    }
  }

  /// Steps or runs per second of late; NaN at first, when a device may have compiled its code.
  private double rate(int done, long elapsed) {
    Point now = new Point(done, elapsed);
    if (recent.done == 0) {
      from = now;
      recent = now;
    } else if (elapsed - recent.nanoseconds > RATE_WINDOW) {
      from = recent;
      recent = now;
    }
    return done > from.done ? (done - from.done) * 1e9 / (elapsed - from.nanoseconds) : Double.NaN;
  }

  private String line(int done, double loss, double rate) {
    String line = String.format(Locale.ROOT, "step %,d of %,d, loss %.4f", done, total, loss);
    return rate > 0
        ? line
            + String.format(
                Locale.ROOT, ", %s steps/s, %s left", rate(rate), duration((total - done) / rate))
        : line;
  }

  private String line(int done, double loss, Batch batch) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%,d of %,d runs", done, total));
    if (batch.steps() > 0) {
      line.append(String.format(Locale.ROOT, ", step %,d of %,d", batch.step(), batch.steps()));
    }
    if (!Double.isNaN(loss)) {
      line.append(String.format(Locale.ROOT, ", lowest loss %.4f", loss));
    }
    if (!Double.isNaN(batch.secondsLeft())) {
      line.append(", ").append(duration(batch.secondsLeft())).append(" left");
    }
    return line.toString();
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%,.0f", rate);
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
