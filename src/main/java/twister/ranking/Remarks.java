package twister.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import twister.text.PlainNumber;
import twister.tracking.RunsTable.Row;

/// What a reader should know of a result before believing it, a sentence each.
public final class Remarks {
  /// From here on a loss is far above that of a model that knows nothing; that of random weights is
  /// not, as long as they are small.
  private static final double FAR = 1.5;

  /// Fewer values are no range: one of two is always at an end.
  private static final int LEAST_VALUES = 3;

  private Remarks() {}

  /// The remarks on a ranking of groups; none on one of single runs.
  public static List<String> of(Ranking ranking) {
    if (ranking.entries() == Ranking.Entries.RUNS || !isLoss(ranking.figure())) {
      return List.of();
    }
    List<String> remarks = new ArrayList<>();
    ofUniform(ranking).ifPresent(remarks::add);
    ColumnNames names = new ColumnNames(ranking.runs().columns());
    for (String key : ranking.runs().varying()) {
      boolean isRung = key.equals(Ranking.STEPS) && !ranking.runs().rungs().isEmpty();
      if (!isRung) {
        ofEnd(ranking, key, names.brief(key)).ifPresent(remarks::add);
      }
    }
    return remarks;
  }

  private static boolean isLoss(String figure) {
    return figure.endsWith("loss") || figure.equals("nll");
  }

  /// Whether a loss is far above that of a model that knows nothing.
  ///
  /// @param nll mean negative log likelihood, in nats per character
  /// @param uniform ln V
  public static boolean isFarAboveUniform(double nll, double uniform) {
    return nll > FAR * uniform;
  }

  /// Infinite losses aside, of which their notes tell.
  private static Optional<String> ofUniform(Ranking ranking) {
    String nll = ranking.figure().equals("loss") ? "nll" : ranking.figure();
    List<Ranking.Standing> ranked =
        ranking.standings().stream().filter(standing -> standing.rank() > 0).toList();
    long far =
        ranked.stream()
            .map(Ranking.Standing::group)
            .filter(group -> Double.isFinite(group.mean(nll)))
            .filter(group -> isFarAboveUniform(group.mean(nll), group.meanOfAll("uniform_loss")))
            .count();
    return far == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d settings %s far above the loss of a model that knows nothing",
                far,
                ranked.size(),
                far == 1 ? "is" : "are"));
  }

  /// Where the best setting has the largest or the smallest value of a key, others may be better
  /// beyond it, unless there are none.
  private static Optional<String> ofEnd(Ranking ranking, String key, String brief) {
    double[] values =
        ranking.runs().rows().stream()
            .mapToDouble(run -> run.number(key))
            .sorted()
            .distinct()
            .toArray();
    Optional<Row> best = ranking.best();
    if (best.isEmpty() || values.length < LEAST_VALUES) {
      return Optional.empty();
    }
    double value = best.get().number(key);
    String text = PlainNumber.of(value);
    if (value == values[values.length - 1]) {
      return Optional.of(remark(ranking, "largest", brief, text, "larger"));
    }
    return value == values[0] && value > least(values)
        ? Optional.of(remark(ranking, "smallest", brief, text, "smaller"))
        : Optional.empty();
  }

  /// The least that a key can have: strengths and rates begin at 0, sizes at 1.
  private static double least(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == Math.rint(value) && value >= 1) ? 1 : 0;
  }

  private static String remark(
      Ranking ranking, String end, String brief, String value, String others) {
    return "%s is lowest at the %s %s, %s: try %s ones"
        .formatted(ranking.figure(), end, brief, value, others);
  }
}
