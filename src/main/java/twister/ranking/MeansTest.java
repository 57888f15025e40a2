package twister.ranking;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.apache.commons.math3.stat.inference.TTest;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;

/// Whether a group of runs has another mean than the best group.
///
/// Where both have the same seeds, their runs began with the same weights: the losses are compared
/// seed by seed, by the t-test of paired differences (Student 1908). Else Welch's t-test compares
/// the means (Welch 1947).
///
/// @param method how they were compared
/// @param p how likely so large a difference is where there is none; NaN where less than two runs
///   of a group have a finite figure
/// @param seeds how many pairs of runs with the same seed there are; 0 unless paired
/// @param worse in how many of these the best group has the lower figure
/// @param isTied whether the means may be the same: they are, or p is above 5 %
public record MeansTest(Method method, double p, int seeds, int worse, boolean isTied) {
  private static final double LEVEL = 0.05;

  /// How two groups are compared.
  public enum Method {
    /// Seed by seed.
    PAIRED("paired"),
    /// By their means and variances.
    WELCH("Welch");

    private final String word;

    Method(String word) {
      this.word = word;
    }

    /// How tables name it.
    public String word() {
      return word;
    }
  }

  /// Compares a group with the best one by a figure.
  static MeansTest of(SeedGroup group, SeedGroup best, String figure) {
    Map<String, Double> mine = bySeed(group.finished(figure), figure);
    Map<String, Double> others = bySeed(best.finished(figure), figure);
    boolean isPaired = !mine.isEmpty() && mine.keySet().equals(others.keySet());
    boolean areEqual = group.mean(figure) == best.mean(figure);
    double[] left = group.values(figure);
    double[] right = best.values(figure);
    if (isPaired) {
      List<String> seeds = List.copyOf(mine.keySet());
      left = seeds.stream().mapToDouble(mine::get).toArray();
      right = seeds.stream().mapToDouble(others::get).toArray();
    }
    double p = isPaired ? paired(left, right) : welch(left, right);
    return new MeansTest(
        isPaired ? Method.PAIRED : Method.WELCH,
        p,
        isPaired ? left.length : 0,
        isPaired ? worse(left, right) : 0,
        areEqual || p > LEVEL);
  }

  /// The figures by their seeds; nothing where a run has none or two have the same.
  private static Map<String, Double> bySeed(List<Row> runs, String figure) {
    Map<String, Double> figures = new HashMap<>();
    for (Row run : runs) {
      String seed = run.text(RunsTable.SEED);
      if (seed.isEmpty() || figures.put(seed, run.number(figure)) != null) {
        return Map.of();
      }
    }
    return figures;
  }

  private static int worse(double[] left, double[] right) {
    int worse = 0;
    for (int i = 0; i < left.length; i++) {
      worse += left[i] > right[i] ? 1 : 0;
    }
    return worse;
  }

  private static double paired(double[] left, double[] right) {
    if (left.length < 2 || !areFinite(left) || !areFinite(right)) {
      return Double.NaN;
    }
    double scale = scale(left, right);
    double[] differences = new double[left.length];
    for (int i = 0; i < left.length; i++) {
      differences[i] = left[i] / scale - right[i] / scale;
    }
    boolean varies = new Variance().evaluate(differences) > 0;
    return varies ? new TTest().tTest(0, differences) : pOfConstants(differences[0]);
  }

  private static double welch(double[] left, double[] right) {
    if (left.length < 2 || right.length < 2 || !areFinite(left) || !areFinite(right)) {
      return Double.NaN;
    }
    double scale = scale(left, right);
    double[] mine = scaled(left, scale);
    double[] others = scaled(right, scale);
    boolean varies = new Variance().evaluate(mine) + new Variance().evaluate(others) > 0;
    return varies ? new TTest().tTest(mine, others) : pOfConstants(mine[0] - others[0]);
  }

  private static double pOfConstants(double difference) {
    return difference == 0 ? 1 : 0;
  }

  private static boolean areFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  /// The largest magnitude, by which all are divided: the squares of losses of 1e200 overflow.
  private static double scale(double[] left, double[] right) {
    return SeedGroup.largest(
        DoubleStream.concat(Arrays.stream(left), Arrays.stream(right)).toArray());
  }

  private static double[] scaled(double[] values, double by) {
    return Arrays.stream(values).map(value -> value / by).toArray();
  }
}
