package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The losses of a run, step by step, as its metrics file holds them.
public final class Metrics {
  private static final int STEP = 0;
  private static final int LOSS = 1;
  private static final int NLL = 2;

  private double[] steps = new double[1024];
  private double[] losses = new double[1024];
  private double[] nlls = new double[1024];
  private int size;

  private Metrics() {}

  /// Reads a metrics file; a torn last line is ignored.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static Metrics read(Path file) throws IOException {
    Metrics metrics = new Metrics();
    new CsvRows(file, List.of("step", "loss", "nll")).forEach(metrics::add);
    return metrics;
  }

  /// Takes the loss of a step.
  @FunctionalInterface
  public interface Losses {
    /// Takes the number of a step and its loss, in nats per character.
    void accept(double step, double loss);
  }

  /// Reads the losses of a metrics file one by one, without holding them; a torn last line is
  /// ignored.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static void forEachLoss(Path file, Losses losses) throws IOException {
    new CsvRows(file, List.of("step", "loss"))
        .forEach(row -> losses.accept(row.number(0), row.number(1)));
  }

  /// Reads the losses of a metrics file in few points. Of a long file each is the mean of some
  /// hundred steps, at places that lie evenly over it, from its first step to its last; the steps
  /// between them are not read, and no checksum is looked at. Of any other file it is a step; a
  /// torn last line is ignored.
  ///
  /// @param most how many points there are of a long file
  /// @throws IOException naming the file if it cannot be read
  public static void forEachLoss(Path file, int most, Losses losses) throws IOException {
    CsvWindows windows = new CsvWindows(file, most);
    if (windows.isLong()) {
      CsvRows rows = new CsvRows(file, List.of("step", "loss"));
      windows.forEach(part -> mean(rows, part, losses));
    } else {
      forEachLoss(file, losses);
    }
  }

  private static void mean(CsvRows rows, byte[] part, Losses losses) throws IOException {
    double[] sums = new double[2];
    long[] count = {0};
    rows.forEachIn(
        part,
        row -> {
          sums[0] += row.number(0);
          sums[1] += row.number(1);
          count[0]++;
        });
    if (count[0] > 0) {
      losses.accept(sums[0] / count[0], sums[1] / count[0]);
    }
  }

  /// Takes the learning rate of a step.
  @FunctionalInterface
  public interface Rates {
    /// Takes a learning rate and the loss before the update with it, in nats per character.
    void accept(double rate, double loss);
  }

  /// Reads the learning rates of a metrics file one by one; a torn last line is ignored.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static void forEachRate(Path file, Rates rates) throws IOException {
    new CsvRows(file, List.of("learning_rate", "loss"))
        .forEach(row -> rates.accept(row.number(0), row.number(1)));
  }

  /// Takes a row of a metrics file.
  @FunctionalInterface
  public interface Rows {
    /// Takes the next row.
    ///
    /// @param step its number
    /// @param loss that was minimized, in nats per character
    /// @param nll without penalties, in nats per character
    /// @param rate the learning rate of the step's update as it stands there; empty where there is
    ///   none
    void accept(long step, double loss, double nll, String rate) throws IOException;
  }

  /// Reads the rows of a metrics file one by one, without holding them; a torn last line is
  /// ignored.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static void forEachRow(Path file, Rows rows) throws IOException {
    String[] rate = {""};
    new CsvRows(file, List.of("step", "loss", "nll", "learning_rate"))
        .forEach(
            row -> {
              rate[0] = row.text(3, rate[0]);
              rows.accept((long) row.number(STEP), row.number(LOSS), row.number(NLL), rate[0]);
            });
  }

  private void add(CsvRows.Row row) throws IOException {
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      losses = Arrays.copyOf(losses, 2 * size);
      nlls = Arrays.copyOf(nlls, 2 * size);
    }
    steps[size] = row.number(STEP);
    losses[size] = row.number(LOSS);
    nlls[size] = row.number(NLL);
    size++;
  }

  /// How many steps there are.
  public int size() {
    return size;
  }

  /// The number of a step.
  ///
  /// @param row from 0
  public long step(int row) {
    return (long) steps[row];
  }

  /// The loss at a step, in nats per character.
  ///
  /// @param row from 0
  public double loss(int row) {
    return losses[row];
  }

  /// The numbers of the steps.
  public double[] steps() {
    return Arrays.copyOf(steps, size);
  }

  /// The loss that was minimized at each step, in nats per character.
  public double[] losses() {
    return Arrays.copyOf(losses, size);
  }

  /// The negative log-likelihood at each step, without penalties, in nats per character.
  public double[] nlls() {
    return Arrays.copyOf(nlls, size);
  }

  /// Whether the loss has a part besides the likelihood, such as an L2 penalty.
  public boolean isPenalized() {
    return !Arrays.equals(losses, 0, size, nlls, 0, size);
  }
}
