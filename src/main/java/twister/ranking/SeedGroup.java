package twister.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;

/// Runs that repeat each other: all settings are the same but the seed of the initial weights.
///
/// @param runs one or more
public record SeedGroup(List<Row> runs) {
  private static final double LEVEL = 0.05;

  public SeedGroup {
    runs = List.copyOf(runs);
  }

  /// The finished runs that have a figure, the lowest first.
  public List<Row> finished(String figure) {
    return runs.stream()
        .filter(run -> run.status() == RunStatus.FINISHED && !Double.isNaN(run.number(figure)))
        .sorted(Comparator.comparingDouble(run -> run.number(figure)))
        .toList();
  }

  /// The finished run with the lowest figure; empty where none has it.
  public Optional<Row> best(String figure) {
    return finished(figure).stream().findFirst();
  }

  /// The finished runs whose figure is a finite number, as a group of their own; empty where there
  /// are none.
  public Optional<SeedGroup> finite(String figure) {
    List<Row> finite =
        finished(figure).stream().filter(run -> Double.isFinite(run.number(figure))).toList();
    return finite.isEmpty() ? Optional.empty() : Optional.of(new SeedGroup(finite));
  }

  /// The figures of the finished runs that have one, in the order of the runs.
  double[] values(String figure) {
    double[] values = new double[runs.size()];
    int size = 0;
    for (Row run : runs) {
      double value = run.status() == RunStatus.FINISHED ? run.number(figure) : Double.NaN;
      if (!Double.isNaN(value)) {
        values[size++] = value;
      }
    }
    return Arrays.copyOf(values, size);
  }

  /// The mean over the finished runs, infinite where one of them is; NaN when there are none.
  public double mean(String figure) {
    double[] values = values(figure);
    return Arrays.stream(values).anyMatch(Double::isInfinite)
        ? Arrays.stream(values).sum()
        : new Mean().evaluate(values);
  }

  /// The mean over all runs that have a figure; NaN when there are none.
  public double meanOfAll(String figure) {
    return new Mean()
        .evaluate(
            runs.stream()
                .mapToDouble(run -> run.number(figure))
                .filter(value -> !Double.isNaN(value))
                .toArray());
  }

  /// Half the width of the 95 % confidence interval of the mean, by Student's t with n - 1 degrees
  /// of freedom; NaN for less than two runs.
  public double halfWidth(String figure) {
    double[] values = values(figure);
    if (values.length < 2 || Double.isInfinite(mean(figure))) {
      return Double.NaN;
    }
    double quantile =
        new TDistribution(null, values.length - 1).inverseCumulativeProbability(1 - LEVEL / 2);
    return quantile * deviation(values) / Math.sqrt(values.length);
  }

  /// The standard deviation over the finished runs, with n - 1 below the squares; NaN for less than
  /// two runs.
  public double standardDeviation(String figure) {
    double[] values = values(figure);
    return values.length < 2 || Double.isInfinite(mean(figure)) ? Double.NaN : deviation(values);
  }

  private static double deviation(double[] values) {
    double scale = largest(values);
    double[] scaled = Arrays.stream(values).map(value -> value / scale).toArray();
    return scale * Math.sqrt(new Variance().evaluate(scaled));
  }

  /// The largest magnitude, 1 where all are zero: divided by it, the squares of losses of 1e200 are
  /// finite.
  static double largest(double[] values) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    return largest == 0 ? 1 : largest;
  }

  /// What all runs have in a column, or nothing where they differ.
  public String common(String column) {
    String first = runs.getFirst().text(column);
    return runs.stream().allMatch(run -> run.text(column).equals(first)) ? first : "";
  }

  /// Why runs are missing in the mean, `diverged at step 12`, `1 failed, 2 running`, or why it is
  /// infinite; nothing when it is finite and none is missing, or some diverged and the others are
  /// finished, which their number says.
  public String note(String figure) {
    Map<RunStatus, Long> statuses = RunsTable.statuses(runs);
    long diverged = statuses.getOrDefault(RunStatus.DIVERGED, 0L);
    long finished = statuses.getOrDefault(RunStatus.FINISHED, 0L);
    if (finished == runs.size()) {
      return Double.isInfinite(mean(figure))
          ? "infinite " + figure
          : finished(figure).isEmpty() ? "no " + figure : "";
    }
    if (diverged + finished == runs.size()) {
      return finished > 0 ? "" : divergence();
    }
    statuses.remove(RunStatus.FINISHED);
    return runs.size() == 1 ? runs.getFirst().text("status") : counts(statuses);
  }

  private String divergence() {
    List<Double> steps = runs.stream().map(run -> run.number("steps")).sorted().toList();
    String first = String.format(Locale.ROOT, "%,.0f", steps.getFirst());
    String last = String.format(Locale.ROOT, "%,.0f", steps.getLast());
    return first.equals(last)
        ? "diverged at step " + first
        : "diverged at steps %s to %s".formatted(first, last);
  }

  /// `1,000 finished, 24 diverged`.
  public static String counts(Map<RunStatus, Long> statuses) {
    return statuses.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey().word()))
        .collect(Collectors.joining(", "));
  }
}
